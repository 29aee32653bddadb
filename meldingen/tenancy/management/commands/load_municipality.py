"""load_municipality FILE.json [--yes]"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meldingen.tenancy.arguments import broken_files_in_words
from meldingen.tenancy.loading import NotConfirmed, load_municipality
from meldingen.tenancy.models import Municipality


class Command(BaseCommand):
    """Make or update a municipality: name, hosts, publisher."""

    help = "Make or update a municipality from a JSON file: code, name, hosts, theme, publisher, contact_email."

    def add_arguments(self, parser: CommandParser) -> None:
        """One file."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--yes", action="store_true", help="do not ask whether a term may become shorter")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say what stands."""
        try:
            with broken_files_in_words():
                municipality = load_municipality(options["file"], self._sure if options["yes"] else self._ask)
        except NotConfirmed as error:
            raise CommandError(
                _("Nothing was changed. Leave retention_days out of the file, or say yes or --yes.")
            ) from error
        hosts = ", ".join(municipality.hosts.order_by("-is_primary", "name").values_list("name", flat=True))
        self.stdout.write(
            _("%(name)s (%(code)s) at %(hosts)s") % {"name": municipality, "code": municipality.code, "hosts": hosts}
        )

    @staticmethod
    def _sure(_where: Municipality, _days: int, _number: int) -> bool:
        return True

    def _ask(self, where: Municipality, days: int, number: int) -> bool:
        self.stdout.write(
            ngettext(
                "%(code)s keeps contact details %(old)d days now. With %(days)d days those of %(number)d reporter are "
                "deleted tonight, for good.",
                "%(code)s keeps contact details %(old)d days now. With %(days)d days those of %(number)d reporters are "
                "deleted tonight, for good.",
                number,
            )
            % {"code": where.code, "old": where.retention_days, "days": days, "number": number}
        )
        try:
            answer = input(_("Shorten it? [y/N] "))
        except EOFError:  # nobody is there
            return False
        return answer.strip().lower() in ("y", "yes", "j", "ja")
