"""load_theme CODE FILE.json"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from meldingen.tenancy.arguments import add_municipality, broken_files_in_words
from meldingen.tenancy.loading_looks import load_looks


class Command(BaseCommand):
    """The looks of a municipality."""

    help = 'Theme and logo from a JSON file: {"theme": {"action": "#0b6147"}, "logo": "logo.svg"}, the logo beside it.'

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, and the file."""
        add_municipality(parser)
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say so."""
        with broken_files_in_words():
            load_looks(options["municipality"], options["file"])
        self.stdout.write(_("%(name)s has its looks.") % {"name": options["municipality"]})
