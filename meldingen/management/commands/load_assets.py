"""load_assets CODE FILE [--srid 28992]"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from meldingen.places.loading.assets import load_assets
from meldingen.tenancy.arguments import add_municipality, broken_files_in_words


class Command(BaseCommand):
    """Load lamps, containers, bins and the like."""

    help = (
        "Load objects with their numbers from CSV, GeoJSON or GeoPackage. Of the kinds that are in the file, what it "
        "leaves out is not in use any more; other kinds stay."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The municipality, the file, and what it does not say."""
        add_municipality(parser)
        parser.add_argument("file", type=Path)
        parser.add_argument("--srid", type=int, help="EPSG number of a GeoPackage or GeoJSON that does not say it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load with a progress bar, and say how many of each kind are in use."""
        with broken_files_in_words(), tqdm(unit=" objects", disable=options["verbosity"] == 0) as bar:
            outcome = load_assets(options["municipality"], options["file"], options["srid"], bar.update)
        for kind, number in sorted(outcome.number.items()):
            self.stdout.write(f"{number} × {kind}")
        if outcome.retired:
            self.stdout.write(_("%(number)d are not in use any more.") % {"number": outcome.retired})
