"""What a colleague may do in the municipality of the request: memberships say it, not Django's global permissions."""

from collections.abc import Mapping
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from meldingen.tenancy.models import Membership, Municipality, User
from meldingen.tenancy.requests import municipality

Role = Membership.Role


class Right(StrEnum):
    """What a page or an action asks for."""

    VIEW = "view"  # read everything of the municipality but contact details
    CONTACT = "contact"  # read who made a melding
    HANDLE = "handle"  # decide on meldingen
    MANAGE = "manage"  # change teams, categories, rules, colleagues and settings


RIGHTS: Mapping[str, frozenset[Right]] = {
    Role.READER: frozenset({Right.VIEW}),
    Role.TRIAGE: frozenset({Right.VIEW, Right.CONTACT, Right.HANDLE}),
    Role.MANAGER: frozenset(Right),
}


def role_in(user: User | AnonymousUser, where: Municipality) -> str | None:
    """The user's role in a municipality, None for who has none there; a superuser manages everywhere. One query."""
    if not isinstance(user, User) or not user.is_active:
        return None
    if user.is_superuser:
        return Role.MANAGER
    return Membership.objects.filter(user=user, municipality=where).values_list("role", flat=True).first()


def rights(request: HttpRequest) -> frozenset[Right]:
    """What the user of this request may do at this host; asked once per request and user."""
    asked: tuple[int | None, frozenset[Right]] | None = getattr(request, "_rights", None)
    if asked is None or asked[0] != request.user.pk:
        role = role_in(request.user, municipality(request))
        asked = (request.user.pk, RIGHTS.get(role or "", frozenset()))
        request._rights = asked  # type: ignore[attr-defined]
    return asked[1]


def may(request: HttpRequest, right: Right) -> bool:
    """Whether the user of this request has `right` at this host."""
    return right in rights(request)
