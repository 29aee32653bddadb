from datetime import timedelta

import pytest
from django.utils import timezone

from meldingen import calendar
from meldingen.followup import rating
from meldingen.handling import merging, triage
from meldingen.handling.triage import Case
from meldingen.notifications.models import Delivery
from meldingen.record import events
from meldingen.record.models import Event, Melding, Satisfaction
from meldingen.record.outcomes import Shortfall
from meldingen.refusals import Refused
from tests.factories import Town, follower_of, recipient_of


def say_no(town: Town, melding: Melding, reason: str = "still_broken", text: str = "") -> Melding:
    rating.say_unsolved(town.municipality, melding.follow_token, reason, text)
    return Melding.objects.get(pk=melding.pk)


@pytest.mark.parametrize("reason", Shortfall.values)
def test_what_is_not_solved_is_opened_again_once_by_the_rule(town: Town, solved: Melding, reason: str) -> None:
    stored = say_no(town, solved, reason)
    event = stored.events.get(to_state="reopened")
    assert (stored.state, event.actor_kind, event.codes["reason"]) == ("reopened", "reporter", reason)
    assert Satisfaction.objects.get().is_solved is False


def test_it_gets_a_term_of_its_own_and_the_reporter_a_new_day(town: Town, solved: Melding) -> None:
    stored = say_no(town, solved)
    today = calendar.local_day(timezone.now(), town.municipality.time_zone)
    assert stored.deadline
    assert stored.deadline > timezone.now() + timedelta(days=2)
    assert stored.promised_at == stored.deadline
    assert calendar.local_day(stored.deadline, town.municipality.time_zone) > today


def test_the_reporter_and_followers_hear_that_it_is_open_again(town: Town, solved: Melding) -> None:
    follower = follower_of(solved)
    event = say_no(town, solved).events.get(to_state="reopened")
    told = {delivery.recipient for delivery in Delivery.objects.filter(event=event)}
    assert told == {recipient_of(solved), follower}


def test_of_what_is_open_again_nobody_hears_afterwards_that_it_was_solved(town: Town, solved: Melding) -> None:
    waiting = Delivery.objects.filter(event__melding=solved, event__to_state="solved")
    assert waiting.update(sent_at=None, attempts=0)
    say_no(town, solved)
    assert not waiting.exists()


def test_what_a_colleague_opens_again_they_may_undo_so_what_waits_still_goes_out(
    town: Town, solved: Melding, case: Case
) -> None:
    waiting = Delivery.objects.filter(event__melding=solved, event__to_state="solved")
    number = waiting.update(sent_at=None, attempts=0)
    triage.reopen(case)
    assert waiting.count() == number > 0


def test_what_was_sent_stays_on_record(town: Town, solved: Melding) -> None:
    sent = Delivery.objects.filter(event__melding=solved, event__to_state="solved")
    number = sent.update(sent_at=timezone.now(), attempts=1, due_at=None)
    say_no(town, solved)
    assert sent.count() == number > 0


def test_sent_twice_it_counts_once(town: Town, solved: Melding) -> None:
    for _press in range(2):
        say_no(town, solved)
    assert solved.events.filter(to_state="reopened").count() == 1


def test_own_words_that_come_after_a_reason_are_kept(town: Town, solved: Melding) -> None:
    say_no(town, solved)
    stored = say_no(town, solved, "own_words", "Het glas ligt er nog.")
    assert [each.text for each in stored.additions.all()] == ["Het glas ligt er nog."]
    assert stored.reporter_spoke_at is not None


@pytest.fixture
def again(town: Town, solved: Melding, case: Case) -> Melding:
    """Opened again by its reporter, and solved once more."""
    say_no(town, solved)
    triage.close(case, "solved")
    return Melding.objects.get(pk=solved.pk)


def test_the_second_time_a_colleague_decides(town: Town, again: Melding) -> None:
    for _press in range(2):
        stored = say_no(town, again, "half_done")
    assert (stored.state, stored.reporter_spoke_at is not None) == ("solved", True)
    (said,) = stored.events.filter(kind=Event.Kind.RATED)
    assert events.of(said) == events.Rated(answer="no", reason="half_done")


def test_own_words_are_kept_the_second_time_too_and_danger_in_them_is_seen(town: Town, again: Melding) -> None:
    say_no(town, again, "half_done")
    stored = say_no(town, again, "own_words", "Er ligt een kind in het water!")
    assert [each.text for each in stored.additions.all()] == ["Er ligt een kind in het water!"]


def test_when_a_colleague_opened_it_the_reporter_still_has_their_once(town: Town, solved: Melding, case: Case) -> None:
    triage.reopen(case)
    triage.close(case, "solved")
    assert say_no(town, solved).state == "reopened"


@pytest.mark.parametrize(("days", "is_in_time"), [(14, True), (15, False)])
def test_on_the_fifteenth_day_it_is_too_late(town: Town, solved: Melding, days: int, is_in_time: bool) -> None:
    zone, now = town.municipality.time_zone, timezone.now()
    day = calendar.local_day(now, zone) - timedelta(days=days)
    Melding.objects.filter(pk=solved.pk).update(closed_at=calendar.start_of_day(day, zone) + timedelta(hours=23))
    if is_in_time:
        assert say_no(town, solved).state == "reopened"
        return
    with pytest.raises(Refused, match="late") as refused:
        say_no(town, solved)
    assert "14 dagen" in str(refused.value.message)


@pytest.mark.parametrize("outcome", ["declined", "forwarded"])
def test_only_what_was_solved_is_opened_again(town: Town, melding: Melding, case: Case, outcome: str) -> None:
    triage.close(case, outcome, "Niet van ons.")
    with pytest.raises(Refused, match="not_solved"):
        say_no(town, melding)


def test_an_open_melding_has_not_ended(town: Town, melding: Melding) -> None:
    for say in (say_no, lambda town, melding: rating.say_solved(town.municipality, melding.follow_token)):
        with pytest.raises(Refused, match="not_solved"):
            say(town, melding)


def test_who_is_merged_reads_states_and_opens_nothing(town: Town, melding: Melding, case: Case) -> None:
    lead = town.melding(category=town.container)
    merging.merge(case, lead.pk)
    with pytest.raises(Refused, match="merged"):
        say_no(town, melding)


def test_yes_is_kept_once_and_the_last_grade_counts(town: Town, solved: Melding) -> None:
    for _press in range(2):
        rating.say_solved(town.municipality, solved.follow_token)
    for value in (2, 5, 5):
        rating.grade(town.municipality, solved.follow_token, value)
    kept = Satisfaction.objects.get()
    assert (kept.melding, kept.is_solved, kept.grade) == (solved, True, 5)
    codes = [event.codes for event in solved.events.filter(kind=Event.Kind.RATED).order_by("id")]
    assert codes == [{"answer": "yes"}, {"grade": 2}, {"grade": 5}]
    assert Melding.objects.get(pk=solved.pk).state == "solved"


def test_who_said_yes_may_think_better_of_it(town: Town, solved: Melding) -> None:
    rating.say_solved(town.municipality, solved.follow_token)
    assert say_no(town, solved).state == "reopened"
    assert Satisfaction.objects.get().is_solved is False
