"""Who sent a threat is kept until a day that a colleague says, with a reason; a coordinator may choose a later one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from meldingen.attachments import forgetting as photos
from meldingen.handling import holding, triage, undoing
from meldingen.handling.holding import Keep
from meldingen.record import events
from meldingen.record.models import Event, Hold, Melding, Reporter
from meldingen.refusals import Refused
from meldingen.retention import forgetting
from tests.factories import Town, follower_of, reporter_of
from tests.meldingen.handling.conftest import case_of
from tests.threats import keep, threaten

pytestmark = pytest.mark.usefixtures("published")


def forget(town: Town) -> int:
    where = town.municipality
    people = forgetting.forget_reporters(where) + forgetting.forget_followers(where)
    return people + photos.forget_of_closed(where)


def closed_long_ago(town: Town) -> None:
    long_ago = timezone.now() - timedelta(days=town.municipality.retention_days + 1)
    Reporter.objects.update(closed_at=long_ago)
    Melding.objects.update(closed_at=long_ago)


def test_nothing_of_a_threat_is_forgotten_before_its_day(town: Town, melding: Melding, case: triage.Case) -> None:
    reporter_of(melding)
    follower_of(melding)
    threaten(case)
    closed_long_ago(town)
    assert forget(town) == 0
    Hold.objects.update(until=timezone.localdate() - timedelta(days=1))
    assert forget(town) == 1
    assert not Reporter.objects.exists()
    assert set(melding.recipients.values_list("address_key", flat=True)) == {""}


def test_history_says_until_when_and_not_why(melding: Melding, case: triage.Case) -> None:
    threaten(case)
    held = melding.events.latest("id")
    until = (timezone.localdate() + timedelta(days=30)).isoformat()
    assert (events.of(held), held.actor) == (events.Held(until=events.Change(None, until)), case.actor)
    assert Hold.objects.get().reason == "Aangifte bij de politie"
    assert "Aangifte" not in str(held.codes)


def test_a_later_day_is_a_new_event_from_the_day_before_it(melding: Melding, case: triage.Case) -> None:
    threaten(case)
    triage.hold(case, Keep(timezone.localdate() + timedelta(days=180), "Zaak loopt nog"))
    held = events.of(melding.events.latest("id"))
    assert isinstance(held, events.Held)
    assert held.until is not None
    assert held.until.old == (timezone.localdate() + timedelta(days=30)).isoformat()
    assert Hold.objects.get().reason == "Zaak loopt nog"


@pytest.mark.parametrize(
    ("days", "reason", "code"),
    [(181, "Aangifte", "far"), (-1, "Aangifte", "past"), (10, "  ", "empty"), (10, "x" * 201, "too_long")],
)
def test_a_day_too_far_or_no_reason_is_refused_and_nothing_happens(
    melding: Melding, case: triage.Case, days: int, reason: str, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        triage.call_threat(case, Keep(timezone.localdate() + timedelta(days=days), reason))
    assert refusal.value.code == code
    assert Melding.objects.get().state == "new"
    assert not Hold.objects.exists()


def test_today_and_the_longest_are_days_that_may_be_chosen(case: triage.Case) -> None:
    threaten(case)
    for days in (0, holding.MOST_DAYS):
        triage.hold(case, keep(days))
    assert Hold.objects.get().until == timezone.localdate() + timedelta(days=holding.MOST_DAYS)


def test_who_undoes_the_threat_undoes_its_hold(melding: Melding, case: triage.Case) -> None:
    after = melding.events.latest("id").pk
    threaten(case)
    undoing.undo(case, after)
    assert Melding.objects.get().state == "new"
    assert not Hold.objects.exists()


def test_a_hold_that_replaced_another_is_not_undone_for_the_first_reason_is_gone(case: triage.Case) -> None:
    threaten(case)
    after, said = Event.objects.latest("id").pk, holding.Keep(timezone.localdate(), "Toch eerder")
    triage.hold(case, said)
    with pytest.raises(Refused) as refusal:
        undoing.undo(case, after)
    assert (refusal.value.code, Hold.objects.get().reason) == ("not_undone", said.reason)


def test_what_was_a_threat_and_is_opened_again_stays_kept(town: Town, melding: Melding, case: triage.Case) -> None:
    threaten(case)
    triage.reopen(case_of(town, melding, town.member()))
    triage.close(case, "solved")
    reporter_of(melding)
    closed_long_ago(town)
    assert forget(town) == 0
    assert melding.events.filter(kind=Event.Kind.HELD).count() == 1
