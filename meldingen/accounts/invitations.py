"""Somebody is invited to become a colleague, and accepts, once. Nothing tells whether they have an account."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from meldingen import queueing
from meldingen.accounts import tasks
from meldingen.accounts.links import token_of
from meldingen.refusals import Refused
from meldingen.tenancy import auditing, colleagues
from meldingen.tenancy.models import Invitation, Membership, Municipality, Team, User

VALID = timedelta(days=7)
_TOKEN = re.compile(r"[\w-]{43}", re.ASCII)


@dataclass(frozen=True)
class Rights:
    """What somebody may do once they accept."""

    role: str
    is_data_steward: bool = False
    teams: tuple[int, ...] = ()


@dataclass(frozen=True)
class NewAccount:
    """What who has no account chooses."""

    username: str
    password: str
    first_name: str = ""
    last_name: str = ""


@transaction.atomic
def invite(where: Municipality, email: str, rights: Rights, by: User) -> Invitation:
    """Invite whoever has this address. One that was open for it is withdrawn: the newest link counts."""
    for older in Invitation.objects.of(where).filter(email__iexact=email):
        if older.is_open:
            withdraw(older, by)
    invitation = Invitation(
        municipality=where, email=email, role=rights.role, is_data_steward=rights.is_data_steward,
        team_ids=sorted(rights.teams), invited_by=by, language=get_language() or "nl",
    )  # fmt: skip
    _renew(invitation)
    auditing.keep(where, auditing.Kind.INVITED, by, f"invitation:{invitation.pk}", _codes(invitation))
    return invitation


@transaction.atomic
def resend(invitation: Invitation) -> None:
    """Send another link, for another week; the one before does not work any more. Refused when it is no longer open."""
    row = Invitation.objects.of(invitation.municipality_id).select_for_update().get(pk=invitation.pk)
    if row.accepted_at or row.withdrawn_at:
        raise Refused("not_open", _("This invitation was accepted or withdrawn. Make a new one."))
    row.sent_at, row.due_at, row.claims, row.attempts = None, timezone.now(), 0, 0
    _renew(row)


@transaction.atomic
def withdraw(invitation: Invitation, by: User) -> None:
    """Its link does not work any more, and its address is forgotten."""
    rows = Invitation.objects.of(invitation.municipality_id).filter(pk=invitation.pk, accepted_at=None)
    if rows.filter(withdrawn_at=None).update(withdrawn_at=timezone.now(), due_at=None, email=""):
        kind = auditing.Kind.INVITATION_WITHDRAWN
        auditing.keep(invitation.municipality_id, kind, by, f"invitation:{invitation.pk}")


def find(where: Municipality, token: str) -> Invitation | None:
    """The invitation of a link, open or not; None for a link that never was, or was replaced."""
    if not _TOKEN.fullmatch(token):
        return None
    return Invitation.objects.of(where).filter(token_hash=_hash(token)).select_related("invited_by").first()


def open_in(where: Municipality) -> QuerySet[Invitation]:
    """Those that nobody accepted yet, the newest first."""
    rows = Invitation.objects.of(where).filter(accepted_at=None, withdrawn_at=None)
    return rows.select_related("invited_by")


@transaction.atomic
def accept_as_new(invitation: Invitation, account: NewAccount) -> User:
    """Make an account with these rights. Refused when the link was used, is too old, or the name is in use."""
    row = _take(invitation)
    if User.objects.filter(username__iexact=account.username).exists():
        raise Refused("name_in_use", _("This user name cannot be used. Choose another one."), "username")
    user = User.objects.create_user(
        account.username, invitation.email, account.password, first_name=account.first_name, last_name=account.last_name
    )
    return _join(row, user)


@transaction.atomic
def accept_as(invitation: Invitation, user: User) -> User:
    """Give an account that exists these rights here. Refused when the link was used, is too old, or it works here."""
    row = _take(invitation)
    if Membership.objects.of(row.municipality_id).filter(user=user).exists():
        raise Refused("works_here", _("You work here already: you can log in."), "username")
    if not user.email and invitation.email:
        user.email = invitation.email
        user.save(update_fields=["email"])
    return _join(row, user)


def _take(invitation: Invitation) -> Invitation:
    """The row, locked: of two who press at the same moment one comes in."""
    row = Invitation.objects.of(invitation.municipality_id).select_for_update().get(pk=invitation.pk)
    if row.token_hash != invitation.token_hash or not row.is_open:
        raise Refused("used", _("This link was used already, or is too old. Ask your manager for a new one."))
    return row


def _join(row: Invitation, user: User) -> User:
    membership = Membership.objects.create(
        municipality_id=row.municipality_id, user=user, role=row.role, is_data_steward=row.is_data_steward
    )
    colleagues.set_teams(membership, Team.objects.of(row.municipality_id).filter(pk__in=row.team_ids, is_active=True))
    row.accepted_at, row.email, row.due_at = timezone.now(), "", None
    row.save(update_fields=["accepted_at", "email", "due_at"])
    codes = _codes(row) | {"invitation": row.pk}
    auditing.keep(row.municipality_id, auditing.Kind.RIGHTS_GIVEN, row.invited_by, f"user:{user.pk}", codes)
    return user


def _renew(invitation: Invitation) -> None:
    """Another link for another week, and a mail with it."""
    invitation.salt = secrets.token_urlsafe(32)
    invitation.token_hash = _hash(token_of(invitation))
    invitation.expires_at = timezone.now() + VALID
    invitation.save()
    queueing.after_commit(tasks.send_invitation, invitation.pk)


def _codes(invitation: Invitation) -> dict[str, object]:
    codes: dict[str, object] = {"role": invitation.role, "teams": invitation.team_ids}
    return codes | ({"is_data_steward": True} if invitation.is_data_steward else {})


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
