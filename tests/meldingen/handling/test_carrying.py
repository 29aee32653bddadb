"""An act on many, a portion at a time: what changed is left alone, what fails too, and all of it can be undone."""

import threading
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from meldingen.handling import bulk, bulk_acts, bulk_tasks, carrying, moving, triage
from meldingen.handling.bulk import Choice
from meldingen.handling.models import BulkAct
from meldingen.notifications.models import Delivery
from meldingen.record import events, lifecycle, workflow
from meldingen.record.models import Event, Melding
from meldingen.tenancy.models import Membership, User
from tests.factories import Town, reporter_of
from tests.meldingen.handling.bulk_of import SOLVED, became, begun, chosen, did
from tests.meldingen.handling.conftest import case_of

pytestmark = pytest.mark.usefixtures("published")
Kind = BulkAct.Kind


@pytest.fixture(autouse=True)
def waiting(settings: Settings) -> None:
    """As on a running town: who hears of it hears two minutes later."""
    settings.UNDO_SECONDS = 120


def columns() -> list[dict[str, Any]]:
    fields = [field.attname for field in Melding._meta.concrete_fields if field.name != "search"]
    return list(Melding.objects.order_by("pk").values(*fields))


def test_what_somebody_changed_meanwhile_is_left_alone_and_listed(town: Town, officer: User) -> None:
    meldingen = [town.melding() for _number in range(6)]
    act = begun(town, chosen(town, officer, Kind.CLOSE, meldingen))
    for melding in meldingen[:3]:
        triage.note(case_of(town, melding, town.member()), "Ik kijk hier al naar.")
    bulk_tasks.carry_out(act.pk)
    assert became(act) == {each.pk: ("skipped", "changed") for each in meldingen[:3]} | {
        each.pk: ("done", "") for each in meldingen[3:]
    }
    assert Melding.objects.filter(state="solved").count() == 3


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_thousand_the_fifty_that_somebody_changes_meanwhile_are_left_alone() -> None:
    town = Town()
    meldingen, officer, other = [town.melding() for _number in range(2000)], town.member(), town.member()
    act = begun(town, chosen(town, officer, Kind.CLOSE, meldingen))

    def change() -> None:
        for melding in meldingen[::-40]:  # while the worker comes from the other end
            triage.note(case_of(town, melding, other), "Ik kijk hier al naar.")
        connection.close()

    meanwhile = threading.Thread(target=change)
    meanwhile.start()
    bulk_tasks.carry_out(act.pk)
    meanwhile.join()
    results = Counter(became(act).values())
    assert results["skipped", "changed"] > 0
    assert results["skipped", "changed"] + results["done", ""] == 2000
    assert Melding.objects.filter(state="solved").count() == results["done", ""]
    assert Event.objects.filter(kind="noted").count() == 50


def test_what_the_machine_did_meanwhile_does_not_count(town: Town, officer: User) -> None:
    melding = town.melding(category=town.container)
    act = begun(town, chosen(town, officer, Kind.CLOSE, [melding]))
    lifecycle.change(melding, events.Routed(), actor=events.RULE, team=town.roads)
    bulk_tasks.carry_out(act.pk)
    assert became(act) == {melding.pk: ("done", "")}


def test_a_portion_costs_as_many_statements_however_many_are_in_it(town: Town, officer: User) -> None:
    def statements(number: int) -> int:
        meldingen = [town.melding(category=town.container, team=town.cleaning) for _number in range(number)]
        for melding in meldingen:
            reporter_of(melding, f"m{melding.pk}@example.org")
        act = begun(
            town, chosen(town, officer, Kind.CLOSE, meldingen), Choice(outcome="solved", text="{kenmerk} klaar")
        )
        with CaptureQueriesContext(connection) as asked:
            assert carrying.carry(act.pk)
        return len(asked)

    assert statements(2) == statements(20)


def choice_of(town: Town) -> Choice:
    """What each kind of act asks for."""
    colleague = town.member()
    high = Melding.Priority.HIGH
    return Choice(outcome="solved", team=town.roads, category=town.dumping, colleague=colleague, priority=high)


@pytest.mark.parametrize("kind", sorted(set(Kind.values) - set(moving.KINDS)))
def test_all_of_it_is_undone(town: Town, officer: User, kind: str) -> None:
    meldingen = [town.melding(category=town.container, team=town.cleaning) for _number in range(4)]
    reporter_of(meldingen[2])
    if kind != Kind.SPAM:  # of spam none is led
        town.melding(lead=meldingen[0])
    before = columns()
    act = did(town, officer, kind, meldingen, choice_of(town))
    assert columns() != before
    bulk.undo(town.municipality, officer, act.pk)
    bulk_tasks.carry_out(act.pk)
    assert columns() == before
    assert not Delivery.objects.filter(purpose="news").exists()
    act.refresh_from_db()
    assert (act.stage, bulk.progress(act).undone) == ("undone", 4)


@pytest.mark.parametrize("kind", sorted(set(Kind.values) - set(moving.KINDS)))
def test_undoing_costs_as_many_statements_however_many_there_are(town: Town, officer: User, kind: str) -> None:
    def statements(number: int) -> int:
        meldingen = [town.melding(category=town.container, team=town.cleaning) for _number in range(number)]
        for melding in meldingen:
            reporter_of(melding, f"m{melding.pk}@example.org")
        act = did(town, officer, kind, meldingen, choice_of(town))
        bulk.undo(town.municipality, officer, act.pk)
        with CaptureQueriesContext(connection) as asked:
            assert carrying.carry(act.pk)
        assert set(became(act).values()) == {("undone", "")}
        return len(asked)

    assert statements(3) == statements(20)


def test_what_somebody_heard_or_worked_on_is_not_undone_and_listed(town: Town, officer: User) -> None:
    told, touched, free = meldingen = [town.melding() for _number in range(3)]
    reporter_of(told)
    act = did(town, officer, Kind.CLOSE, meldingen)
    Delivery.objects.update(sent_at=timezone.now())
    triage.reopen(case_of(town, touched, town.member()))
    bulk.undo(town.municipality, officer, act.pk)
    bulk_tasks.carry_out(act.pk)
    assert became(act) == {
        told.pk: ("kept", "told"),
        touched.pk: ("kept", "changed"),
        free.pk: ("undone", ""),
    }


def test_what_led_others_that_stand_alone_since_is_not_undone(town: Town, officer: User) -> None:
    lead = town.melding()
    town.melding(lead=lead)
    act = did(town, officer, Kind.SPAM, [lead])
    bulk.undo(town.municipality, officer, act.pk)
    bulk_tasks.carry_out(act.pk)
    assert became(act) == {lead.pk: ("kept", "changed")}


@pytest.mark.parametrize(("days", "may"), [(13, True), (15, False)])
def test_spam_is_undone_as_long_as_its_sender_is_known(town: Town, officer: User, days: int, may: bool) -> None:
    act = did(town, officer, Kind.SPAM, [town.melding()])
    BulkAct.objects.update(ended_at=timezone.now() - timedelta(days=days))
    assert (bulk.undo(town.municipality, officer, act.pk).stage == "undoing") is may


def test_one_that_goes_wrong_is_left_alone_and_the_others_are_done(
    town: Town, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    meldingen = [town.melding() for _number in range(3)]
    act = begun(town, chosen(town, officer, Kind.CLOSE, meldingen))

    def cannot(act: BulkAct, some: Any) -> dict[int, str]:
        if meldingen[1].pk in {each.pk for each in some}:
            raise RuntimeError("one bad row")
        return {}

    monkeypatch.setitem(bulk_acts.ACTS, Kind.CLOSE, bulk_acts.Doing(cannot, bulk_acts.ACTS[Kind.CLOSE].do))
    bulk_tasks.carry_out(act.pk)
    assert [became(act)[each.pk] for each in meldingen] == [("done", ""), ("skipped", "error"), ("done", "")]


def test_who_lost_the_right_meanwhile_does_nothing(town: Town, officer: User) -> None:
    act = begun(town, chosen(town, officer, Kind.CLOSE, [town.melding()]))
    Membership.objects.filter(user=officer).update(role=Membership.Role.READER)
    bulk_tasks.carry_out(act.pk)
    assert set(became(act).values()) == {("skipped", "right")}


def test_what_became_confidential_is_not_for_who_does_not_see_that(town: Town, officer: User) -> None:
    melding = town.melding(category=town.container)
    act = begun(town, chosen(town, officer, Kind.CLOSE, [melding]))
    type(town.waste).objects.filter(pk=town.waste.pk).update(is_confidential=True)
    bulk_tasks.carry_out(act.pk)
    assert became(act) == {melding.pk: ("skipped", "unseen")}


def test_none_is_merged_when_the_one_that_leads_was_closed_meanwhile(town: Town, officer: User) -> None:
    meldingen = [town.melding() for _number in range(3)]
    act = begun(town, chosen(town, officer, Kind.MERGE, meldingen), Choice())
    triage.close(case_of(town, meldingen[0], town.member()), workflow.SOLVED)
    bulk_tasks.carry_out(act.pk)
    assert {became(act)[each.pk] for each in meldingen[1:]} == {("skipped", "lead")}
    assert not Event.objects.filter(kind=Event.Kind.MERGED).exists()


def test_words_are_forgotten_when_each_reporter_has_their_answer(town: Town, officer: User) -> None:
    melding = town.melding()
    act = did(town, officer, Kind.CLOSE, [melding], Choice(outcome="solved", text="Klaar: {kenmerk}."))
    assert melding.answers.get().text == f"Klaar: {melding.reference[:4]}-{melding.reference[4:]}."
    assert act.text == ""


def test_two_acts_on_the_same_do_it_once(town: Town, officer: User) -> None:
    melding = town.melding()
    first, second = (begun(town, chosen(town, officer, Kind.CLOSE, [melding]), SOLVED) for _number in range(2))
    for act in (first, second):
        bulk_tasks.carry_out(act.pk)
    assert [became(first)[melding.pk][0], became(second)[melding.pk]] == ["done", ("skipped", "closed")]
