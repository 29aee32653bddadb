"""The cells of a CSV that more than one list has: codes, numbers, and what may stand once; and what a file changes."""

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from meldingen.files.reading import BrokenFile, in_line
from meldingen.languages import Texts

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")

MOST_LISTED = 20

# Gets a line for each thing that a file changes of what stood already: a colleague may have set it.
Tell = Callable[[str], object]


def ignore(_line: str) -> None:
    pass


def number(path: Path, line: int, column: str, value: str) -> int | None:
    if value and not (value.isascii() and value.isdigit() and len(value) < 5):
        raise broken(path, line, column, value)
    return int(value) if value else None


def refuse_bad_slug(path: Path, line: int, column: str, value: str) -> None:
    if not SLUG.fullmatch(value):
        raise broken(path, line, column, value)


def refuse_twice(path: Path, line: int, column: str, value: str, lines_of: dict[str, int]) -> None:
    """Keep in `lines_of` where a value stands that may stand once."""
    if (first := lines_of.setdefault(value, line)) != line:
        raise twice(path, line, column, value, first)


def twice(path: Path, line: int, column: str, value: str, first: int) -> BrokenFile:
    what = _("“%(value)s” stands on line %(first)d already; give one of the two another value, or leave it out")
    return in_line(path, line, column, what % {"value": value[:60], "first": first})


def broken(path: Path, line: int, column: str, value: str, choices: Iterable[str] = ()) -> BrokenFile:
    """What a cell may not say, and where only a few things may be said: which these are."""
    words = {"file": path.name, "line": line, "column": column, "value": value[:60]}
    first = list(islice(choices, MOST_LISTED + 1))
    if not first:
        not_valid = _("%(file)s, line %(line)d, column %(column)s: “%(value)s” is not known or not valid.")
        return BrokenFile(not_valid % words)
    words["known"] = ", ".join(first[:MOST_LISTED]) + (", …" if len(first) > MOST_LISTED else "")
    there_are = _("%(file)s, line %(line)d, column %(column)s: “%(value)s” is not known. There are: %(known)s.")
    return BrokenFile(there_are % words)


def tell_changes(tell: Tell, row: Model, slug: str, values: Mapping[str, Any], column_of: Mapping[str, str]) -> None:
    """Say what of a row that was there becomes something else."""
    if row._state.adding:
        return
    for name, value in values.items():
        for column, before, now in _pairs(column_of.get(name, name), getattr(row, name), value):
            if before != now:
                words = {"slug": slug, "column": column, "before": _short(before), "now": _short(now)}
                tell(_("%(slug)s, %(column)s: “%(before)s” becomes “%(now)s”") % words)


def _pairs(column: str, before: object, now: object) -> list[tuple[str, object, object]]:
    """What stands in a column before and now; a text in several languages has a column for each."""
    if not (isinstance(before, Texts) and isinstance(now, Texts)):
        return [(column, before, now)]
    return [(f"{column}_{code}", before.get(code, ""), now.get(code, "")) for code in {**before, **now}]


def _short(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    text = "" if value is None else str(getattr(value, "slug", value))
    return text if len(text) <= 40 else f"{text[:39]}…"
