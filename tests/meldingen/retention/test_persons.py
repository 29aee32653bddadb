"""What is kept of one person is found by what only they have, in their own municipality."""

from datetime import timedelta

import pytest
from django.utils import timezone

from meldingen.notifications.models import Recipient
from meldingen.record import events, lifecycle
from meldingen.record.models import Hold
from meldingen.refusals import Refused
from meldingen.retention import persons
from tests.factories import Town, follower_of, reporter_of


@pytest.mark.parametrize("typed", ["0612345678", "06-12 34 56 78", "+31 6 12345678", "0031612345678"])
def test_by_a_number_in_any_spelling(town: Town, typed: str) -> None:
    melding = town.melding()
    reporter_of(melding, "", phone="06 1234 5678")
    reporter_of(town.melding(), "", phone="0612345679")
    assert persons.find(town.municipality, typed).melding_ids == (melding.pk,)


def test_by_an_address_their_own_and_what_they_follow(town: Town) -> None:
    own, other = town.melding(), town.melding()
    reporter_of(own, "wim@example.org")
    follower = follower_of(other, "wim@example.org")
    reporter_of(other, "ria@example.org")
    person = persons.find(town.municipality, "WIM@example.org")
    assert (person.melding_ids, person.follower_ids) == ((own.pk,), (follower.pk,))


def test_one_that_nobody_said_is_theirs_is_marked(town: Town) -> None:
    confirmed, silent = town.melding(), town.melding()
    for melding in (confirmed, silent):
        reporter_of(melding, "wim@example.org")
    Recipient.objects.filter(melding=confirmed).update(confirmed_at=timezone.now())
    person = persons.find(town.municipality, "wim@example.org")
    assert person.uncertain == {silent.pk}
    assert set(person.melding_ids) == {confirmed.pk, silent.pk}


def test_what_threatens_somebody_is_held(town: Town) -> None:
    melding = town.melding()
    reporter_of(melding, "wim@example.org")
    lifecycle.move(lifecycle.lock(melding.pk, town.municipality.pk), "threat", actor=events.by(town.member()))
    person = persons.find(town.municipality, "wim@example.org")
    assert (sorted(person.on_hold), list(person.erasable)) == ([melding.pk], [])


@pytest.mark.parametrize(("days", "is_held"), [(0, True), (-1, False)])
def test_what_a_colleague_keeps_is_held_until_its_day(town: Town, days: int, is_held: bool) -> None:
    melding = town.melding()
    reporter_of(melding, "wim@example.org")
    until = timezone.localdate() + timedelta(days=days)
    about = {"municipality": town.municipality, "reason": "Aangifte", "author": town.member()}
    Hold.objects.create(melding=melding, until=until, **about)
    assert bool(persons.find(town.municipality, "wim@example.org").on_hold) == is_held


def test_another_municipalitys_are_not_found(town: Town, neighbour: Town) -> None:
    reporter_of(neighbour.melding(), "wim@example.org", phone="0612345678")
    for typed in ("wim@example.org", "0612345678"):
        assert persons.find(town.municipality, typed).is_nobody


@pytest.mark.parametrize("typed", ["", "wim", "12", "%", "' or 1=1"])
def test_what_is_neither_is_refused(town: Town, typed: str) -> None:
    with pytest.raises(Refused, match="no_address"):
        persons.find(town.municipality, typed)


def test_how_much_there_is(town: Town) -> None:
    reporter_of(town.melding(), "wim@example.org")
    counts = persons.counts(persons.find(town.municipality, "wim@example.org"))
    assert counts == {"meldingen": 1, "follows": 0, "photos": 0, "held": 0}
