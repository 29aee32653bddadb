"""demo_town: the invented municipalities, their colleagues and years of history, through the importers."""

import os
import tempfile
import uuid
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from meldingen import demo
from meldingen.attachments.arrivals import Arrival
from meldingen.attachments.attaching import attach
from meldingen.attachments.receiving import receive
from meldingen.attachments.tokens import token_of
from meldingen.calendar import local_day
from meldingen.categories.loading import load_categories
from meldingen.categories.models import Category
from meldingen.demo.files import write_streets, write_town
from meldingen.demo.history import reports, write
from meldingen.demo.people import COLLEAGUES, WITH_COLLEAGUES, Colleague
from meldingen.demo.pictures import NUMBERS, photograph
from meldingen.demo.standard_texts import STANDARD_TEXTS
from meldingen.files.rejects import Reject
from meldingen.handling.models import StandardText
from meldingen.intake.importing.meldingen import Outcome, Source, import_meldingen
from meldingen.languages import Texts
from meldingen.notifications import bounces, recipients
from meldingen.notifications.models import Delivery
from meldingen.places import geo
from meldingen.places.loading.addresses import load_addresses
from meldingen.places.loading.areas import load_areas
from meldingen.places.loading.assets import load_assets, load_kinds
from meldingen.places.loading.map_features import load_map
from meldingen.places.models import Address, Area
from meldingen.questions.loading import load_questions
from meldingen.record.models import OPEN, Event, Melding, Reporter
from meldingen.routing.loading import load_rules
from meldingen.routing.models import RoutingRule
from meldingen.tenancy.colleagues import set_teams
from meldingen.tenancy.loading import load_municipality
from meldingen.tenancy.models import Membership, Municipality, Team, User
from meldingen.tenancy.teams import load_teams

FOLDER = Path(demo.__file__).parent
TOWNS = ("lindewaard", "oosterveen", "zandervliet")
CENTRE = (5.577672, 52.442764)  # of Lindewaard, where a melding has no pin
LOGINS = (
    ("behandelaar", Membership.Role.TRIAGE),
    ("lezer", Membership.Role.READER),
    ("beheer", Membership.Role.MANAGER),
)


class Command(BaseCommand):
    """Everything of the demonstration that is data. Running it again changes nothing but the passwords."""

    help = "Load the invented towns. The password of their logins is read from ADMIN_PASSWORD."

    def handle(self, *args: Any, **options: Any) -> None:
        """Towns, logins, history."""
        password = os.environ.get("ADMIN_PASSWORD", "")
        if not password:
            raise CommandError(_("Set ADMIN_PASSWORD: the logins of the demonstration get it."))
        hash_of_password = make_password(password)
        for name in TOWNS:
            town = load_town(FOLDER / name)
            make_logins(town, hash_of_password, "" if name == WITH_COLLEAGUES else f"@{name}")
            if name == WITH_COLLEAGUES:
                for colleague in COLLEAGUES:
                    make_colleague(town, hash_of_password, colleague)
            load_streets(town, FOLDER / name)
            self.stdout.write(_("%(name)s is loaded; it is invented") % {"name": town})
            if town.registered_from and not Melding.objects.of(town).exclude(external_id="").exists():
                self.load_past(town, FOLDER / name)

    def load_past(self, town: Municipality, folder: Path) -> None:
        """History with its photos and bounce, or none of it: a run that finds a history makes nothing of it again.

        Who is cut off leaves files of photos that no row names, forty at most.
        """
        with transaction.atomic():
            number = load_history(town, folder)
            self.stdout.write(_("%(number)d meldingen of the past, invented") % {"number": number})
            if folder.name == WITH_COLLEAGUES:
                self.stdout.write(_("%(number)d photos, drawn") % {"number": load_photos(town)})
                leave_bounce(town)


def load_town(folder: Path) -> Municipality:
    """Municipality, areas, teams, categories, rules and questions from the files of one invented town."""
    with tempfile.TemporaryDirectory() as scratch:
        write_town(folder, _today("Europe/Amsterdam"), Path(scratch))
        town = load_municipality(Path(scratch) / "municipality.json")
    load_areas(town, folder)
    leave_standard_texts(town)
    if Category.objects.of(town).exists():
        return town  # what somebody trying it out has changed since stays
    load_teams(town, folder / "teams.csv")
    load_categories(town, folder / "categories.csv")
    load_rules(town, folder / "rules.csv")
    if (questions := folder / "questions.csv").exists():
        load_questions(town, questions)
    if folder.name == WITH_COLLEAGUES:
        leave_rule(town)
        leave_retired(town)
    return town


def leave_standard_texts(town: Municipality) -> None:
    """Texts that colleagues send often, where the town has none yet."""
    if StandardText.objects.of(town).exists():
        return
    for name, for_state, words in STANDARD_TEXTS:
        StandardText.objects.create(municipality=town, name=name, for_state=for_state, text_texts=Texts(nl=words))


def leave_rule(town: Municipality) -> None:
    """One rule that is never tried, for the page that says what is broken: one before it takes all of its category."""
    first = RoutingRule.objects.of(town).filter(category__isnull=False, area=None).order_by("position")[0]
    area = Area.objects.in_use(town).filter(level=Area.Level.WIJK).order_by("code").first()
    values = {"category": first.category, "area": area, "team": first.team}
    RoutingRule.objects.create(municipality=town, position=900, **values)


def leave_retired(town: Municipality) -> None:
    """One category that was retired before all that is in the history: another took its place."""
    heir = Category.objects.of(town).filter(slug="bankje-of-paaltje-kapot").select_related("parent").get()
    names = Texts(nl="Telefooncel kapot", en="Phone box broken")
    values = {"parent": heir.parent, "name_texts": names, "is_active": False, "successor": heir}
    Category.objects.create(municipality=town, slug="telefooncel-kapot", **values)


def leave_bounce(town: Municipality) -> None:
    """One mail that came back, for the same page: of the newest open melding without a reporter."""
    rows = Melding.objects.of(town).filter(OPEN, reporter__isnull=True).defer("search")
    melding = rows.order_by("-received_at").first()
    if melding is None:
        return
    event = melding.events.get(kind=Event.Kind.RECEIVED)
    reporter = Reporter(municipality=town, melding=melding, name="Wim de Boer", email="wim.de.boer@example.org")
    reporter.save()
    now = timezone.now()
    mail = Delivery(municipality=town, event=event, recipient=recipients.add_reporter(reporter), purpose="receipt")
    mail.sent_at, mail.due_at, mail.attempts = now, None, 1
    mail.save()
    bounces.mark(mail.pk, "5.1.1")


def load_streets(town: Municipality, folder: Path) -> None:
    """Streets, water and parks for the map, addresses and objects, once; a town without streets has none of them."""
    if Address.objects.of(town).exists():
        return
    with tempfile.TemporaryDirectory() as scratch, transaction.atomic():
        out = Path(scratch)
        if write_streets(folder, out):
            load_map(town, out / "map.geojson")
            load_addresses(town, out / "addresses.csv")
            load_kinds(town, out / "kinds.csv", set(Category.objects.of(town).values_list("slug", flat=True)))
            load_assets(town, out / "objects.geojson")


def make_logins(town: Municipality, password: str, suffix: str) -> None:
    """One login for each of three roles, with a hashed password; `suffix` ends their names."""
    for name, role in LOGINS:
        make_colleague(town, password, Colleague(name + suffix, "", role))


def make_colleague(town: Municipality, password: str, colleague: Colleague) -> None:
    """Somebody of the demonstration, with their role and teams."""
    about = {"first_name": colleague.first_name, "last_name": colleague.last_name, "password": password}
    user, _is_new = User.objects.update_or_create(username=colleague.username, defaults=about)
    values = {"role": colleague.role, "is_data_steward": colleague.is_data_steward}
    membership, _is_new = Membership.objects.update_or_create(municipality=town, user=user, defaults=values)
    set_teams(membership, Team.objects.of(town).filter(slug__in=colleague.teams))


def load_history(town: Municipality, folder: Path) -> int:
    """All up to yesterday, as the export of a former system, through the importer. How many came in."""
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch)
        write(reports(folder, _today(town.time_zone)), out)
        outcome, rejects = Outcome(), list[Reject]()
        source = Source(out / "meldingen.csv", events=out / "events.csv")
        # All or nothing: a half year would be taken for the whole one the next time.
        with tqdm(unit=" rows") as bar, transaction.atomic():
            import_meldingen(town, source, outcome, rejects.append, bar.update)
            if rejects:
                wrong = _("Line %(line)d of the invented history is refused: %(reason)s.")
                raise CommandError(wrong % {"line": rejects[0].line, "reason": rejects[0].reason})
        return outcome.accepted


def load_photos(town: Municipality) -> int:
    """Photos of the newest meldingen of some categories, taken in as a resident's are; a worker prepares them."""
    number = 0
    for slug, most in NUMBERS.items():
        newest = Melding.objects.of(town).filter(category__slug=slug).defer("search").order_by("-received_at")[:most]
        for melding in newest:
            number += 1
            place = geo.to_door(melding.point) if melding.point else CENTRE
            form = uuid.uuid4()
            with closing(Arrival(f"{slug}.jpg", "image/jpeg")) as arrival:
                content = photograph(slug, number, place, melding.received_at)
                arrival.take(content, 0)
                arrival.end(len(content))
                photo = receive(town, form, arrival, sender=None)
            with transaction.atomic():
                attach(melding, form, [token_of(photo)])
    return number


def _today(zone: str) -> date:
    return local_day(timezone.now(), zone)
