"""As whom a visitor of the demonstration may look: a part, what it is there for, and whose account plays it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meldingen.tenancy.models import Membership, Municipality, User


@dataclass(frozen=True)
class Part:
    """One of them. `username` is empty for who needs no account; `page` is where it begins."""

    key: str
    name: str | Promise
    what: str | Promise
    page: str
    username: str = ""


PARTS = (
    Part("bewoner", _("Resident"), _("Report something, and follow it."), "/"),
    Part("triage", _("Triage"), _("Judge what came in, and bring it to a team."), "/beheer/", "behandelaar"),
    Part("behandelaar", _("Handler"), _("Solve what your team has, and answer."), "/beheer/", "ahmed"),
    Part("telefoon", _("Telephone"), _("Take down a report for who calls."), "/beheer/telefoon/", "mila"),
    Part("coordinator", _("Coordinator"), _("See what is late, threats too."), "/beheer/", "marijke"),
    Part("beheerder", _("Manager"), _("Set up categories, rules, teams and looks."), "/beheer/instellingen/", "beheer"),
    Part(
        "gegevensbeheerder",
        _("Data steward"),
        _("See what was drawn, and what it cost."),
        "/beheer/opendata/hold/uitgaven/",
        "henk",
    ),
    Part("journalist", _("Journalist"), _("Read the figures, and take them along."), "/data/"),
)


def is_open() -> bool:
    """Whether every municipality here is invented: beside a real one nobody is let in without a password."""
    return not Municipality.objects.filter(is_invented=False).exists()


def parts_in(municipality: Municipality) -> Sequence[Part]:
    """Those that somebody plays in this municipality."""
    users = set(Membership.objects.of(municipality).values_list("user__username", flat=True))
    return [part for part in PARTS if not part.username or _account(part, municipality) in users]


def player(municipality: Municipality, key: str) -> tuple[Part, User | None] | None:
    """The part of that name with the account that plays it here; None where there is no such part."""
    part = next((part for part in parts_in(municipality) if part.key == key), None)
    if part is None:
        return None
    members = Membership.objects.of(municipality).select_related("user")
    return part, next((each.user for each in members.filter(user__username=_account(part, municipality))), None)


def _account(part: Part, municipality: Municipality) -> str:
    """The account: in all towns but the first its name ends in that of the town."""
    own = f"{part.username}@{municipality.name.lower()}"
    return own if part.username and User.objects.filter(username=own).exists() else part.username
