"""How much unasked mail an address gets, and when what is held goes out as one mail.

Anybody can fill in anybody's address. So an address whose holder never said "this is my report" gets a few mails an
hour, counted over all meldingen and municipalities of the deployment; what comes after them waits and goes out
together. What is held is never dropped. ADR 7 has the why.
"""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.crypto import salted_hmac

from meldingen.notifications.addresses import mailbox_of
from meldingen.notifications.models import Mailbox

HOUR = timedelta(hours=1)
SINGLE_MAILS = 3  # in any hour
SINGLE_MAILS_CONFIRMED = 20
GATHERING = timedelta(minutes=5)  # from the first that is held to the mail with all of them
DIGEST_PAUSE = HOUR
# Whose holder said "not me" lately hears of unknown reports once a day.
DIGEST_PAUSE_REFUSED = timedelta(days=1)
MEMORY = timedelta(days=30)


def lock(address: str) -> Mailbox:
    """What is known of the mailbox of `address`, for the other functions here; its row is locked until the end.

    Inside a transaction, and before any delivery is locked, so that nobody waits for one another.
    """
    key = salted_hmac("meldingen.mailbox", mailbox_of(address), algorithm="sha256").hexdigest()
    in_lock = Mailbox.objects.select_for_update()
    mailbox = in_lock.filter(key=key).first()
    if mailbox is None:
        Mailbox.objects.bulk_create([Mailbox(key=key, used_at=timezone.now())], ignore_conflicts=True)
        mailbox = in_lock.get(key=key)
    return mailbox


def take(mailbox: Mailbox) -> bool:
    """Whether a mail may go out on its own now; then it is counted. None does in the hour after a digest."""
    now = timezone.now()
    lately = [moment for moment in mailbox.single_mails if moment > now - HOUR]
    most = SINGLE_MAILS_CONFIRMED if mailbox.confirmed_at else SINGLE_MAILS
    digested = mailbox.digest_at is not None and mailbox.digest_at > now - HOUR
    if digested or _is_refused(mailbox) or len(lately) >= most:
        return False
    _save(mailbox, single_mails=[*lately, now])
    return True


def digest_from(mailbox: Mailbox, held_at: datetime) -> datetime:
    """From when what is held since `held_at` may go out together."""
    earliest = held_at + GATHERING
    pause = DIGEST_PAUSE_REFUSED if _is_refused(mailbox) else DIGEST_PAUSE
    return max(earliest, mailbox.digest_at + pause) if mailbox.digest_at else earliest


def take_digest(mailbox: Mailbox) -> None:
    """Count a mail with all that was held."""
    _save(mailbox, digest_at=timezone.now())


def confirm(mailbox: Mailbox) -> None:
    """The holder of the address reports here: they get each mail on its own, up to a number that few reach."""
    _save(mailbox, confirmed_at=timezone.now(), refused_at=None)


def refuse(mailbox: Mailbox) -> None:
    """Somebody else fills in this address: no mail on its own for a while."""
    _save(mailbox, refused_at=timezone.now())


def forget() -> None:
    """Delete what no rule here looks at any more."""
    Mailbox.objects.filter(used_at__lt=timezone.now() - MEMORY).delete()


def _is_refused(mailbox: Mailbox) -> bool:
    return mailbox.refused_at is not None and mailbox.refused_at > timezone.now() - MEMORY


def _save(mailbox: Mailbox, **values: Any) -> None:
    values["used_at"] = timezone.now()
    for name, value in values.items():
        setattr(mailbox, name, value)
    mailbox.save(update_fields=list(values))
