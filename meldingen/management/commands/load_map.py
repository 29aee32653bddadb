"""load_map CODE FILE [--srid 28992]"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from meldingen.places.loading.map_features import load_map
from meldingen.places.models import MapFeature
from meldingen.tenancy.arguments import add_municipality, broken_files_in_words


class Command(BaseCommand):
    """Load the streets, water, green and buildings that the map draws."""

    help = "Load what the map draws from GeoJSON or GeoPackage, in the place of what was loaded before."

    def add_arguments(self, parser: CommandParser) -> None:
        """The municipality, the file, and what it does not say."""
        add_municipality(parser)
        parser.add_argument("file", type=Path)
        parser.add_argument("--srid", type=int, help="EPSG number of the coordinates; default: what the file says")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load with a progress bar, and say how many of each kind there are."""
        with broken_files_in_words(), tqdm(unit=" features", disable=options["verbosity"] == 0) as bar:
            outcome = load_map(options["municipality"], options["file"], options["srid"], bar.update)
        for kind in MapFeature.Kind:
            self.stdout.write(f"{outcome.number.get(kind.value, 0)} × {kind.label}")
