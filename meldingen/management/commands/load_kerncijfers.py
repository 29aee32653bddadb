"""load_kerncijfers CODE FILE --year 2025 [--borders 2026]"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from meldingen.places.loading.kerncijfers import load_kerncijfers
from meldingen.tenancy.arguments import add_municipality, broken_files_in_words


class Command(BaseCommand):
    """Load who lives where."""

    help = (
        "Load inhabitants, households, density and ages from a CSV of the CBS's Kerncijfers wijken en buurten, for the "
        "areas of a year that are there already."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The municipality, the file, and of when its figures are."""
        add_municipality(parser)
        parser.add_argument("file", type=Path)
        parser.add_argument("--year", type=int, required=True, help="of which year the figures are")
        parser.add_argument(
            "--borders", type=int, help="of which year the areas are that get them; that of the figures"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load with a progress bar, and say how many areas got figures and which did not."""
        with broken_files_in_words(), tqdm(unit=" rows", disable=options["verbosity"] == 0) as bar:
            outcome = load_kerncijfers(
                options["municipality"], options["file"], options["year"], options["borders"], bar.update
            )
        words = _("%(number)d areas with borders of %(year)d have figures of %(of)d now.")
        self.stdout.write(words % {"number": outcome.number, "year": outcome.vintage, "of": options["year"]})
        if outcome.absent:
            self.stdout.write(_("Not in the file: %(codes)s.") % {"codes": ", ".join(outcome.absent)})
