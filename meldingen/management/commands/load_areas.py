"""load_areas CODE FOLDER [--prefix schiedam_] [--vintage 2015]"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from meldingen.importing.areas import load_areas
from meldingen.management.arguments import broken_files_in_words, municipality_by_code


class Command(BaseCommand):
    """Load the areas of a municipality and put their year in use."""

    help = "Load gemeente.geojson, wijken.geojson and buurten.geojson (WGS84, CBS codes) of a municipality."

    def add_arguments(self, parser: CommandParser) -> None:
        """The municipality, the folder, and what the files do not say."""
        parser.add_argument("municipality", help="CBS code, for example GM0606")
        parser.add_argument("folder", type=Path)
        parser.add_argument("--prefix", default="", help="what the file names begin with, for example schiedam_")
        parser.add_argument("--vintage", type=int, help="year of the borders; default: the property peiljaar")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say how many."""
        municipality = municipality_by_code(options["municipality"])
        with broken_files_in_words():
            number = load_areas(municipality, options["folder"], options["prefix"], options["vintage"])
        self.stdout.write(
            _("%(wijken)d wijken and %(buurten)d buurten of %(year)d in use")
            % {"wijken": number["wijk"], "buurten": number["buurt"], "year": municipality.area_vintage}
        )
