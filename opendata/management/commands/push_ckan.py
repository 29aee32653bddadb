"""Bring the public datasets of a municipality into its CKAN."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from meldingen.tenancy.arguments import add_municipality
from opendata.ckan import pushing
from opendata.ckan.transport import PortalRefused


class Command(BaseCommand):
    """`push_ckan GM0106`; the first time with `--address`, `--organisation` and `--token-file`."""

    help = (
        "Look up each public dataset in the CKAN of the municipality, and make or change what differs: the dataset, "
        "one resource for each format, the table. Run again it sends nothing; cut off, the next run finishes."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_municipality(parser)
        parser.add_argument("--address", help="of the CKAN, such as https://data.example.nl; is remembered")
        parser.add_argument("--organisation", dest="owner", help="name of the organisation there; is remembered")
        parser.add_argument("--token-file", type=Path, help="file with a token of an editor; is remembered, encrypted")
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")

    def handle(self, *args: Any, **options: Any) -> None:
        municipality = options["municipality"]
        connection = [options["address"], options["owner"], options["token_file"]]
        if any(connection):
            if not all(connection):
                raise CommandError("Give --address, --organisation and --token-file together.")
            try:
                token = options["token_file"].read_text().strip()
            except OSError as error:
                raise CommandError(f"{options['token_file']}: {error.strerror}") from error
            pushing.connect(municipality, options["address"], options["owner"], token)
        try:
            failures = [self._say(outcome) for outcome in pushing.push(municipality, options["dry_run"])]
        except PortalRefused as error:
            raise CommandError(str(error)) from error
        if any(failures):
            raise CommandError("\n".join(dict.fromkeys(filter(None, failures))))

    def _say(self, outcome: pushing.Push) -> str:
        """Write what became of one dataset; why it failed."""
        failure = str(outcome.failure or "")
        self.stdout.write(f"{outcome.name}: {failure or '; '.join(outcome.changes) or 'no change'}")
        return failure
