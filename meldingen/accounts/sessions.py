"""Where a colleague is signed in, and how that ends."""

import re
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from meldingen.tenancy import auditing
from meldingen.tenancy.models import Municipality, StaffSession, User

# How exact the moment is at which somebody was seen last: no write for each page.
SEEN_EVERY = timedelta(seconds=60)
# In this order: Edge calls itself Chrome too, and Chrome Safari.
_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"), ("Linux", "Linux"),
)  # fmt: skip


def begin(where: Municipality, user: User, session_key: str, agent: str) -> None:
    """Keep that somebody signed in, by what kind of browser and from which network."""
    StaffSession.objects.create(
        municipality=where, user=user, session_key=session_key, browser=browser_of(agent), network=auditing.network()
    )


def browser_of(agent: str) -> str:
    """The kind of browser and of machine, such as “Firefox, Windows”; no version, and nothing that tells two apart."""
    names = [
        next((name for mark, name in kinds if re.search(rf"\b{mark}\b", agent)), "") for kinds in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(filter(None, names))


def of(user: User) -> QuerySet[StaffSession]:
    """Where they are signed in now, the last seen first."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return StaffSession.objects.filter(user=user, session_key__in=alive).select_related("municipality")


def see(session_key: str) -> None:
    """Keep that the colleague is there."""
    StaffSession.objects.filter(session_key=session_key).update(seen_at=timezone.now())


def follow(old_key: str | None, session_key: str) -> None:
    """The same session goes on under another key."""
    if old_key:
        StaffSession.objects.filter(session_key=old_key).update(session_key=session_key)


def leave(session_key: str | None) -> None:
    """Somebody signs out, or did nothing for too long."""
    if session_key:
        StaffSession.objects.filter(session_key=session_key).delete()


@transaction.atomic
def end(where: Municipality, user: User, session_id: int) -> bool:
    """End one of their own; whether there was one."""
    return _end(where, user, user, StaffSession.objects.filter(user=user, pk=session_id))


@transaction.atomic
def end_others(where: Municipality, user: User, session_key: str | None) -> bool:
    """End all of their own but this one; whether there were any."""
    return _end(where, user, user, StaffSession.objects.filter(user=user).exclude(session_key=session_key or ""))


@transaction.atomic
def end_all_here(where: Municipality, user: User, by: User) -> bool:
    """End all of a colleague in this municipality, as a manager does who helps them; whether there were any."""
    return _end(where, user, by, StaffSession.objects.of(where).filter(user=user))


def forget_old() -> None:
    """Forget those that are over. Once a night."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    StaffSession.objects.exclude(session_key__in=alive).delete()


def _end(where: Municipality, user: User, by: User, rows: QuerySet[StaffSession]) -> bool:
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    if keys:
        auditing.keep(where, auditing.Kind.SESSIONS_ENDED, by, f"user:{user.pk}", {"sessions": len(keys)})
    return bool(keys)
