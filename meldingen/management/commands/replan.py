"""`manage.py replan CODE [--yes]`: after a service level or a rule became shorter."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from meldingen.routing import replanning
from meldingen.tenancy.arguments import add_municipality
from meldingen.tenancy.models import Municipality


class Command(BaseCommand):
    """Counts, and moves when told so."""

    help = (
        "Give open meldingen the deadline of today's service levels and rules where that is earlier. What reporters "
        "were told stays. Says first how many would move; --yes moves them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which municipality, and whether it is meant."""
        add_municipality(parser)
        parser.add_argument("--yes", action="store_true", help="move them")

    def handle(self, *args: Any, **options: Any) -> None:
        """Count, or move."""
        municipality: Municipality = options["municipality"]
        if options["yes"]:
            number = replanning.replan(municipality)
            self.stdout.write(_("%(n)d open meldingen have an earlier deadline.") % {"n": number})
            return
        moving = replanning.count_moving(municipality).earlier
        self.stdout.write(_("%(n)d open meldingen would get an earlier deadline.") % {"n": moving})
        if moving:
            raise CommandError(_("Nothing was changed. Say --yes to move them."))
