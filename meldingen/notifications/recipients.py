"""Who hears of a melding: added, found by what only they have, and forgotten."""

import re
import secrets
from collections.abc import Collection, Iterable

from django.conf import settings
from django.db.models import Q
from django.utils.crypto import salted_hmac

from meldingen.notifications.models import Delivery, Recipient
from meldingen.record.models import Melding, Reporter
from meldingen.tenancy.models import Municipality, Team

Kind = Recipient.Kind
# Bad mailbox, bad domain, disabled, no route (RFC 3463). A full mailbox or a filter may take the next mail.
NO_SUCH_ADDRESS = ("5.1.", "5.2.1", "5.4.4")
PEOPLE = (Kind.REPORTER, Kind.FOLLOWER)
_TOKEN = re.compile(r"[\w-]{43}", re.ASCII)


def address_key(address: str) -> str:
    """The same for one address in whatever case, and nothing that an address can be read from."""
    return salted_hmac("meldingen.recipient", address.lower(), algorithm="sha256").hexdigest()


def add_reporter(reporter: Reporter) -> Recipient:
    """The recipient of a new melding's own reporter, who left an address."""
    recipient = _of(reporter)
    recipient.save(force_insert=True)
    return recipient


def add_reporters(reporters: Iterable[Reporter]) -> None:
    """The same of many at once; who left no address hears nothing."""
    Recipient.objects.bulk_create([_of(reporter) for reporter in reporters if reporter.email])


def _of(reporter: Reporter) -> Recipient:
    return Recipient(
        municipality_id=reporter.municipality_id,
        kind=Kind.REPORTER,
        melding=reporter.melding,
        address_key=address_key(reporter.email),
        language=reporter.language,
        token=secrets.token_urlsafe(32),
    )


def add_follower(melding: Melding, address: str, language: str) -> Recipient:
    """The follower with this address, who is a new one unless they follow the melding or were asked whether to."""
    follower, _is_new = Recipient.objects.get_or_create(
        municipality_id=melding.municipality_id,
        kind=Kind.FOLLOWER,
        melding=melding,
        address_key=address_key(address),
        defaults={"email": address, "language": language, "token": secrets.token_urlsafe(32)},
    )
    return follower


def reported_by(melding: Melding, address: str) -> bool:
    """Whether a report with this address is the melding itself, or was merged into it."""
    reporters = Recipient.objects.filter(kind=Kind.REPORTER, address_key=address_key(address))
    same = reporters.of(melding.municipality_id)
    return same.filter(Q(melding=melding) | Q(melding__lead=melding)).exists()


def duty_mailbox(municipality: Municipality) -> Recipient:
    """The municipality's own."""
    mailbox, _is_new = Recipient.objects.get_or_create(municipality=municipality, kind=Kind.DUTY)
    return mailbox


def coordinators(municipality: Municipality) -> Recipient:
    """Its coordinators, as one."""
    together, _is_new = Recipient.objects.get_or_create(municipality=municipality, kind=Kind.COORDINATORS)
    return together


def team_mailbox(team: Team) -> Recipient:
    """The team's own."""
    mailbox, _is_new = Recipient.objects.get_or_create(municipality_id=team.municipality_id, kind=Kind.TEAM, team=team)
    return mailbox


def find_follower(municipality: Municipality, token: str) -> Recipient | None:
    """The follower whose own page this is, with the melding, its category and its buurt."""
    if not _TOKEN.fullmatch(token):
        return None
    followers = Recipient.objects.of(municipality).filter(kind=Kind.FOLLOWER, token=token)
    rows = followers.select_related("melding__buurt", "melding__category__parent")
    return rows.defer("melding__buurt__geometry", "melding__search").first()


def bounces(recipient: Recipient) -> bool:
    """Whether the last that is known of their address of now is that a mail came back."""
    return (
        recipient.bounced_at is not None
        and bool(recipient.address)
        and (recipient.bounced_key == address_key(recipient.address))
    )


def is_gone(recipient: Recipient) -> bool:
    """Whether a mail server said that there is no such address: then nobody is helped by another mail."""
    return bounces(recipient) and recipient.bounce_code.startswith(NO_SUCH_ADDRESS)


def forget(melding_ids: Collection[int]) -> None:
    """Forget everybody who hears of these meldingen, and give up what is still to be sent to them."""
    forget_these([*Recipient.objects.filter(melding__in=melding_ids, token__isnull=False).values_list("pk", flat=True)])


def forget_these(recipient_ids: Collection[int]) -> None:
    """The same of these recipients alone."""
    Delivery.objects.filter(recipient__in=recipient_ids, due_at__isnull=False).update(due_at=None)
    empty = {"email": "", "address_key": "", "bounced_key": "", "token": None, "language": settings.LANGUAGE_CODE}
    Recipient.objects.filter(pk__in=recipient_ids).update(**empty)
