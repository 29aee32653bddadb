"""The file of refused rows: opened before the first row is read, and complete whatever ends the reading."""

import csv
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from meldingen.files.sheets import guard


@dataclass(frozen=True)
class Reject:
    """A row that was not taken in: where it stands, which column and why."""

    line: int
    column: str
    reason: str
    cells: Mapping[str, str]


class RejectsFile:
    """Line, column and reason before the cells of each refused row; safe to open in a spreadsheet and to import again.

    A file of an earlier import is written over by the first refused row, and not before. Without any there is no file.
    Raises CommandError where nothing can be written.
    """

    def __init__(self, path: Path, source: Path) -> None:
        self.path = path
        self.reasons: Counter[tuple[str, str]] = Counter()
        self._names: list[str] = []
        self._is_new = not path.exists()
        if not self._is_new and source.exists() and path.samefile(source):
            raise CommandError(
                _("%(file)s is the file that is imported: give another one with --rejects.") % {"file": path}
            )
        try:
            # For appending: what stands there stays until there is something to write.
            self._file: TextIOWrapper = path.open("a", encoding="utf-8", newline="")
        except OSError as error:
            raise self._unwritable(error) from error
        self._writer = csv.writer(self._file)

    def __enter__(self) -> "RejectsFile":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with suppress(OSError):  # what could not be written was told
            self._file.close()
        if self._is_new and not self.reasons:
            self.path.unlink(missing_ok=True)

    def add(self, reject: Reject) -> None:
        """Write one refused row. CommandError when the disk is full."""
        try:
            self._write(reject)
        except OSError as error:
            raise self._unwritable(error) from error

    def _write(self, reject: Reject) -> None:
        if not self.reasons:
            with suppress(OSError):  # /dev/null
                self._file.truncate(0)
            own = [_("line"), _("column"), _("reason")]
            # The file may be one of these, corrected in part.
            self._names = [name for name in reject.cells if name not in own]
            self._writer.writerow([*own, *self._names])
        self.reasons[reject.column, reject.reason] += 1
        cells = (guard(reject.cells.get(name, "")) for name in self._names)
        self._writer.writerow([reject.line, reject.column, reject.reason, *cells])
        self._file.flush()

    def _unwritable(self, error: OSError) -> CommandError:
        where = {"file": self.path, "why": error.strerror}
        return CommandError(_("%(file)s: cannot be written (%(why)s). Say another file with --rejects.") % where)
