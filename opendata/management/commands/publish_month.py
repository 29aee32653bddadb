"""Publish one period of one municipality."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from analytics import grid
from opendata import outlook, releases
from opendata.datasets.reasons import reason_in_words
from opendata.disclosure import DisclosureError, Period
from opendata.models import Choice
from opendata.refusals import PublicationRefused


class Command(BaseCommand):
    """`publish_month GM0106 2026-07`; a quarter is written 2026-Q3, a year 2026."""

    help = "Draw and publish the tables of a month (2026-07), a quarter (2026-Q3) or a year (2026) that is over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Code of the municipality and the period."""
        parser.add_argument("municipality", help="CBS code, such as GM0106")
        parser.add_argument("period", help="2026-07, 2026-Q3 or 2026")

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw, and say what was published and what was not; never a number that was drawn."""
        with translation.override("en"):
            try:
                town, period = grid.town(options["municipality"]), Period.parse(options["period"])
                self.stdout.write("\n".join(outlook.of_period(town, period)))
                made = releases.publish(town, period)
            except grid.UnknownMunicipality as error:
                raise CommandError(f"There is no municipality {error}.") from error
            except (DisclosureError, PublicationRefused) as refusal:
                raise CommandError(str(refusal)) from refusal
            for release in made:
                self.stdout.write(
                    f"published {release.key}: {len(release.numbers)} rows, epsilon {release.epsilon:.3f}"
                )
            for choice in Choice.objects.filter(municipality_id=town.pk, year=period.year).exclude(reason=""):
                self.stdout.write(reason_in_words(choice))
