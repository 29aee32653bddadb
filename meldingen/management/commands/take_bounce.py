"""`manage.py take_bounce [--to ADDRESS] < mail`: one mail that came back, as a mail server gives it to a program."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError

from meldingen.notifications import bounces

TRY_LATER = 75  # EX_TEMPFAIL: the mail server keeps it and tries again


class Command(BaseCommand):
    """Marks the mail and its address. Whatever it is, the mail is taken: nothing bounces a second time."""

    help = "Take one mail that came back from standard input, and mark the address that bounces (docs/operations.md)."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """To whom it came."""
        parser.add_argument("--to", default="", help="the recipient of the envelope; default: what its headers say")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, and say in a word what it was."""
        try:
            outcome = bounces.take(sys.stdin.buffer.read(bounces.MOST_BYTES), options["to"])
        except DatabaseError as error:
            self.stderr.write(type(error).__name__)
            raise SystemExit(TRY_LATER) from error
        self.stdout.write(outcome)
