"""The first colleagues of a municipality, for whom nobody is there yet to add them at the staff site."""

import secrets
from collections.abc import Iterable

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from meldingen.refusals import Refused
from meldingen.tenancy import auditing
from meldingen.tenancy.models import Membership, MembershipTeam, Municipality, Team, User

PASSWORD_BYTES = 15  # 20 characters


@transaction.atomic
def add(municipality: Municipality, username: str, role: str | None) -> tuple[str, str | None]:
    """Make the account `username` with a role in a municipality; its role, and its password, which is kept nowhere.

    Without a role: who is there already keeps theirs, who is new is manager. None, and no other password, when there
    is an account of that name. Refused for the only manager.
    """
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    user, is_new = User.objects.get_or_create(username=username, defaults={"password": make_password(password)})
    before = Membership.objects.of(municipality).filter(user=user).first()
    role = role or (before.role if before else Membership.Role.MANAGER)
    if before:
        keep_a_manager(before, role)
    Membership.objects.update_or_create(municipality=municipality, user=user, defaults={"role": role})
    old = {"role": before.role} if before else {}
    kind = auditing.Kind.RIGHTS_CHANGED if before else auditing.Kind.RIGHTS_GIVEN
    auditing.keep_change(municipality, kind, None, f"user:{user.pk}", old, {"role": role})
    return role, password if is_new else None


def keep_a_manager(membership: Membership, role: str | None) -> None:
    """Refused when the only manager who can log in would get another role, or, with None, lose the membership.

    Inside a transaction: the rows of the managers stay locked, so that no two make way at the same moment.
    """
    managers = Membership.objects.of(membership.municipality).filter(role=Membership.Role.MANAGER, user__is_active=True)
    managers_in_lock = managers.select_for_update(of=("self",)).order_by("pk")
    if role != Membership.Role.MANAGER and [each.pk for each in managers_in_lock] == [membership.pk]:
        words = _("This is the only manager of the municipality. Make a colleague manager first.")
        raise Refused("last_manager", words, "role")


@transaction.atomic
def set_teams(membership: Membership, teams: Iterable[Team]) -> None:
    """Put a colleague into these teams of their municipality, and into no other."""
    MembershipTeam.objects.filter(membership=membership).delete()
    MembershipTeam.objects.bulk_create(
        MembershipTeam(municipality_id=membership.municipality_id, membership=membership, team=team) for team in teams
    )
