from datetime import timedelta

import pytest
from django.utils import timezone

from meldingen.followup import adding
from meldingen.handling import striking, triage
from meldingen.handling.triage import Case
from meldingen.intake.receiving import submit
from meldingen.intake.submission import Submission
from meldingen.notifications import labels
from meldingen.notifications.messages import message_for
from meldingen.notifications.models import Delivery
from meldingen.record.models import Event, Melding
from meldingen.refusals import Refused
from tests.factories import Town

FIRE = "Er is brand en er zit iemand in de container!"


def add(town: Town, melding: Melding, text: str = "Het ligt er nog, nu ook op de stoep.") -> Melding:
    adding.add(town.municipality, melding.follow_token, text)
    return Melding.objects.get(pk=melding.pk)


def test_what_is_added_is_kept_with_an_event_without_words(town: Town, melding: Melding) -> None:
    stored = add(town, melding)
    event = stored.events.get(kind=Event.Kind.ADDED)
    assert (event.actor_kind, event.codes, event.addition.text) == (
        "reporter", {}, "Het ligt er nog, nu ook op de stoep."
    )  # fmt: skip
    assert stored.reporter_spoke_at is not None


def test_the_same_sent_twice_is_kept_once(town: Town, melding: Melding) -> None:
    for _press in range(2):
        add(town, melding)
    assert melding.additions.count() == 1


def test_any_act_of_a_colleague_says_that_it_was_read(town: Town, melding: Melding, case: Case) -> None:
    add(town, melding)
    triage.mark_read(case)
    melding.refresh_from_db()
    assert melding.reporter_spoke_at is None


def test_a_colleague_who_has_not_seen_it_takes_it_from_nobodys_sight(town: Town, melding: Melding, case: Case) -> None:
    seen = triage.snapshot(melding)
    add(town, melding)
    late = triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=case.actor, seen=seen)
    with pytest.raises(Refused, match="changed"):
        triage.answer(late, "Wij komen morgen.")
    melding.refresh_from_db()
    assert melding.reporter_spoke_at is not None


def test_danger_in_it_counts_as_when_a_melding_comes_in(town: Town, melding: Melding) -> None:
    town.municipality.duty_email = "piket@example.org"
    town.municipality.save()
    before = timezone.now()
    stored = add(town, melding, FIRE)
    assert (stored.danger, stored.priority) == ("life", Melding.Priority.URGENT)
    hours = timedelta(hours=town.municipality.emergency_hours)
    assert stored.deadline
    assert before + hours <= stored.deadline <= timezone.now() + hours
    assert Delivery.objects.get(purpose=Delivery.Purpose.ALARM).event.kind == Event.Kind.ADDED


def test_no_danger_in_it_takes_one_away(town: Town) -> None:
    melding = town.melding(danger="life", priority=4)
    stored = add(town, melding, "Er ligt een losse tegel.")
    assert (stored.danger, stored.priority) == ("life", 4)


@pytest.mark.parametrize("asked_of", ["assigned", "in_progress"])
def test_a_melding_that_waited_for_it_goes_on_where_it_was(
    town: Town, melding: Melding, case: Case, asked_of: str
) -> None:
    triage.assign(case, town.roads)
    if asked_of == "in_progress":
        triage.take(case)
    triage.ask(case, "Welke bak bedoelt u?")
    assert add(town, melding).state == asked_of


def test_one_that_nobody_has_yet_waits_on_and_is_seen(town: Town) -> None:
    melding = town.melding()
    case = triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member())
    triage.ask(case, "Welke bak bedoelt u?")
    stored = add(town, melding)
    assert (stored.state, stored.reporter_spoke_at is not None) == ("waiting", True)


@pytest.mark.parametrize(("days", "is_kept"), [(14, True), (16, False)])
def test_to_what_is_closed_something_is_added_for_two_weeks(
    town: Town, solved: Melding, days: int, is_kept: bool
) -> None:
    Melding.objects.filter(pk=solved.pk).update(closed_at=timezone.now() - timedelta(days=days))
    if is_kept:
        assert add(town, solved).additions.count() == 1
        return
    with pytest.raises(Refused, match="closed"):
        add(town, solved)


def test_after_very_much_there_is_a_telephone(town: Town, melding: Melding, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "MOST", 2)
    for number in range(2):
        add(town, melding, f"Nog iets: {number}")
    with pytest.raises(Refused, match="too_many"):
        add(town, melding, "Nog iets: 2")


def test_of_spam_nobody_is_bothered(town: Town, melding: Melding, case: Case) -> None:
    triage.call_spam(case)
    stored = add(town, melding)
    assert (stored.additions.count(), stored.reporter_spoke_at) == (1, None)


def test_words_are_struck_out_of_it_too(town: Town, melding: Melding, case: Case) -> None:
    add(town, melding, "Bel Jan Jansen maar.")
    striking.strike(case, "jan jansen")
    assert melding.additions.get().text == "Bel ▮▮▮ maar."


def test_an_answer_that_repeats_it_stays_out_of_a_mail(town: Town, melding: Melding, case: Case) -> None:
    add(town, melding, "Mijn buurman Kees zet het daar elke dinsdag neer met zijn rode bus.")
    triage.answer(case, "U schreef: mijn buurman Kees zet het daar elke dinsdag neer met zijn rode bus.")
    mail = message_for(Delivery.objects.get(purpose=Delivery.Purpose.NEWS))
    assert "Kees" not in str(mail.body)


def test_the_day_that_was_told_is_told_on_when_danger_is_added(town: Town) -> None:
    said = Submission(text="De bak is vol", buurt_code=town.west.code, category_slug=town.container.slug)
    melding = submit(town.municipality, said)
    told = labels.expected(melding)
    stored = add(town, melding, FIRE)
    assert stored.done_by == melding.promised_at
    assert labels.expected(stored).endswith(told)
