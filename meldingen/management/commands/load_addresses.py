"""load_addresses CODE FILE [--srid 28992] [--rejects FILE]"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from meldingen.files.reading import refuse_closed
from meldingen.files.rejects import RejectsFile
from meldingen.places.loading.addresses import load_addresses
from meldingen.tenancy.arguments import add_municipality, broken_files_in_words
from meldingen.tenancy.models import Municipality

REASONS_SHOWN = 5


class Command(BaseCommand):
    """Load the addresses of a municipality."""

    help = (
        "Load addresses in the BAG's column names from CSV, GeoPackage or GeoJSON, in the place of those before. "
        "What is refused goes to the rejects file; more than one row in a hundred refuses the whole file."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The municipality, the file, and what it does not say."""
        add_municipality(parser)
        parser.add_argument("file", type=Path)
        parser.add_argument("--srid", type=int, help="EPSG number of a GeoPackage or GeoJSON that does not say it")
        parser.add_argument("--rejects", type=Path, help="default: the file's name with .rejects.csv, in this folder")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load with a progress bar, and say what became of the rows."""
        municipality: Municipality = options["municipality"]
        path: Path = options["file"]
        with broken_files_in_words():
            refuse_closed(path)
        target = options["rejects"] or Path(path.with_suffix(".rejects.csv").name)
        with RejectsFile(target, path) as rejects:
            try:
                with broken_files_in_words(), tqdm(unit=" rows", disable=options["verbosity"] == 0) as bar:
                    outcome = load_addresses(municipality, path, rejects.add, bar.update, options["srid"])
            finally:
                for (column, reason), number in rejects.reasons.most_common(REASONS_SHOWN):
                    self.stdout.write(f"  {number} × {column or '-'}: {reason}")
                if rejects.reasons:
                    self.stdout.write(_("Reasons are in %(file)s") % {"file": rejects.path})
        words = _(
            "%(addresses)d addresses in %(streets)d streets, in the place of %(before)d; %(rejected)d rows rejected"
        )
        self.stdout.write(words % vars(outcome))
