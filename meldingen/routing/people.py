"""Into whose hands a rule may give what it brings to a team: who handles meldingen, and is in that team."""

from functools import cache

from django.db.models import Exists, OuterRef, Q, QuerySet

from meldingen.tenancy.models import Membership, Municipality, Team, User
from meldingen.tenancy.roles import RIGHTS, Right

_HANDLING = sorted(role for role, rights in RIGHTS.items() if Right.HANDLE_OWN in rights)


@cache
def is_of_team(person: str = "person", team: str = "team") -> Exists:
    """Whether the person of a row is in the team of that row at this moment."""
    own = Q(municipality=OuterRef("municipality"), user=OuterRef(person), teams=OuterRef(team))
    return Exists(Membership.objects.filter(own, role__in=_HANDLING, user__is_active=True))


def in_teams(municipality: Municipality, *, besides: int | None = None) -> QuerySet[User]:
    """The colleagues here who handle meldingen and are in a team, and one who is named already."""
    own = Membership.objects.of(municipality).filter(role__in=_HANDLING, teams__isnull=False)
    of_teams = Q(is_active=True, pk__in=own.values("user"))
    return User.objects.filter(of_teams | Q(pk=besides)).order_by("first_name", "username")


def is_in(municipality: Municipality, person: User, team: Team) -> bool:
    """Whether this colleague is in this team, and handles what it has."""
    own = Membership.objects.of(municipality).filter(user=person, teams=team, role__in=_HANDLING)
    return person.is_active and own.exists()


def name_of(person: User) -> str:
    """As other pages name them."""
    return person.get_full_name() or person.get_username()


def names(people: set[int]) -> dict[int, str]:
    """The names of these; nothing is asked where there are none."""
    rows = User.objects.filter(pk__in=people) if people else []
    return {each.pk: name_of(each) for each in rows}
