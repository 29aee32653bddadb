"""import_meldingen CODE FILE.csv [--events FILE.csv] [--column FIELD=COLUMN ...] [--encoding NAME] [--dates d-m-Y]
[--rejects FILE]
"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from meldingen.files.reading import refuse_closed
from meldingen.files.rejects import RejectsFile
from meldingen.intake.importing.meldingen import Outcome, Source, import_meldingen
from meldingen.intake.importing.rows import FIELDS
from meldingen.tenancy.arguments import add_encoding, add_municipality, broken_files_in_words
from meldingen.tenancy.models import Municipality

REASONS_SHOWN = 5


class Command(BaseCommand):
    """Import the meldingen of a former system."""

    help = "Import meldingen from a CSV. What is refused goes to the rejects file with line, column and reason."

    def add_arguments(self, parser: CommandParser) -> None:
        """The municipality, the file, which column holds what, and how it was written."""
        add_municipality(parser)
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="FIELD=COLUMN",
            help="which column holds a field; unless said: " + ", ".join(f"{k}={v}" for k, v in FIELDS.items()),
        )
        parser.add_argument(
            "--events", type=Path, help="a second CSV: what happened to these meldingen, a row for each"
        )
        add_encoding(parser)
        parser.add_argument("--dates", default="", help="how days are written, for example d-m-Y; default: 2026-01-31")
        parser.add_argument("--rejects", type=Path, help="default: the file's name with .rejects.csv, in this folder")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import with a progress bar and say what became of the rows, also when the import is cut off."""
        municipality: Municipality = options["municipality"]
        path: Path = options["file"]
        columns = dict(self._pair(text) for text in options["column"])
        source = Source(path, columns, options["encoding"], options["dates"], options["events"])
        target = options["rejects"] or Path(path.with_suffix(".rejects.csv").name)
        with broken_files_in_words():
            for each in filter(None, (path, source.events)):  # before a word about the rejects file
                refuse_closed(each)
        outcome, is_done = Outcome(), False
        with RejectsFile(target, path) as rejects:
            try:
                with broken_files_in_words(), tqdm(unit=" rows", disable=options["verbosity"] == 0) as bar:
                    import_meldingen(municipality, source, outcome, rejects.add, bar.update)
                is_done = True
            finally:
                if is_done or outcome != Outcome():
                    self._report(outcome, rejects, is_done=is_done)

    def _report(self, outcome: Outcome, rejects: RejectsFile, *, is_done: bool) -> None:
        self.stdout.write(
            _("%(accepted)d accepted, %(present)d were there already, %(rejected)d rejected")
            % {"accepted": outcome.accepted, "present": outcome.present, "rejected": outcome.rejected}
        )
        if outcome.loose:
            words = _("The file of events names %(number)d meldingen that are not in the file of meldingen.")
            self.stdout.write(words % {"number": outcome.loose})
        for (column, reason), number in rejects.reasons.most_common(REASONS_SHOWN):
            self.stdout.write(f"  {number} × {column or '-'}: {reason}")
        if rejects.reasons:
            self.stdout.write(_("Reasons are in %(file)s") % {"file": rejects.path})
        if not is_done:
            self.stdout.write(_("It was cut off. Run it again: what is in already is left as it is."))

    @staticmethod
    def _pair(text: str) -> tuple[str, str]:
        field, equals, column = text.partition("=")
        if not equals:
            raise CommandError(_("--column expects FIELD=COLUMN, not %(given)s.") % {"given": text})
        return field, column
