"""A flood is judged by a colleague: what is real gets its mails, what is spam gets none and is in no figure."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from meldingen import queueing
from meldingen.handling import judging, triage
from meldingen.notifications.models import Delivery
from meldingen.record import events, lifecycle, workflow
from meldingen.record.models import Melding, Reporter
from meldingen.refusals import Refused
from meldingen.tenancy.models.user import User
from tests.factories import Town, mail_due, reporter_of
from tests.sure import sure
from tests.threats import threaten


@pytest.fixture(autouse=True)
def published(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What would go to the broker, in the place of a broker; the ids of mails."""
    sent = []
    monkeypatch.setattr(queueing, "_publish", lambda task, ids: sent.append(ids[0]))
    return sent


@pytest.fixture
def officer(town: Town) -> User:
    return town.member()


def suspect(town: Town, email: str = "wim@example.org", **values: Any) -> Melding:
    melding = town.melding(is_suspect=True, **values)
    reporter_of(melding, email)
    return melding


def kinds(melding: Melding) -> list[tuple[str, dict[Any, Any]]]:
    return list(melding.events.values_list("kind", "codes"))


def test_a_released_melding_is_suspect_no_more_and_its_history_says_so(town: Town, officer: User) -> None:
    melding = suspect(town)
    assert judging.release(town.municipality, officer, [melding.pk]) == 1
    melding.refresh_from_db()
    assert (melding.is_suspect, melding.state) == (False, workflow.NEW)
    assert kinds(melding)[-1] == ("released", {})
    assert sure(melding.events.last()).actor == officer


def test_the_mails_that_were_held_go_out_on_release(
    town: Town, officer: User, published: list[Any], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    melding = suspect(town)
    case = triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=officer)
    triage.answer(case, "Wij komen.")
    triage.note(case, "Kent iemand deze melder?")
    lifecycle.move(Melding.objects.get(pk=melding.pk), workflow.ASSIGNED, actor=events.SWEEP)
    assert not Delivery.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        judging.release(town.municipality, officer, [melding.pk])
    mailed = list(Delivery.objects.order_by("event").values_list("event__kind", flat=True))
    assert mailed == ["received", "answered"]
    assert published == list(Delivery.objects.order_by("event").values_list("pk", flat=True))


def test_released_twice_is_mailed_once(town: Town, officer: User) -> None:
    melding = suspect(town)
    judging.release(town.municipality, officer, [melding.pk, melding.pk])
    assert judging.release(town.municipality, officer, [melding.pk]) == 0
    assert Delivery.objects.count() == 1


def test_nobody_without_an_address_is_mailed(town: Town, officer: User) -> None:
    melding = suspect(town, email="")
    judging.release(town.municipality, officer, [melding.pk, town.melding(is_suspect=True).pk])
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("is_suspect", [True, False])
@pytest.mark.parametrize("state", ["spam", "threat"])
def test_spam_and_threats_are_closed_without_a_word_to_anybody(
    town: Town, officer: User, published: list[Any], is_suspect: bool, state: str
) -> None:
    melding = suspect(town)
    Melding.objects.filter(pk=melding.pk).update(is_suspect=is_suspect)
    judge = {"spam": judging.call_spam, "threat": judging.call_threat}[state]
    assert judge(town.municipality, officer, [melding.pk]) == 1
    melding.refresh_from_db()
    assert (melding.state, melding.is_suspect) == (state, False)
    assert kinds(melding)[-1] == ("moved", {})
    assert (published, Delivery.objects.count()) == ([], 0)
    assert Reporter.objects.get().closed_at is not None


def test_a_mail_that_waits_is_not_sent_about_spam(town: Town, officer: User) -> None:
    melding = suspect(town)
    judging.release(town.municipality, officer, [melding.pk])
    mail_due(sure(melding.events.first()), purpose=Delivery.Purpose.ALARM)
    judging.call_spam(town.municipality, officer, [melding.pk])
    waiting = Delivery.objects.filter(due_at__isnull=False)
    assert list(waiting.values_list("purpose", flat=True)) == ["alarm"]


def test_what_was_closed_already_is_not_called_spam(town: Town, officer: User) -> None:
    melding = suspect(town)
    lifecycle.move(Melding.objects.get(pk=melding.pk), workflow.SOLVED, actor=events.SWEEP)
    assert judging.call_spam(town.municipality, officer, [melding.pk]) == 0


def test_spam_that_is_opened_again_is_spam_no_more(town: Town, officer: User) -> None:
    melding = suspect(town)
    judging.call_spam(town.municipality, officer, [melding.pk])
    triage.reopen(triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=officer))
    melding.refresh_from_db()
    assert (melding.state, melding.is_suspect) == ("reopened", False)


@pytest.mark.parametrize("judge", [judging.release, judging.call_spam])
def test_the_neighbours_meldingen_are_not_ours_to_judge(
    town: Town, neighbour: Town, officer: User, judge: Callable[..., Any]
) -> None:
    melding = suspect(neighbour)
    assert judge(town.municipality, officer, [melding.pk]) == 0
    melding.refresh_from_db()
    assert (melding.is_suspect, melding.state) == (True, "new")


@pytest.mark.parametrize(("judge", "most"), [(judging.release, 9), (judging.call_spam, 9)])
def test_a_hundred_cost_as_many_questions_as_one(
    town: Town, officer: User, judge: Callable[..., Any], most: int
) -> None:
    ids = [suspect(town).pk for _number in range(30)]
    with CaptureQueriesContext(connection) as asked:
        assert judge(town.municipality, officer, ids) == 30
    assert len(asked) <= most


def test_many_are_done_in_sets(town: Town, officer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "SET", 2)
    ids = [suspect(town).pk for _number in range(5)]
    assert judging.call_spam(town.municipality, officer, ids) == 5


def test_the_mails_of_very_many_are_left_to_the_sweep(
    town: Town,
    officer: User,
    monkeypatch: pytest.MonkeyPatch,
    published: list[Any],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    monkeypatch.setattr(judging, "SET", 2)
    ids = [suspect(town).pk for _number in range(3)]
    with django_capture_on_commit_callbacks(execute=True):
        judging.release(town.municipality, officer, ids)
    assert published == []
    assert Delivery.objects.filter(due_at__lte=timezone.now()).count() == 3


@pytest.mark.parametrize("judge", [judging.call_spam, judging.call_threat])
def test_the_database_knows_no_suspect_spam_or_threat(town: Town, officer: User, judge: Callable[..., Any]) -> None:
    melding = town.melding()
    judge(town.municipality, officer, [melding.pk])
    with pytest.raises(IntegrityError, match="spam"), transaction.atomic():
        Melding.objects.filter(pk=melding.pk).update(is_suspect=True)


@pytest.mark.parametrize("call", [judging.call_spam, judging.call_threat])
@pytest.mark.parametrize("danger", ["gas", "life"])
def test_an_emergency_that_nobody_looked_at_is_closed_with_no_flood(
    town: Town, officer: User, call: Callable[..., int], danger: str
) -> None:
    alarming, other = suspect(town, danger=danger), suspect(town)
    ids = [alarming.pk, other.pk]
    assert call(town.municipality, officer, ids) == 1
    alarming.refresh_from_db()
    assert (alarming.state, alarming.is_suspect) == (workflow.NEW, True)


@pytest.mark.parametrize("call", [triage.call_spam, threaten])
def test_nor_by_itself_until_a_colleague_said_what_danger_there_is(
    town: Town, officer: User, call: Callable[[triage.Case], None]
) -> None:
    melding = suspect(town, danger="life")
    case = triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=officer)
    with pytest.raises(Refused) as caught:
        call(case)
    assert caught.value.code == "unjudged"
    triage.assess(case, "")
    call(case)
    melding.refresh_from_db()
    assert melding.state in (workflow.SPAM, workflow.THREAT)


def test_an_emergency_that_is_judged_is_closed_with_the_flood(town: Town, officer: User) -> None:
    melding = suspect(town, danger="life")
    triage.assess(triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=officer), "gas")
    assert judging.call_spam(town.municipality, officer, [melding.pk]) == 1
