"""What several commands share: the municipality by its code, and broken files as errors of the command."""

import codecs
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Literal, TypeVar

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from meldingen.files.reading import UTF8, BrokenFile
from meldingen.tenancy.models import Municipality

Value = TypeVar("Value")


def add_municipality(parser: ArgumentParser, nargs: Literal["?"] | None = None) -> None:
    """The argument `municipality`: its code is typed, and the command gets the row."""
    reader = refusing(parser, municipality_by_code)
    parser.add_argument("municipality", type=reader, nargs=nargs, help="CBS code, such as GM0106")


def refusing(parser: ArgumentParser, reader: Callable[[str], Value]) -> Callable[[str], Value]:
    """`reader` for an argument; on a command line its ArgumentTypeError ends the command with the reason alone.

    The usage, six lines of options, would stand before it.
    """

    @wraps(reader)
    def read_or_exit(text: str) -> Value:
        try:
            return reader(text)
        except ArgumentTypeError as refusal:
            if getattr(parser, "called_from_command_line", False):
                parser.exit(2, f"{refusal}\n")
            raise

    return read_or_exit


def municipality_by_code(code: str) -> Municipality:
    """ArgumentTypeError that lists the municipalities there are when the code is not known."""
    municipality = Municipality.objects.filter(code=code).first()
    if municipality is None:
        codes = ", ".join(Municipality.objects.order_by("code").values_list("code", flat=True)) or "-"
        raise ArgumentTypeError(
            _("Municipality %(code)s is not known here. There are: %(known)s.") % {"code": code, "known": codes}
        )
    return municipality


# What programs that people use here write. Python knows others, some of which are no text at all.
ENCODINGS = (UTF8, "utf-16", "cp1252", "cp850", "iso8859-1", "iso8859-15", "mac-roman")


def add_encoding(parser: ArgumentParser) -> None:
    """The option --encoding, for files of programs that write no UTF-8."""
    parser.add_argument(
        "--encoding",
        type=refusing(parser, _encoding),
        default=UTF8,
        help="of the CSV: cp1252 is what Excel writes as plain CSV; default: utf-8. Others: " + ", ".join(ENCODINGS),
    )


def _encoding(name: str) -> str:
    try:
        codec = codecs.lookup(name).name.removesuffix("-sig")  # a mark of byte order is seen without being told
    except LookupError:
        codec = ""
    if codec not in ENCODINGS:
        raise ArgumentTypeError(_("choose one of %(names)s") % {"names": ", ".join(ENCODINGS)})
    return codec


@contextmanager
def broken_files_in_words() -> Iterator[None]:
    """A BrokenFile inside becomes the CommandError that the operator reads."""
    try:
        yield
    except BrokenFile as error:
        raise CommandError(str(error)) from error
