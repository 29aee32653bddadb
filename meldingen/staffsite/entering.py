"""Signing in, in one step or two, and out: what every door of the staff site does then."""

from __future__ import annotations

import time

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from meldingen.accounts import second_factor, sessions
from meldingen.limits import counting
from meldingen.limits.counting import key_of
from meldingen.limits.senders import sender_of
from meldingen.staffsite import signin
from meldingen.tenancy import auditing
from meldingen.tenancy.models import Membership, User
from meldingen.tenancy.requests import municipality

# In the session: when the colleague did something last, and whether a code was asked.
SEEN = "seen"
CODE = "code"
_WAITING = "waiting_for_code"
_WAIT_SECONDS = 600
_BACKEND = "django.contrib.auth.backends.ModelBackend"
_LOCK_EVERY = 600.0  # seconds: a lock is one line of the audit log, however often somebody tries


def go_in(request: HttpRequest, user: User, target: str) -> HttpResponseRedirect:
    """After the right password: on to `target`, or first to the page that asks for a code."""
    if second_factor.is_on(user):
        step = "admin:login_code"
    elif second_factor.is_required(user, municipality(request)):
        step = "admin:login_setup"
    else:
        enter(request, user, with_code=False)
        return HttpResponseRedirect(target)
    request.session.cycle_key()
    request.session[_WAITING] = {
        "user": user.pk, "at": int(time.time()), "target": target, "hash": user.get_session_auth_hash(),
    }  # fmt: skip
    return HttpResponseRedirect(reverse(step))


def waiting(request: HttpRequest) -> tuple[User, str] | None:
    """Who gave the right password in this browser a moment ago and where they go on; None for nobody."""
    state = request.session.get(_WAITING)
    if not state or not 0 <= time.time() - state["at"] < _WAIT_SECONDS:
        return None
    user = User.objects.filter(pk=state["user"], is_active=True).first()
    if user is None or user.get_session_auth_hash() != state["hash"]:
        return None
    return user, str(state["target"])


def enter(request: HttpRequest, user: User, *, with_code: bool) -> None:
    """Sign in, whole: a session that is kept and can be ended, and a line in the audit log."""
    request.session.pop(_WAITING, None)
    login(request, user, backend=_BACKEND)
    request.session[SEEN] = int(time.time())
    request.session[CODE] = with_code
    if not request.session.session_key:
        request.session.save()
    where, agent = municipality(request), request.headers.get("user-agent", "")
    sessions.begin(where, user, str(request.session.session_key), agent)
    signin.forget_failures(user.get_username(), sender_of(request))
    kind = auditing.Kind.OPERATOR_ENTERED if user.is_superuser else auditing.Kind.SIGNED_IN
    auditing.keep(where, kind, user, f"user:{user.pk}", {"code": True} if with_code else {})


def leave(request: HttpRequest, kind: auditing.Kind = auditing.Kind.SIGNED_OUT) -> None:
    """Sign out."""
    if isinstance(request.user, User):
        auditing.keep(municipality(request), kind, request.user, f"user:{request.user.pk}")
        sessions.leave(request.session.session_key)
    logout(request)


def keep_failure(request: HttpRequest, name: str, *, is_locked: bool) -> None:
    """Keep that somebody failed to sign in: of an account that works here which one, and never what was typed."""
    where, sender = municipality(request), sender_of(request)
    if is_locked:
        key = key_of("lock told", str(where.pk), name.casefold(), sender.narrow)
        if any(counting.seconds_left(key)):
            return
        counting.remember(key, _LOCK_EVERY)
    user = Membership.objects.of(where).filter(user__username=name).values_list("user", flat=True).first()
    kind = auditing.Kind.SIGN_IN_LOCKED if is_locked else auditing.Kind.SIGN_IN_FAILED
    auditing.keep(where, kind, None, f"user:{user}" if user else "")


def renew(request: HttpRequest, user: User, old_key: str | None) -> None:
    """After a new password: this session goes on, all others of the colleague end."""
    where = municipality(request)
    if not request.session.session_key:
        request.session.save()
    sessions.follow(old_key, str(request.session.session_key))
    sessions.end_others(where, user, request.session.session_key)
    auditing.keep(where, auditing.Kind.PASSWORD_CHANGED, user, f"user:{user.pk}")
