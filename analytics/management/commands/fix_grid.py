"""Fix the keys of a year before it begins."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from analytics import grid


class Command(BaseCommand):
    """`fix_grid GM0106 2026`: store the areas and categories that every table of the year will have."""

    help = "Fix the areas and categories of a year's tables. Done once; later changes count from the next year."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Code of the municipality and the year."""
        parser.add_argument("municipality", help="CBS code, such as GM0106")
        parser.add_argument("year", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what is fixed, whether just now or before."""
        try:
            fixed = grid.fix(grid.town(options["municipality"]), options["year"])
        except grid.UnknownMunicipality as error:
            raise CommandError(f"There is no municipality {error}.") from error
        except grid.GridError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{fixed.gemeente} {fixed.year}: {len(fixed.buurten()) - 1} buurten (borders of {fixed.vintage}), "
            f"{len(fixed.categories)} categories, and a rest value for what comes later."
        )
