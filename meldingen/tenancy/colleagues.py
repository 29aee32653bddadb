"""The first colleagues of a municipality, for whom nobody is there yet to add them at the staff site."""

import secrets
from collections.abc import Iterable

from django.contrib.auth.hashers import make_password
from django.db import transaction

from meldingen.tenancy.models import Membership, MembershipTeam, Municipality, Team, User

PASSWORD_BYTES = 15  # 20 characters


@transaction.atomic
def add(municipality: Municipality, username: str, role: str) -> str | None:
    """Make the account `username` with a role in a municipality; its password, made here and kept nowhere.

    None, and no other password, when there is an account of that name: it only gets the role.
    """
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    user, is_new = User.objects.get_or_create(username=username, defaults={"password": make_password(password)})
    Membership.objects.update_or_create(municipality=municipality, user=user, defaults={"role": role})
    return password if is_new else None


@transaction.atomic
def set_teams(membership: Membership, teams: Iterable[Team]) -> None:
    """Put a colleague into these teams of their municipality, and into no other."""
    MembershipTeam.objects.filter(membership=membership).delete()
    MembershipTeam.objects.bulk_create(
        MembershipTeam(municipality_id=membership.municipality_id, membership=membership, team=team) for team in teams
    )
