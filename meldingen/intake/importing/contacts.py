"""Who reported, as a former system knows them."""

from collections.abc import Mapping

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from meldingen.intake.importing.refusal import Rejected
from meldingen.intake.submission import CONTACT
from meldingen.record.models import Reporter

LANGUAGE = "language"
# The column of each, unless the caller says otherwise.
COLUMNS: dict[str, str] = dict(zip(CONTACT, ("naam", "e-mail", "telefoon"), strict=True)) | {LANGUAGE: "taal"}
_LANGUAGES = {code for code, _name in settings.LANGUAGES}


def read_contact(values: Mapping[str, str]) -> Mapping[str, str] | None:
    """The columns of a Reporter, None where nothing is left. Rejected, with the field, for what cannot be one."""
    if not any(values[field] for field in CONTACT):
        return None
    contact = {**values, LANGUAGE: values[LANGUAGE] or settings.LANGUAGE_CODE}
    if contact[LANGUAGE] not in _LANGUAGES:
        raise Rejected(LANGUAGE, _("not one of: %(names)s") % {"names": ", ".join(sorted(_LANGUAGES))})
    try:
        Reporter(**contact).clean_fields(exclude=("municipality", "melding"))
    except ValidationError as error:
        field, words = next(iter(error.message_dict.items()))
        raise Rejected(field, " ".join(words)) from error
    return contact
