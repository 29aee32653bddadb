"""Theme and logo of a municipality from a file."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from meldingen.files.reading import BrokenFile, read_json
from meldingen.tenancy import themes
from meldingen.tenancy.logos import MOST_BYTES, Drawing, clean_logo, store_logo
from meldingen.tenancy.models import Municipality


@transaction.atomic
def load_looks(municipality: Municipality, path: Path) -> None:
    """What a JSON file says of `theme` and `logo`; what it does not say stays. BrokenFile: nothing is loaded."""
    contents = read_json(path)
    if not isinstance(contents, dict) or not contents or contents.keys() - {"theme", "logo"}:
        raise BrokenFile(_("%(file)s: an object with theme, logo or both is expected.") % {"file": path.name})
    drawing = read_logo(path, contents)
    if "theme" in contents:
        municipality.theme = theme_of(contents["theme"])
        _in_words(path, "theme", themes.check_theme, municipality.theme)
        municipality.save(update_fields=["theme"])
    if "logo" in contents:
        store_logo(municipality, drawing)


def theme_of(theme: Any) -> Any:
    """The name of the default theme stands for no properties."""
    return {} if theme == themes.DEFAULT else theme


def read_logo(path: Path, contents: dict[str, Any]) -> Drawing | None:
    """The logo that stands beside the file under the name that it says; None for an empty name."""
    name = contents.get("logo")
    if not name:
        return None
    if not isinstance(name, str) or Path(name).name != name:
        raise BrokenFile(_("%(file)s: logo is the name of a file beside this one.") % {"file": path.name})
    try:
        with (path.parent / name).open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        words = _("%(file)s: cannot be opened (%(why)s).")
        raise BrokenFile(words % {"file": name[:60], "why": error.strerror}) from error
    drawing: Drawing = _in_words(path, "logo", clean_logo, raw)
    return drawing


def _in_words(path: Path, key: str, check: Any, value: Any) -> Any:
    try:
        return check(value)
    except ValidationError as error:
        what = " ".join(error.messages).removesuffix(".")
        words = _("%(file)s, %(name)s: %(what)s.")
        raise BrokenFile(words % {"file": path.name, "name": key, "what": what}) from error
