"""load_categories CODE FILE [--teams TEAMS.csv] [--rules RULES.csv]"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from meldingen.importing.categories import load_categories, load_rules, load_teams
from meldingen.management.arguments import broken_files_in_words, municipality_by_code


class Command(BaseCommand):
    """Load categories and, on request, the teams before them and the routing rules after them."""

    help = "Load categories from CSV, or from the JSON of a Signalen export; teams and routing rules from CSV."

    def add_arguments(self, parser: CommandParser) -> None:
        """The municipality and the files."""
        parser.add_argument("municipality", help="CBS code, for example GM0606")
        parser.add_argument("file", type=Path)
        parser.add_argument("--teams", type=Path)
        parser.add_argument("--rules", type=Path, help="takes the place of all routing rules there are")

    def handle(self, *args: Any, **options: Any) -> None:
        """Teams, categories, rules, in the order in which they point at each other."""
        municipality = municipality_by_code(options["municipality"])
        with broken_files_in_words():
            if options["teams"]:
                self.stdout.write(_("%(number)d teams") % {"number": load_teams(municipality, options["teams"])})
            number = load_categories(municipality, options["file"])
            self.stdout.write(_("%(number)d categories") % {"number": number})
            if options["rules"]:
                self.stdout.write(
                    _("%(number)d routing rules") % {"number": load_rules(municipality, options["rules"])}
                )
