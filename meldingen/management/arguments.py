"""What several commands share: the municipality by its code, and broken files as errors of the command."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from meldingen.importing.files import BrokenFile
from meldingen.models import Municipality


def municipality_by_code(code: str) -> Municipality:
    """The municipality; CommandError that lists those there are when the code is not known."""
    found = Municipality.objects.filter(code=code).first()
    if found is None:
        known = ", ".join(Municipality.objects.order_by("code").values_list("code", flat=True)) or "-"
        raise CommandError(
            _("Municipality %(code)s is not known here. There are: %(known)s.") % {"code": code, "known": known}
        )
    return found


@contextmanager
def broken_files_in_words() -> Iterator[None]:
    """A BrokenFile inside becomes the CommandError that the operator reads."""
    try:
        yield
    except BrokenFile as error:
        raise CommandError(str(error)) from error
