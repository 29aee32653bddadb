"""How many seconds each stage of a start takes, said at its end."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

_seconds: dict[str, float] = {}


@contextmanager
def stage(name: str) -> Iterator[None]:
    """What happens inside counts for the stage with this name."""
    began = time.monotonic()
    try:
        yield
    finally:
        _seconds[name] = _seconds.get(name, 0) + time.monotonic() - began


def line() -> str:
    """All stages so far in their order, those of less than a second left out."""
    long = {name: seconds for name, seconds in _seconds.items() if seconds >= 1}
    return "Seconds: " + (", ".join(f"{name} {seconds:.0f}" for name, seconds in long.items()) or "none") + "."
