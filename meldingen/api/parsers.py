"""How a body is read: nothing in it breaks the parser."""

from collections.abc import Mapping
from json import JSONDecodeError
from typing import IO, Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class ShallowJSONParser(JSONParser):
    """JSON that is nested no deeper than Python reads."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """The value. Raises ParseError, in words of our own: those of REST framework are English."""
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError(_why(error)) from error
        except ParseError as error:
            raise ParseError(_why(error.__context__)) from error


def _why(cause: BaseException | None) -> str:
    if isinstance(cause, JSONDecodeError):
        return _("This is not JSON. Look at line %(line)d, character %(column)d, and send it again.") % {
            "line": cause.lineno,
            "column": cause.colno,
        }
    return _("We cannot read this. Send JSON in UTF-8, without NaN and not nested deeply.")
