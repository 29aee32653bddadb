"""So many in so long, as a setting says it."""

import re
from dataclasses import dataclass

_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
_RATE = re.compile(r"([1-9][0-9]{0,8})/(second|minute|hour|day)")
OFF = "off"


@dataclass(frozen=True)
class Rate:
    """At most `most` in any `seconds`."""

    most: int
    seconds: int

    def times(self, factor: int) -> "Rate":
        """So many times as much in the same time."""
        return Rate(self.most * factor, self.seconds)


def read_rate(text: str) -> Rate | None:
    """The rate of `30/hour` (second, minute, hour or day); None for `off`. ValueError for anything else."""
    if text == OFF:
        return None
    match = _RATE.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no limit: write it as 30/hour (second, minute, hour, day), or off")
    return Rate(int(match[1]), _UNITS[match[2]])
