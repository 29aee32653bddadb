"""import_meldingen CODE FILE.csv [--column FIELD=COLUMN ...] [--rejects FILE.csv]"""

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from meldingen.importing.meldingen import Reject, import_meldingen
from meldingen.importing.rows import FIELDS
from meldingen.management.arguments import broken_files_in_words, municipality_by_code


class Command(BaseCommand):
    """Import the meldingen of a former system."""

    help = "Import meldingen from a CSV. What is refused goes to the rejects file with line, column and reason."

    def add_arguments(self, parser: CommandParser) -> None:
        """The municipality, the file, and which column holds what."""
        parser.add_argument("municipality", help="CBS code, for example GM0106")
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="FIELD=COLUMN",
            help="which column holds a field; unless said: " + ", ".join(f"{k}={v}" for k, v in FIELDS.items()),
        )
        parser.add_argument("--rejects", type=Path, help="default: the file's name with .rejects.csv, in this folder")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import with a progress bar and say what became of the rows."""
        municipality = municipality_by_code(options["municipality"])
        path: Path = options["file"]
        rejects: list[Reject] = []
        columns = dict(self._pair(given) for given in options["column"])
        target = options["rejects"] or Path(path.with_suffix(".rejects.csv").name)
        try:
            with broken_files_in_words(), tqdm(unit=" rows", disable=options["verbosity"] == 0) as bar:
                outcome = import_meldingen(municipality, path, columns, rejects.append, bar.update)
        finally:
            # Also when the import was cut off: what was refused so far is not asked for again.
            if rejects:
                write_rejects(target, rejects)
        self.stdout.write(
            _("%(accepted)d accepted, %(present)d were there already, %(rejected)d rejected")
            % {"accepted": outcome.accepted, "present": outcome.present, "rejected": outcome.rejected}
        )
        if rejects:
            self.stdout.write(_("Reasons are in %(file)s") % {"file": target})

    @staticmethod
    def _pair(given: str) -> tuple[str, str]:
        field, equals, column = given.partition("=")
        if not equals:
            raise CommandError(_("--column expects FIELD=COLUMN, not %(given)s.") % {"given": given})
        return field, column


def write_rejects(target: Path, rejects: list[Reject]) -> None:
    """A CSV with line, column and reason before the cells of each refused row."""
    names = list(dict.fromkeys(name for reject in rejects for name in reject.cells if name))
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([_("line"), _("column"), _("reason"), *names])
        for reject in rejects:
            writer.writerow(
                [reject.line, reject.column, reject.reason, *(reject.cells.get(name, "") for name in names)]
            )
