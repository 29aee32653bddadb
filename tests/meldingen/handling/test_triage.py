from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks as OnCommit

from meldingen.calendar import end_of_day, local_day
from meldingen.handling import triage
from meldingen.handling.triage import Case
from meldingen.notifications.models import Delivery
from meldingen.record import events, lifecycle, workflow
from meldingen.record.models import Answer, Event, Melding, Note
from meldingen.record.models.melding import Reporter
from meldingen.refusals import Refused
from meldingen.routing import routes
from meldingen.tenancy.models.user import User
from tests.factories import Town, reporter_of
from tests.meldingen.handling.conftest import case_of
from tests.meldingen.handling.test_merging import at_once
from tests.sure import sure
from tests.threats import threaten


def with_address(melding: Melding, email: str = "wim@example.org") -> Reporter:
    return reporter_of(melding, email)


def kinds(melding: Melding) -> list[str]:
    return list(melding.events.values_list("kind", flat=True))


def test_taking_it_starts_the_work_in_the_colleagues_name(case: Case, melding: Melding, officer: User) -> None:
    triage.take(case)
    melding.refresh_from_db()
    assert melding.state == workflow.IN_PROGRESS
    assert sure(melding.events.last()).actor == officer


def test_assigning_gives_it_to_a_team_and_moves_it(case: Case, melding: Melding, town: Town) -> None:
    triage.assign(case, town.roads)
    melding.refresh_from_db()
    assert (melding.team, melding.state) == (town.roads, workflow.ASSIGNED)
    assert kinds(melding) == ["received", "assigned", "moved"]


@pytest.fixture
def burning(town: Town) -> Melding:
    """As intake stores it: urgent, with a deadline by the clock."""
    deadline = timezone.now() + timedelta(hours=2)
    return town.melding(danger="life", priority=4, deadline=deadline, category=town.container)


def test_a_colleague_says_that_it_is_no_danger_and_it_goes_its_usual_way(
    town: Town, burning: Melding, officer: User
) -> None:
    triage.assess(case_of(town, burning, officer), "")
    burning.refresh_from_db()
    assert (burning.danger, burning.priority, burning.team, burning.state) == ("", 2, town.cleaning, "assigned")
    assert sure(burning.deadline) > timezone.now() + timedelta(days=2)
    assessed = burning.events.get(kind="assessed")
    assert (assessed.codes, assessed.actor) == (assessed.codes | {"danger": {"from": "life", "to": ""}}, officer)
    assert assessed.codes["priority"] == {"from": 4, "to": 2}
    assert routes.route(burning) is False


def test_a_danger_that_the_words_did_not_say_becomes_urgent_and_waits_for_no_term_of_its_category(
    town: Town, officer: User
) -> None:
    melding = town.melding(category=town.container)
    triage.assess(case_of(town, melding, officer), "life")
    melding.refresh_from_db()
    assert (melding.priority, melding.team) == (4, town.cleaning)
    assert melding.deadline == melding.received_at + timedelta(hours=2)


def test_without_a_category_a_danger_is_assessed_all_the_same(case: Case, melding: Melding) -> None:
    triage.assess(case, "hazard")
    melding.refresh_from_db()
    assert (melding.priority, melding.team, melding.state) == (3, None, "new")


def test_a_danger_is_confirmed_once(town: Town, burning: Melding, officer: User) -> None:
    triage.assess(case_of(town, burning, officer), "life")
    with pytest.raises(Refused) as refused:
        triage.assess(case_of(town, burning, officer), "life")
    assert (refused.value.code, kinds(burning).count("assessed")) == ("same_danger", 1)


def test_assigning_to_another_team_keeps_the_state(case: Case, melding: Melding, town: Town) -> None:
    triage.assign(case, town.roads)
    triage.assign(case, town.cleaning)
    assert kinds(melding) == ["received", "assigned", "moved", "assigned"]
    assert sure(melding.events.last()).codes == {"team": {"from": town.roads.pk, "to": town.cleaning.pk}}


def test_work_in_progress_that_is_assigned_waits_for_the_team(case: Case, melding: Melding, town: Town) -> None:
    triage.take(case)
    triage.assign(case, town.roads)
    melding.refresh_from_db()
    assert melding.state == workflow.ASSIGNED


def test_assigning_to_the_team_that_has_it_is_refused(case: Case, melding: Melding, town: Town) -> None:
    triage.assign(case, town.roads)
    with pytest.raises(Refused) as refused:
        triage.assign(case, town.roads)
    assert (refused.value.code, refused.value.field) == ("same_team", "team")


def test_a_closed_melding_cannot_be_assigned_and_stays_untouched(case: Case, melding: Melding, town: Town) -> None:
    triage.close(case, workflow.SOLVED)
    with pytest.raises(Refused) as refused:
        triage.assign(case, town.roads)
    melding.refresh_from_db()
    assert refused.value.code == "transition"
    assert "Opgelost" in str(refused.value.message) or "Solved" in str(refused.value.message)
    assert melding.team is None


@pytest.mark.parametrize("row", ["roads", "dumping"])
def test_a_row_of_the_neighbour_is_a_mistake_of_the_caller(
    case: Case, melding: Melding, neighbour: Town, row: str
) -> None:
    with pytest.raises(ValueError, match="another municipality"):
        triage.assign(case, neighbour.roads) if row == "roads" else triage.recategorise(case, neighbour.dumping)
    assert kinds(melding) == ["received"]


def test_a_melding_of_the_neighbour_does_not_exist(town: Town, neighbour: Town, officer: User) -> None:
    with pytest.raises(Melding.DoesNotExist):
        triage.take(case_of(town, neighbour.melding(), officer))


def test_recategorising_leaves_team_and_state_alone(case: Case, melding: Melding, town: Town) -> None:
    triage.recategorise(case, town.container)
    melding.refresh_from_db()
    assert (melding.category, melding.category_by) == (town.container, "staff")
    codes = melding.events.get(kind=Event.Kind.RECATEGORISED).codes
    assert codes == {"category": {"from": None, "to": town.container.pk}}


def test_what_has_a_team_already_keeps_it_and_gets_the_term_of_its_first_category(
    case: Case, melding: Melding, town: Town
) -> None:
    triage.assign(case, town.roads)
    triage.recategorise(case, town.container)
    melding.refresh_from_db()
    assert (melding.team, melding.deadline is None) == (town.roads, False)


def test_a_first_category_routes(case: Case, melding: Melding, town: Town, officer: User) -> None:
    triage.recategorise(case, town.container)
    melding.refresh_from_db()
    assert (melding.team, melding.state) == (town.cleaning, workflow.ASSIGNED)
    assert melding.deadline is not None
    assert {event.actor for event in melding.events.all()[1:]} == {officer}


def test_confirming_what_the_model_said_counts_once(case: Case, town: Town, officer: User) -> None:
    melding = town.melding(category=town.container, category_by="model")
    case = case_of(town, melding, officer)
    triage.recategorise(case, town.container)
    with pytest.raises(Refused) as refused:
        triage.recategorise(case, town.container)
    assert refused.value.code == "same_category"
    assert kinds(melding) == ["received", "recategorised"]


def test_a_closed_melding_may_be_recategorised_but_not_routed(case: Case, melding: Melding, town: Town) -> None:
    triage.close(case, workflow.SOLVED)
    triage.recategorise(case, town.container)
    with pytest.raises(Refused) as refused:
        triage.recategorise(case, town.dumping, reroute=True)
    melding.refresh_from_db()
    assert refused.value.code == "closed"
    assert melding.category == town.container


def test_an_answer_is_public_and_mailed_once_committed(
    case: Case, melding: Melding, published: list[Any], django_capture_on_commit_callbacks: OnCommit
) -> None:
    with_address(melding)
    with django_capture_on_commit_callbacks(execute=True):
        triage.answer(case, "  Wij komen morgen.  ")
        assert published == []
    event = sure(melding.events.last())
    assert (event.kind, event.answer.text, event.deliveries.get().sent_at) == ("answered", "Wij komen morgen.", None)
    assert published == [("deliver", (event.deliveries.get().pk,))]


@pytest.mark.parametrize("address", [None, ""])
def test_without_an_address_nothing_is_mailed(
    case: Case,
    melding: Melding,
    published: list[Any],
    address: str | None,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    if address is not None:
        with_address(melding, email=address)
    with django_capture_on_commit_callbacks(execute=True):
        triage.answer(case, "Wij komen morgen.")
    assert not Delivery.objects.exists()
    assert published == []


@pytest.mark.parametrize(("text", "code"), [("", "empty"), (" \n", "empty"), ("a" * 5001, "too_long")])
@pytest.mark.parametrize("use_case", [triage.answer, triage.note])
def test_words_are_needed_and_have_a_measure(
    case: Case, melding: Melding, use_case: Callable[..., Any], text: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        use_case(case, text)
    assert (refused.value.code, refused.value.field) == (code, "text")
    assert kinds(melding) == ["received"]


@pytest.mark.parametrize("use_case", [triage.answer, triage.note])
def test_the_same_words_twice_in_a_row_are_sent_once(
    case: Case, melding: Melding, use_case: Callable[..., Any]
) -> None:
    use_case(case, "Wij komen morgen.")
    with pytest.raises(Refused, match="same_text"):
        use_case(case, "Wij komen morgen.")
    assert Answer.objects.count() + Note.objects.count() == 1


def test_a_note_is_for_colleagues_only(
    case: Case, melding: Melding, published: list[Any], django_capture_on_commit_callbacks: OnCommit
) -> None:
    with_address(melding)
    with django_capture_on_commit_callbacks(execute=True):
        triage.note(case, "Bewoner is boos.")
    assert melding.notes.get().event.codes == {}
    assert published == []


def test_a_reporter_hears_that_a_team_has_it_and_that_the_work_started(
    case: Case, melding: Melding, town: Town, published: list[Any]
) -> None:
    with_address(melding)
    triage.assign(case, town.roads)
    triage.take(case)
    told = Delivery.objects.order_by("id").values_list("event__kind", "event__to_state")
    assert list(told) == [("moved", workflow.ASSIGNED), ("moved", workflow.IN_PROGRESS)]


def test_the_mail_that_a_team_has_it_goes_out_on_commit(
    case: Case, melding: Melding, town: Town, published: list[Any], django_capture_on_commit_callbacks: OnCommit
) -> None:
    with_address(melding)
    with django_capture_on_commit_callbacks(execute=True):
        triage.assign(case, town.roads)
    assert published == [("deliver", (Delivery.objects.get().pk,))]


def test_a_colleague_who_routes_it_again_tells_the_reporter_once(case: Case, melding: Melding, town: Town) -> None:
    with_address(melding)
    triage.recategorise(case, town.container, reroute=True)
    triage.recategorise(case, town.dumping, reroute=True)
    assert Delivery.objects.get().event.to_state == workflow.ASSIGNED


def test_what_the_follow_page_does_not_show_is_not_mailed(case: Case, melding: Melding, town: Town) -> None:
    triage.assign(case, town.roads)
    with_address(melding)
    triage.assign(case, town.cleaning)
    triage.recategorise(case, town.container)
    triage.note(case, "Bewoner is boos.")
    assert not Delivery.objects.exists()


def test_reopening_tells_the_reporter(
    case: Case, melding: Melding, published: list[Any], django_capture_on_commit_callbacks: OnCommit
) -> None:
    with_address(melding)
    triage.close(case, workflow.SOLVED)
    with django_capture_on_commit_callbacks(execute=True):
        triage.reopen(case)
    melding.refresh_from_db()
    assert melding.state == workflow.REOPENED
    assert len(published) == 1


def test_what_is_open_cannot_be_opened_again(case: Case) -> None:
    with pytest.raises(Refused, match="transition"):
        triage.reopen(case)


def test_who_looked_before_a_colleague_acted_hears_so(town: Town, melding: Melding, officer: User) -> None:
    case = case_of(town, melding, officer, seen=triage.snapshot(melding))
    triage.take(case)
    with pytest.raises(Refused) as refused:
        triage.close(case, workflow.SOLVED)
    assert refused.value.code == "changed"
    assert kinds(melding) == ["received", "moved"]


@pytest.mark.django_db(transaction=True)
def test_of_two_colleagues_at_once_one_wins(town: Town, officer: User) -> None:
    melding = town.melding()
    case = case_of(town, melding, officer, seen=triage.snapshot(melding))
    refused = at_once(lambda: triage.take(case), lambda: triage.close(case, workflow.SOLVED))
    assert [getattr(error, "code", error) for error in refused] == ["changed"]
    assert Event.objects.filter(melding=melding).count() == 2


def test_of_two_answers_from_one_page_one_is_published(town: Town, melding: Melding, officer: User) -> None:
    case = case_of(town, melding, officer, seen=triage.snapshot(melding))
    triage.answer(case, "Wij komen donderdag.")
    with pytest.raises(Refused, match="changed"):
        triage.answer(case, "Wij komen niet.")
    assert [answer.text for answer in melding.answers.all()] == ["Wij komen donderdag."]


def test_what_the_model_and_the_rules_do_makes_no_page_stale(town: Town, melding: Melding, officer: User) -> None:
    case = case_of(town, melding, officer, seen=triage.snapshot(melding))
    values = {"category": town.container, "category_by": "model"}
    lifecycle.change(melding, events.Classified(model=1), actor=events.MODEL, **values)
    routes.route(melding)
    triage.take(case)
    assert Melding.objects.get(pk=melding.pk).state == workflow.IN_PROGRESS


def test_what_the_reporter_did_makes_a_page_stale(town: Town, melding: Melding, officer: User) -> None:
    case = case_of(town, melding, officer, seen=triage.snapshot(melding))
    lifecycle.change(melding, events.AddressConfirmed(), actor=events.REPORTER)
    with pytest.raises(Refused, match="changed"):
        triage.take(case)


def test_what_is_planned_has_the_day_that_was_told(town: Town, melding: Melding, case: Case) -> None:
    day = local_day(timezone.now(), "Europe/Amsterdam") + timedelta(days=30)
    triage.schedule(case, day, "Wij komen dan.")
    melding.refresh_from_db()
    told = end_of_day(day, "Europe/Amsterdam")
    assert (melding.state, melding.promised_at) == ("planned", told)
    triage.schedule(case, day + timedelta(days=1))
    moved: Any = events.of(sure(melding.events.last()))
    assert moved.promised_at.old == told.isoformat()


def test_who_is_asked_something_makes_the_melding_wait(melding: Melding, case: Case) -> None:
    with pytest.raises(Refused, match="empty"):
        triage.ask(case, " ")
    triage.ask(case, "Welke lamp is het?")
    melding.refresh_from_db()
    assert (melding.state, melding.answers.get().text) == ("waiting", "Welke lamp is het?")


def test_who_starts_the_work_has_it_until_it_goes_to_a_team(
    town: Town, melding: Melding, case: Case, officer: User
) -> None:
    triage.take(case)
    assert Melding.objects.get(pk=melding.pk).assignee == officer
    triage.assign(case, town.roads)
    assert Melding.objects.get(pk=melding.pk).assignee is None


def test_a_threat_is_closed_without_a_word(melding: Melding, case: Case) -> None:
    with_address(melding)
    threaten(case)
    assert (Melding.objects.get(pk=melding.pk).state, Delivery.objects.count()) == ("threat", 0)
    with pytest.raises(Refused, match="closed"):
        threaten(case)


def test_it_comes_into_the_hands_of_a_colleague(town: Town, melding: Melding, case: Case) -> None:
    colleague = town.member("handler")
    triage.hand_to(case, colleague)
    melding.refresh_from_db()
    assert (melding.assignee, melding.state) == (colleague, workflow.NEW)
    with pytest.raises(Refused) as refusal:
        triage.hand_to(case, colleague)
    assert refusal.value.field == "member"


@pytest.mark.parametrize("role", ["reader", "telephone", None])
def test_who_handles_nothing_here_gets_nothing_in_hand(
    town: Town, neighbour: Town, case: Case, role: str | None
) -> None:
    stranger = town.member(role) if role else neighbour.member("handler")
    with pytest.raises(ValueError, match="nobody who handles"):
        triage.hand_to(case, stranger)
