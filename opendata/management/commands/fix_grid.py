"""Fix the keys of a year before it begins."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from analytics import grid
from meldingen.tenancy.arguments import add_municipality
from meldingen.tenancy.models import Municipality
from opendata import outlook, publication_plan
from opendata.refusals import PublicationRefused


class Command(BaseCommand):
    """`fix_grid GM0106 2026`: say what will be drawn, then store the areas and categories of every table."""

    help = (
        "Say which tables of a year will be drawn, of which periods; then fix their areas and categories. Done once; "
        "later changes count from the next year."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_municipality(parser)
        parser.add_argument("year", type=int)
        parser.add_argument("--dry-run", action="store_true", help="only say what will be drawn")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what will be drawn, then what is fixed, whether just now or before."""
        municipality: Municipality = options["municipality"]
        with translation.override("en"):
            try:
                self.stdout.write("\n".join(outlook.of_year(municipality, options["year"])))
                if options["dry_run"]:
                    return
                fixed_grid = publication_plan.fix(municipality, options["year"])
            except (grid.GridError, PublicationRefused) as error:
                raise CommandError(str(error)) from error
        self.stdout.write(
            f"{municipality.code} {fixed_grid.year}: {len(fixed_grid.buurten()) - 1} buurten "
            f"(borders of {fixed_grid.vintage}), {len(fixed_grid.categories)} categories, and a rest value "
            "for what comes later."
        )
