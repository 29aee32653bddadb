"""Why a row is not imported."""

from collections.abc import Mapping
from dataclasses import dataclass


class Rejected(Exception):
    """This row is not imported. `column` is the file's name for what is wrong, `reason` says it in words."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


@dataclass(frozen=True)
class Reject:
    """A row that was not imported: where it stands, which column and why."""

    line: int
    column: str
    reason: str
    cells: Mapping[str, str]
