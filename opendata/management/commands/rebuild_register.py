"""Write the register of published releases anew, when the releases storage was lost."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from analytics import grid
from opendata import register
from opendata.refusals import NotTheOriginal


class Command(BaseCommand):
    """`rebuild_register GM0106 --this-is-the-original`: only where this database is the one that published."""

    help = "Write the register of releases anew from this database. Never on a copy: it would draw again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The code, and a word that nobody types by accident."""
        parser.add_argument("municipality", help="CBS code, such as GM0106")
        parser.add_argument("--this-is-the-original", action="store_true", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse when the register knows releases that the database lacks."""
        try:
            town = grid.town(options["municipality"])
            number = register.rebuild(town.code, town.pk)
        except grid.UnknownMunicipality as error:
            raise CommandError(f"There is no municipality {error}.") from error
        except NotTheOriginal as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{town.code}: {number} releases registered. The worker writes their files within ten minutes."
        )
