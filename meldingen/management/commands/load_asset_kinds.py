"""load_asset_kinds CODE FILE.csv"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from meldingen.categories.models import Category
from meldingen.places.loading.assets import load_kinds
from meldingen.tenancy.arguments import add_municipality, broken_files_in_words


class Command(BaseCommand):
    """Load the kinds of objects, and which categories ask for them."""

    help = "Load the kinds of objects from a CSV with the columns soort, naam, meervoud and categorieen."

    def add_arguments(self, parser: CommandParser) -> None:
        """The municipality and the file."""
        add_municipality(parser)
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how many there are."""
        slugs = set(Category.objects.of(options["municipality"]).values_list("slug", flat=True))
        with broken_files_in_words():
            number = load_kinds(options["municipality"], options["file"], slugs)
        self.stdout.write(_("%(number)d kinds of objects") % {"number": number})
