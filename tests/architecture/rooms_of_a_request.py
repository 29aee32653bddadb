"""How often a resident's request changes rooms: the calls of functions in `meldingen`, as Python makes them."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby, takewhile
from pathlib import Path
from types import FrameType
from typing import Any

HOUSE = Path(__file__).resolve().parents[2] / "meldingen"


@dataclass(frozen=True)
class Call:
    """A function that began, its room, and the room of the nearest function of ours around it; empty for none.

    Comprehensions and generator expressions are no functions here: some versions of Python call them, others do not. No
    more are the operators and constructors of a value (`day in days_off`): it went from room to room as what it is.
    `depth`: how many functions, of whoever, were running.
    """

    room: str
    function: str
    caller: str
    depth: int


@dataclass(frozen=True)
class Walk:
    """Calls in their order."""

    calls: list[Call] = field(default_factory=list)

    def of(self, function: str) -> "Walk":
        """The first call of this function, with all that were made before it returned."""
        first = next(number for number, call in enumerate(self.calls) if call.function == function)
        outer, *later = self.calls[first:]
        return Walk([outer, *takewhile(lambda call: call.depth > outer.depth, later)])

    def stays(self) -> list[str]:
        """The rooms one after the other; calls of one room without another between them are one stay."""
        return [room for room, _calls in groupby(call.room for call in self.calls)]

    def crossings(self) -> list[tuple[str, str]]:
        """The calls that go from one room into another."""
        return [(call.caller, call.room) for call in self.calls if call.caller and call.caller != call.room]


def room_of(filename: str) -> str:
    """The top-level module or package of `meldingen` that a file belongs to; empty for all other code."""
    path = Path(filename)
    return path.relative_to(HOUSE).parts[0].removesuffix(".py") if path.is_relative_to(HOUSE) else ""


def is_function(name: str) -> bool:
    """Whether code of this name is called by its name; a middleware is called as such."""
    return not name.startswith("<") and (name == "__call__" or not name.startswith("__"))


@contextmanager
def walked() -> Iterator[Walk]:
    """Write down the calls that this thread makes inside."""
    walk, rooms = Walk(), dict[str, str]()

    def room(frame: FrameType) -> str:
        filename = frame.f_code.co_filename
        return rooms[filename] if filename in rooms else rooms.setdefault(filename, room_of(filename))

    def look(frame: FrameType, event: str, _argument: Any) -> None:
        if event != "call" or not is_function(frame.f_code.co_name) or not room(frame):
            return
        around = []
        outer = frame.f_back
        while outer:
            around.append(room(outer))
            outer = outer.f_back
        caller = next((name for name in around if name), "")
        walk.calls.append(Call(room(frame), frame.f_code.co_name, caller, len(around)))

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        yield walk
    finally:
        sys.setprofile(before)
