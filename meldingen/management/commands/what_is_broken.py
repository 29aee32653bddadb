"""`manage.py what_is_broken [CODE]`: what is broken, in sentences; the exit code says whether anything is."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from meldingen.tenancy.arguments import add_municipality
from meldingen.tenancy.models import Municipality
from meldingen.tenancy.urls import absolute
from meldingen.upkeep.looking import look


class Command(BaseCommand):
    """For a monitor that calls somebody: 0 when nothing is broken, 1 when something is."""

    help = "Say what is broken in a municipality, or in all. Exit code 1 when anything is, 0 when nothing is."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where."""
        add_municipality(parser, nargs="?")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, and say."""
        only: Municipality | None = options["municipality"]
        number = 0
        for where in [only] if only else Municipality.objects.order_by("code"):
            with timezone.override(where.time_zone):
                defects = look(where)
            for defect in defects:
                mark = "!" if defect.is_grave else "-"
                link = absolute(where, defect.path)
                self.stdout.write(f"{where.code} {mark} {defect.sentence} {defect.act}: {link}")
            number += len(defects)
        if number:
            raise SystemExit(1)
        self.stdout.write(_("Nothing is broken."))
