"""Write the register of published releases anew, when the releases storage was lost."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from meldingen.tenancy.arguments import add_municipality
from meldingen.tenancy.models import Municipality
from opendata import origin
from opendata.refusals import NotTheOriginal


class Command(BaseCommand):
    """`rebuild_register GM0106 --this-is-the-original`: only where this database is the one that published."""

    help = "Write the register of releases anew from this database. Never on a copy: it would draw again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_municipality(parser)
        parser.add_argument("--this-is-the-original", action="store_true", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse when the register knows releases that the database lacks."""
        municipality: Municipality = options["municipality"]
        try:
            number = origin.rebuild(municipality)
        except NotTheOriginal as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{municipality.code}: {number} releases registered. The worker writes their files within ten minutes."
        )
