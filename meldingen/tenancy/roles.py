"""What a colleague may do in the municipality of the request: memberships say it, not Django's global permissions.

Who operates the service (a superuser) is no colleague of a town: without a membership they see nothing of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q
from django.http import HttpRequest

from meldingen.tenancy.models import Membership, Municipality, User
from meldingen.tenancy.requests import municipality

Role = Membership.Role


class Right(StrEnum):
    """What a page or an action asks for."""

    VIEW = "view"  # read everything of the municipality but contact details
    CONTACT = "contact"  # read who made a melding
    PHOTOS = "photos"  # see photos: people and homes may be on them
    ENTER = "enter"  # take in meldingen for others: by telephone, at the counter
    HANDLE_OWN = "handle_own"  # decide on the meldingen of one's own teams
    HANDLE = "handle"  # decide on all meldingen
    FLOOD = "flood"  # call very many spam at once
    HOLD = "hold"  # say how long what belongs to a threat is kept
    CONFIDENTIAL = "confidential"  # see what only a team sees else
    MANAGE = "manage"  # change teams, categories, rules, colleagues and settings
    PUBLISH = "publish"  # look after the open data


_TRIAGE = frozenset({Right.VIEW, Right.CONTACT, Right.PHOTOS, Right.ENTER, Right.HANDLE_OWN, Right.HANDLE})
_COORDINATION = _TRIAGE | {Right.FLOOD, Right.HOLD, Right.CONFIDENTIAL}
RIGHTS: Mapping[str, frozenset[Right]] = {
    Role.READER: frozenset({Right.VIEW}),
    Role.TELEPHONE: frozenset({Right.VIEW, Right.CONTACT, Right.PHOTOS, Right.ENTER}),
    Role.HANDLER: frozenset({Right.VIEW, Right.CONTACT, Right.PHOTOS, Right.HANDLE_OWN}),
    Role.TRIAGE: _TRIAGE,
    Role.COORDINATOR: _COORDINATION,
    Role.MANAGER: _COORDINATION | {Right.MANAGE},
}


@dataclass(frozen=True)
class Standing:
    """What somebody is in a municipality: their rights, and the ids of their teams."""

    rights: frozenset[Right] = frozenset()
    teams: frozenset[int] = frozenset()


NOBODY = Standing()


def standing_of(user: User | AnonymousUser, where: Municipality) -> Standing:
    """What the user is in a municipality; NOBODY for who has no membership there. One query."""
    if not isinstance(user, User) or not user.is_active:
        return NOBODY
    teams = ArrayAgg("teams", filter=Q(teams__isnull=False), default=[])
    rows = Membership.objects.of(where).filter(user=user).annotate(team_ids=teams)
    row = rows.values_list("role", "is_data_steward", "team_ids").first()
    if row is None:
        return NOBODY
    role, is_data_steward, team_ids = row
    steward = {Right.PUBLISH} if is_data_steward else frozenset[Right]()
    return Standing(RIGHTS[role] | steward, frozenset(team_ids))


def standing(request: HttpRequest) -> Standing:
    """What the user of this request is at this host; asked once per request and user."""
    of_user: tuple[int | None, Standing] | None = getattr(request, "_standing", None)
    if of_user is None or of_user[0] != request.user.pk:
        of_user = (request.user.pk, standing_of(request.user, municipality(request)))
        request._standing = of_user  # type: ignore[attr-defined]
    return of_user[1]


def rights(request: HttpRequest) -> frozenset[Right]:
    """What the user of this request may do at this host."""
    return standing(request).rights


def may(request: HttpRequest, right: Right) -> bool:
    """Whether the user of this request has `right` at this host."""
    return right in rights(request)


def may_handle(request: HttpRequest, team_id: int | None) -> bool:
    """Whether the user of this request may decide on what this team has; None for what no team has."""
    own = may(request, Right.HANDLE_OWN) and team_id in standing(request).teams
    return own or may(request, Right.HANDLE)
