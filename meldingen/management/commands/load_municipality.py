"""load_municipality FILE.json"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from meldingen.importing.municipality import load_municipality
from meldingen.management.arguments import broken_files_in_words


class Command(BaseCommand):
    """Make or update a municipality: name, hosts, publisher."""

    help = "Make or update a municipality from a JSON file: code, name, hosts, theme, publisher, contact_email."

    def add_arguments(self, parser: CommandParser) -> None:
        """One file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say what stands."""
        with broken_files_in_words():
            municipality = load_municipality(options["file"])
        hosts = ", ".join(municipality.hosts.order_by("-is_primary", "name").values_list("name", flat=True))
        self.stdout.write(
            _("%(name)s (%(code)s) at %(hosts)s") % {"name": municipality, "code": municipality.code, "hosts": hosts}
        )
