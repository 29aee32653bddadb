"""JSON in which no name stands twice in one object, where Python's own reader takes the last; and the NULs in it."""

import json
import re
from collections.abc import Iterable
from typing import Any

# In valid JSON this finds every string, a name where a colon follows it, and every bracket that is in no string.
_TOKEN = re.compile(r'("(?:[^"\\]|\\.)*")(\s*:)?|[{}\[\]]')

NUL = "\0"
# A NUL as it is, or as JSON writes it: behind an odd number of backslashes the last one is itself what is meant.
_NUL = re.compile(r"\0|(?<!\\)(?:\\\\)*\\u0000")


class Twice(ValueError):
    """A name that stands twice in one object: `name` and both `places`, each (line, column) from 1."""

    def __init__(self, name: str, places: tuple[tuple[int, int], tuple[int, int]]) -> None:
        super().__init__(name)
        self.name = name
        self.places = places


class _Twice(Exception):
    """Some name stands twice somewhere."""


def loads(text: str, *, with_nan: bool = False) -> Any:
    """The value. Raises Twice, json.JSONDecodeError, ValueError (a number too long) or RecursionError.

    NaN and Infinity, which are no JSON, are a ValueError too unless they may be there.
    """
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=None if with_nan else _refuse)
    except _Twice:
        raise _first_twice(text) from None


def find_nul(text: str) -> tuple[int, int] | None:
    """Line and column, from 1, of the first NUL that the text holds or would hold once it was read as JSON."""
    match = _NUL.search(text) if NUL in text or "u0000" in text else None
    return _place(text, match.start()) if match else None


def _object(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    pairs = list(pairs)
    values = dict(pairs)
    if len(values) < len(pairs):
        raise _Twice
    return values


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _first_twice(text: str) -> Twice:
    """Where: only asked once it is known to be valid up to there, so that reading stays fast."""
    inside: list[dict[str, int]] = []
    for token in _TOKEN.finditer(text):
        if token[0] in "{[":
            inside.append({})
        elif token[0] in "}]":
            inside.pop()
        elif token[2]:
            name = json.loads(token[1], strict=False)
            if name in inside[-1]:
                return Twice(name, (_place(text, inside[-1][name]), _place(text, token.start())))
            inside[-1][name] = token.start()
    raise AssertionError("no name stands twice")  # pragma: no cover


def _place(text: str, index: int) -> tuple[int, int]:
    begin = text.rfind("\n", 0, index) + 1
    return text.count("\n", 0, index) + 1, index - begin + 1
