"""How a body is read: nothing in it breaks the parser."""

from collections.abc import Mapping
from json import JSONDecodeError
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from meldingen import strictjson


class ShallowJSONParser(JSONParser):
    """JSON in which no name stands twice, nested no deeper than Python reads."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """The value. Raises ParseError, in words of our own: those of REST framework are English."""
        encoding = (parser_context or {}).get("encoding", settings.DEFAULT_CHARSET)
        try:
            text = stream.read().decode(encoding)
            if place := strictjson.find_nul(text):
                raise ParseError(_nul(place))
            return strictjson.loads(text)
        except (RecursionError, ValueError, LookupError) as error:
            raise ParseError(_why(error)) from error


def _nul(place: tuple[int, int]) -> str:
    line, column = place
    return _("A text may hold no NUL. Look at line %(line)d, character %(column)d, and send it again.") % {
        "line": line,
        "column": column,
    }


def _why(cause: Exception) -> str:
    if isinstance(cause, strictjson.Twice):
        (line, column), (again, there) = cause.places
        return _(
            "The name “%(name)s” stands twice in one object: line %(line)d, character %(column)d and line %(again)d, "
            "character %(there)d. Send it once."
        ) % {"name": cause.name[:60], "line": line, "column": column, "again": again, "there": there}
    if isinstance(cause, JSONDecodeError):
        return _("This is not JSON. Look at line %(line)d, character %(column)d, and send it again.") % {
            "line": cause.lineno,
            "column": cause.colno,
        }
    return _("We cannot read this. Send JSON in UTF-8, without NaN and not nested deeply.")
