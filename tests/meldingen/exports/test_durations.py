from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from meldingen.exports.durations import times_in_states
from meldingen.record.models import Event, Melding
from tests.factories import Town

HOUR = timedelta(hours=1)


def _start(melding: Melding) -> datetime:
    return melding.events.get(kind=Event.Kind.RECEIVED).happened_at


def _then(melding: Melding, hours: int, to_state: str, kind: str = "moved", **codes: object) -> Event:
    """So many hours after it came in."""
    values = {"municipality": melding.municipality, "melding": melding, "kind": kind, "actor_kind": "rule"}
    return Event.objects.create(**values, to_state=to_state, codes=codes, happened_at=_start(melding) + hours * HOUR)


def test_each_state_lasted_until_the_next(town: Town) -> None:
    melding = town.melding()
    _then(melding, 3, "assigned")
    _then(melding, 10, "solved")
    assert times_in_states([melding.pk], _start(melding) + 99 * HOUR) == {
        melding.pk: {"new": 3 * HOUR, "assigned": 7 * HOUR}
    }


def test_the_state_of_now_lasts_until_now(town: Town) -> None:
    melding = town.melding()
    assert times_in_states([melding.pk], _start(melding) + 5 * HOUR) == {melding.pk: {"new": 5 * HOUR}}


def test_a_state_that_comes_back_is_counted_together(town: Town) -> None:
    melding = town.melding()
    for hours, state in ((1, "assigned"), (2, "waiting"), (4, "assigned"), (9, "solved")):
        _then(melding, hours, state)
    assert times_in_states([melding.pk], _start(melding) + 9 * HOUR)[melding.pk] == {
        "new": HOUR, "assigned": 6 * HOUR, "waiting": 2 * HOUR,
    }  # fmt: skip


def test_what_was_undone_never_was(town: Town) -> None:
    melding = town.melding()
    wrong = _then(melding, 3, "assigned")
    _then(melding, 4, "new", "undone", of=[wrong.pk])
    assert times_in_states([melding.pk], _start(melding) + 5 * HOUR) == {melding.pk: {"new": 5 * HOUR}}


def test_many_are_one_question(town: Town, django_assert_num_queries: Any) -> None:
    ids = [town.melding().pk for _ in range(3)]
    with django_assert_num_queries(1):
        assert len(times_in_states(ids, timezone.now())) == 3
