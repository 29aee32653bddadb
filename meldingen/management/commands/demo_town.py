"""demo_town: the two invented municipalities, their logins and a year of history, through the importers."""

import csv
import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from meldingen import demo
from meldingen.calendar import local_day
from meldingen.categories.loading import load_categories
from meldingen.categories.models import Category
from meldingen.demo.history import COLUMNS, rows
from meldingen.intake.importing.meldingen import Outcome, Source, import_meldingen
from meldingen.places.loading.areas import load_areas
from meldingen.record.models import Melding
from meldingen.routing.loading import load_rules
from meldingen.tenancy.loading import load_municipality
from meldingen.tenancy.models import Membership, Municipality, User
from meldingen.tenancy.teams import load_teams

FOLDER = Path(demo.__file__).parent
TOWNS = ("lindewaard", "oosterveen")
WITH_HISTORY = "lindewaard"
LOGINS = (
    ("behandelaar", Membership.Role.TRIAGE),
    ("lezer", Membership.Role.READER),
    ("beheer", Membership.Role.MANAGER),
)


class Command(BaseCommand):
    """Everything of the demonstration that is data. Running it again changes nothing but the passwords."""

    help = "Load the invented towns Lindewaard and Oosterveen. The password of the logins is read from ADMIN_PASSWORD."

    def handle(self, *args: Any, **options: Any) -> None:
        """Towns, logins, history."""
        password = os.environ.get("ADMIN_PASSWORD", "")
        if not password:
            raise CommandError(_("Set ADMIN_PASSWORD: the logins of the demonstration get it."))
        for name in TOWNS:
            town = load_town(FOLDER / name)
            make_logins(town, password, "" if name == WITH_HISTORY else f"@{name}")
            self.stdout.write(_("%(name)s is loaded; it is invented") % {"name": town})
            if name == WITH_HISTORY and not Melding.objects.of(town).filter(source="import").exists():
                number = load_history(town, FOLDER / name)
                self.stdout.write(_("%(number)d meldingen of a past year, invented") % {"number": number})


def load_town(folder: Path) -> Municipality:
    """Municipality, areas, teams, categories and rules from the files of one invented town."""
    town = load_municipality(folder / "municipality.json")
    load_areas(town, folder)
    if Category.objects.of(town).exists():
        return town  # what somebody trying it out has changed since stays
    load_teams(town, folder / "teams.csv")
    load_categories(town, folder / "categories.csv")
    load_rules(town, folder / "rules.csv")
    return town


def make_logins(town: Municipality, password: str, suffix: str) -> None:
    """One login for each role; `suffix` ends their names."""
    for name, role in LOGINS:
        user, _created = User.objects.get_or_create(username=name + suffix)
        user.set_password(password)
        user.save(update_fields=["password"])
        Membership.objects.update_or_create(municipality=town, user=user, defaults={"role": role})


def load_history(town: Municipality, folder: Path) -> int:
    """The closed months before today, as the export of a former system, through the importer. How many came in."""
    until = local_day(timezone.now(), town.time_zone).replace(day=1)
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "history.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(rows(folder, until))
        outcome = Outcome()
        # All or nothing: a half year would be taken for the whole one the next time.
        with tqdm(unit=" rows") as bar, transaction.atomic():
            import_meldingen(town, Source(path), outcome, lambda _reject: None, bar.update)
        return outcome.accepted
