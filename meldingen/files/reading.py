"""Reading the files that people deliver: what is broken is named by file, line and column."""

import codecs
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meldingen import strictjson, texts

UTF8 = "utf-8"
# What a file itself says of its encoding, in its first bytes, goes before what anybody else says.
_MARKS = ((codecs.BOM_UTF8, UTF8), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# What is wrong with a text that holds a NUL: no column of the database takes one.
NO_TEXT = gettext_lazy("a NUL stands here, which is no text: take it out")
_LINE_END = re.compile(rb"\r\n|\r|\n")


class BrokenFile(Exception):
    """A file that cannot be read as what it should be. The message says where and what to do, for whoever made it."""


def read_text(path: Path, encoding: str = UTF8) -> str:
    """The text of a file; a byte-order mark, which is no part of it, says more than `encoding`.

    BrokenFile when it is missing or in another encoding, also when UTF-8 is about to be taken for something else.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise _cannot_open(path, error) from error
    for mark, name in _MARKS:
        if raw.startswith(mark):
            raw, encoding = raw[len(mark) :], name
    if encoding not in (UTF8, *(name for _mark, name in _MARKS)) and _is_utf8(raw):
        raise BrokenFile(_("%(file)s: is UTF-8 already. Leave --encoding out.") % {"file": path.name})
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        where = {"file": path.name, "line": len(_LINE_END.findall(raw[: error.start])) + 1, "encoding": encoding}
        if encoding != UTF8:
            raise BrokenFile(_("%(file)s, line %(line)d: not %(encoding)s.") % where) from error
        if path.suffix == ".csv":
            raise BrokenFile(
                _(
                    "%(file)s, line %(line)d: not UTF-8. Did Excel save it as plain “CSV”? Then say --encoding cp1252, "
                    "or save it as “CSV UTF-8”."
                )
                % where
            ) from error
        raise BrokenFile(
            _("%(file)s, line %(line)d: not UTF-8. Save the file as UTF-8 and try again.") % where
        ) from error


def refuse_closed(path: Path) -> None:
    """BrokenFile for a file that is not there or cannot be opened; nothing of it is read."""
    try:
        path.open("rb").close()
    except OSError as error:
        raise _cannot_open(path, error) from error


def _cannot_open(path: Path, error: OSError) -> BrokenFile:
    return BrokenFile(_("%(file)s: cannot be opened (%(why)s).") % {"file": path.name, "why": error.strerror})


def _is_utf8(raw: bytes) -> bool:
    """Whether it has other signs than those of ASCII, and is UTF-8: by chance, no other text is."""
    if raw.isascii():
        return False
    try:
        raw.decode(UTF8)
    except UnicodeDecodeError:
        return False
    return True


def read_json(path: Path) -> Any:
    """What a JSON file holds, its texts in one spelling. BrokenFile names line and column of what is not JSON.

    A name that stands twice in one object is refused with both places; a NUL with its own.
    """
    text = read_text(path)
    if place := strictjson.find_nul(text):
        raise in_line(path, place[0], str(place[1]), str(NO_TEXT))
    try:
        return _in_one_spelling(strictjson.loads(text, with_nan=True))
    except strictjson.Twice as twice:
        (line, column), (again, there) = twice.places
        where = {"line": line, "column": column, "again": again, "there": there}
        message = _(
            "%(file)s: “%(name)s” stands twice in one object: line %(line)d, character %(column)d and line %(again)d, "
            "character %(there)d. Keep one of them."
        )
        raise BrokenFile(message % {"file": path.name, "name": twice.name[:60], **where}) from twice
    except json.JSONDecodeError as error:
        raise BrokenFile(
            _("%(file)s, line %(line)d, column %(column)d: not valid JSON.")
            % {"file": path.name, "line": error.lineno, "column": error.colno}
        ) from error
    except (ValueError, RecursionError) as error:
        raise BrokenFile(
            _("%(file)s: cannot be read: a number is too long or brackets nest too deep.") % {"file": path.name}
        ) from error


def _in_one_spelling(value: Any) -> Any:
    if isinstance(value, str):
        return texts.normal(value)
    if isinstance(value, dict):
        return {name: _in_one_spelling(each) for name, each in value.items()}
    if isinstance(value, list) and not all(isinstance(each, float | int) for each in value):
        return [_in_one_spelling(each) for each in value]
    return value


def in_line(path: Path, line: int, column: str, what: str) -> BrokenFile:
    """The refusal of one cell of a CSV: where it stands and what is wrong with it, in words without a full stop."""
    return BrokenFile(
        _("%(file)s, line %(line)d, column %(column)s: %(what)s.")
        % {"file": path.name, "line": line, "column": column or "-", "what": what}
    )


def refuse_unfit(path: Path, where: int | str, row: Model, column_of: Mapping[str, str]) -> None:
    """BrokenFile for the first value of `row` that does not fit its column: empty, too long, no address, no text.

    `where` is the line of the row in a CSV, or its name in a file without lines. `column_of` is how the file calls a
    field, unless it has the field's own name. Values become what the column holds: "1" in the file is the number 1.
    Keys to other rows are not asked.
    """
    keys = {field.name for field in row._meta.fields if field.is_relation}
    try:
        row.clean_fields(exclude=keys)
        _refuse_no_text(row)
    except ValidationError as error:
        field, what = next((name, " ".join(words).removesuffix(".")) for name, words in error.message_dict.items())
        column = _column(field, error.error_dict[field][0].params, column_of)
        if isinstance(where, int):
            raise in_line(path, where, column, what) from error
        raise BrokenFile(
            _("%(file)s, %(name)s, %(column)s: %(what)s.")
            % {"file": path.name, "name": where[:60], "column": column, "what": what}
        ) from error


def _column(field: str, params: Any, column_of: Mapping[str, str]) -> str:
    """How the file calls a field; of a text in several languages it calls each."""
    language = params.get("language") if isinstance(params, dict) else None
    if language is None:
        return column_of.get(field, field)
    return column_of.get(f"{field}__{language}", f"{column_of.get(field, field)}_{language}")


def _refuse_no_text(row: Model) -> None:
    """ValidationError for half of a surrogate pair, which PostgreSQL takes for no text."""
    for field, value in vars(row).items():
        if isinstance(value, str) and any("\ud800" <= sign <= "\udfff" for sign in value):
            raise ValidationError({field: _("Characters that are no text.")})
