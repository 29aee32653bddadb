"""Where colleagues are signed in: enough to know one's own, and no more."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from meldingen.accounts import sessions
from meldingen.tenancy import auditing
from meldingen.tenancy.models import AuditEntry, StaffSession, User
from tests.factories import Town

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def signed_in(town: Town, user: User) -> str:
    store = SessionStore()
    store["user"] = user.pk
    store.save()
    key = str(store.session_key)
    sessions.begin(town.municipality, user, key, FIREFOX)
    return key


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox, Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/140 Safari/537 Edg/140", "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537 Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari/604.1", "Safari, iPhone"),
        ("curl/8", ""),
        ("", ""),
        ("<script>" * 500, ""),
    ],
)  # fmt: skip
def test_a_browser_is_known_by_its_kind(agent: str, name: str) -> None:
    assert sessions.browser_of(agent) == name


def test_a_session_has_kind_and_network_of_the_browser(town: Town) -> None:
    user = town.member()
    with auditing.from_network("192.0.2.0/24"):
        signed_in(town, user)
    row = sessions.of(user).get()
    assert (row.browser, row.network, row.municipality) == ("Firefox, Windows", "192.0.2.0/24", town.municipality)


def test_one_of_ones_own_is_ended_and_another_colleagues_is_not(town: Town) -> None:
    user, other = town.member(), town.member()
    own, theirs = signed_in(town, user), signed_in(town, other)
    ids = dict(StaffSession.objects.values_list("session_key", "pk"))
    assert not sessions.end(town.municipality, user, ids[theirs])
    assert sessions.end(town.municipality, user, ids[own])
    assert list(Session.objects.values_list("session_key", flat=True)) == [theirs]
    assert AuditEntry.objects.get().codes == {"sessions": 1}


def test_all_but_this_one_are_ended(town: Town) -> None:
    user = town.member()
    keys = [signed_in(town, user) for _number in range(3)]
    sessions.end_others(town.municipality, user, keys[0])
    assert [row.session_key for row in sessions.of(user)] == keys[:1]


def test_a_manager_ends_those_of_their_own_municipality_alone(town: Town, neighbour: Town) -> None:
    user, manager = town.member(), town.member("manager")
    signed_in(town, user)
    elsewhere = signed_in(neighbour, user)
    sessions.end_all_here(town.municipality, user, manager)
    assert [row.session_key for row in sessions.of(user)] == [elsewhere]


def test_a_session_goes_on_under_another_key(town: Town) -> None:
    user = town.member()
    key = signed_in(town, user)
    sessions.follow(key, "andere")
    assert StaffSession.objects.get().session_key == "andere"


def test_what_is_over_is_not_shown_and_forgotten(town: Town) -> None:
    user = town.member()
    key, other = signed_in(town, user), signed_in(town, user)
    Session.objects.filter(session_key=key).delete()
    assert [row.session_key for row in sessions.of(user)] == [other]
    sessions.forget_old()
    assert StaffSession.objects.count() == 1
    sessions.leave(other)
    assert not StaffSession.objects.exists()


def test_when_somebody_was_seen_last_is_kept(town: Town) -> None:
    key = signed_in(town, town.member())
    before = StaffSession.objects.get().seen_at
    sessions.see(key)
    assert StaffSession.objects.get().seen_at > before
