"""load_categories CODE FILE [--teams TEAMS.csv] [--rules RULES.csv] [--encoding cp1252] [--only-new]"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from meldingen.categories.loading import load_categories
from meldingen.routing.loading import load_rules
from meldingen.tenancy.arguments import add_encoding, add_municipality, broken_files_in_words
from meldingen.tenancy.models import Municipality
from meldingen.tenancy.teams import load_teams


class Command(BaseCommand):
    """Load categories and, on request, the teams before them and the routing rules after them."""

    help = "Load categories from CSV, or from the JSON of a Signalen export; teams and routing rules from CSV."

    def add_arguments(self, parser: CommandParser) -> None:
        """The municipality and the files."""
        add_municipality(parser)
        parser.add_argument("file", type=Path)
        parser.add_argument("--teams", type=Path)
        parser.add_argument("--rules", type=Path, help="takes the place of all routing rules there are")
        parser.add_argument("--only-new", action="store_true", help="leave the categories that there are as they are")
        add_encoding(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Teams, categories, rules, in the order in which they point at each other: all of them or nothing."""
        municipality: Municipality = options["municipality"]
        lines: list[str] = []
        how = {"encoding": options["encoding"]}
        with broken_files_in_words(), transaction.atomic():
            if options["teams"]:
                number = load_teams(municipality, options["teams"], **how, tell=lines.append)
                lines.append(_("%(number)d teams") % {"number": number})
            only_new = options["only_new"]
            number = load_categories(municipality, options["file"], **how, tell=lines.append, only_new=only_new)
            lines.append(_("%(number)d categories") % {"number": number})
            if options["rules"]:
                number = load_rules(municipality, options["rules"], **how)
                lines.append(_("%(number)d routing rules") % {"number": number})
        for line in lines:
            self.stdout.write(line)
