"""load_questions CODE FILE.csv [--encoding cp1252]"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from meldingen.questions.loading import load_questions
from meldingen.tenancy.arguments import add_encoding, add_municipality, broken_files_in_words


class Command(BaseCommand):
    """Load the questions that categories ask."""

    help = "Load questions of categories from a CSV with the columns vraag, categorie, soort and vraag_nl."

    def add_arguments(self, parser: CommandParser) -> None:
        """The municipality and the file."""
        add_municipality(parser)
        parser.add_argument("file", type=Path)
        add_encoding(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, say what changed of what was there, and how many there are."""
        lines: list[str] = []
        with broken_files_in_words():
            number = load_questions(options["municipality"], options["file"], options["encoding"], lines.append)
        for line in [*lines, _("%(number)d questions") % {"number": number}]:
            self.stdout.write(line)
