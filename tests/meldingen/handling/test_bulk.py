"""What is chosen is kept as it was seen; what would happen is said beforehand, and nothing else happens."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from meldingen.handling import bulk, moving, triage
from meldingen.handling.bulk import Choice
from meldingen.handling.models import BulkAct, BulkItem
from meldingen.record import events, lifecycle
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from meldingen.tenancy.models import User
from tests.factories import Town, reporter_of
from tests.meldingen.handling.bulk_of import SOLVED, begun, chosen, did
from tests.meldingen.handling.conftest import case_of

pytestmark = pytest.mark.usefixtures("published")
Kind, Stage = BulkAct.Kind, BulkAct.Stage


def test_what_is_chosen_is_kept_with_what_people_did_last(town: Town, officer: User) -> None:
    untouched, noted = town.melding(), town.melding()
    triage.note(case_of(town, noted, officer), "Bellen.")
    act = chosen(town, officer, Kind.CLOSE, [untouched, noted])
    received, last = (each.events.latest("id").pk for each in (untouched, noted))
    assert dict(act.items.values_list("melding", "seen")) == {untouched.pk: received, noted.pk: last}
    assert set(Melding.objects.values_list("state", flat=True)) == {"new"}


def test_nothing_chosen_is_refused(town: Town, officer: User) -> None:
    with pytest.raises(Refused) as refusal:
        chosen(town, officer, Kind.CLOSE, [])
    assert refusal.value.code == "empty"
    assert not BulkAct.objects.exists()


def test_more_than_can_be_done_at_once_is_cut_and_said(
    town: Town, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST", 2)
    act = chosen(town, officer, Kind.CLOSE, [town.melding() for _number in range(3)])
    assert (act.items.count(), act.is_capped) == (2, True)


@pytest.mark.parametrize(("number", "may_flood", "is_refused"), [(2, False, False), (3, False, True), (3, True, False)])
def test_very_much_spam_is_a_coordinators(
    town: Town, officer: User, monkeypatch: pytest.MonkeyPatch, number: int, may_flood: bool, is_refused: bool
) -> None:
    monkeypatch.setattr(bulk, "MOST_SPAM", 2)
    rows = Melding.objects.filter(pk__in=[town.melding().pk for _number in range(number)])
    codes = []
    try:
        bulk.choose(town.municipality, officer, Kind.SPAM, rows, "", may_flood=may_flood)
    except Refused as refused:
        codes.append(refused.code)
    assert codes == (["flood"] if is_refused else [])


def test_who_is_no_coordinator_any_more_does_not_begin_it(
    town: Town, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    act = chosen(town, officer, Kind.SPAM, [town.melding(), town.melding()])
    monkeypatch.setattr(bulk, "MOST_SPAM", 1)
    with pytest.raises(Refused):
        bulk.start(town.municipality, officer, act.pk, Choice(), may_flood=False)


def test_a_preview_says_how_many_who_hears_and_what_is_left_alone(town: Town, officer: User) -> None:
    told, silent, closed, changed = (town.melding() for _number in range(4))
    reporter_of(told)
    act = chosen(town, officer, Kind.CLOSE, [told, silent, closed, changed])
    lifecycle.move(closed, "solved", actor=events.SWEEP)
    triage.note(case_of(town, changed, town.member()), "Wacht even.")
    then = bulk.preview(act, SOLVED)
    assert (then.total, then.fit, then.mailed, then.number_left) == (4, 2, 1, 2)
    assert {why: [each.pk for each in rows] for why, rows in then.left_alone.items()} == {
        "closed": [closed.pk],
        "changed": [changed.pk],
    }


def test_a_preview_writes_nothing(town: Town, officer: User) -> None:
    act = chosen(town, officer, Kind.CLOSE, [town.melding()])
    before = BulkAct.objects.values().get()
    bulk.preview(act, SOLVED)
    assert BulkAct.objects.values().get() == before


@pytest.mark.parametrize("kind", sorted(set(Kind.values) - set(moving.KINDS)))
def test_what_is_foreseen_is_what_happens(town: Town, officer: User, kind: str) -> None:
    meldingen = [town.melding(category=town.container) for _number in range(3)]
    reporter_of(meldingen[1])
    lifecycle.move(meldingen[2], "solved", actor=events.SWEEP)
    act = chosen(town, officer, kind, meldingen)
    who = town.member("handler")
    choice = Choice(outcome="solved", team=town.roads, category=town.dumping, colleague=who, priority=3)
    then = bulk.preview(act, choice)
    did_it = did(town, officer, kind, meldingen, choice)
    assert bulk.progress(did_it).done == then.fit == 2
    assert bulk.progress(did_it).skipped == then.number_left == 1


@pytest.mark.parametrize(
    ("kind", "choice", "code"),
    [
        (Kind.ASSIGN, Choice(), "team"),
        (Kind.CORRECT, Choice(), "category"),
        (Kind.HAND, Choice(), "member"),
        (Kind.PRIORITY, Choice(), "priority"),
        (Kind.MERGE, Choice(lead_id=1), "lead"),
        (Kind.CLOSE, Choice(), "outcome"),
        (Kind.CLOSE, Choice(outcome="spam"), "outcome"),
        (Kind.CLOSE, Choice(outcome="solved", reason="private"), "outcome"),
        (Kind.CLOSE, Choice(outcome="declined"), "empty"),
        (Kind.CLOSE, Choice(outcome="declined", text="x" * 5001), "too_long"),
    ],
)
def test_what_must_be_filled_in_is_asked_for(town: Town, officer: User, kind: str, choice: Choice, code: str) -> None:
    act = chosen(town, officer, kind, [town.melding()])
    with pytest.raises(Refused) as refusal:
        begun(town, act, choice)
    assert refusal.value.code == code
    assert BulkAct.objects.get().stage == Stage.DRAFT


def test_it_is_begun_once_whatever_another_tab_says(town: Town, officer: User, published: list[Any]) -> None:
    act = chosen(town, officer, Kind.CLOSE, [town.melding()])
    begun(town, act)
    published.clear()
    assert begun(town, act, Choice(outcome="declined", reason="private")).outcome == "solved"
    assert published == []


def test_nobody_begins_or_undoes_what_somebody_else_chose(town: Town, neighbour: Town, officer: User) -> None:
    act = chosen(town, officer, Kind.CLOSE, [town.melding()])
    for where, who in ((town, town.member()), (neighbour, officer)):
        with pytest.raises(BulkAct.DoesNotExist):
            bulk.start(where.municipality, who, act.pk, SOLVED, may_flood=True)
        with pytest.raises(BulkAct.DoesNotExist):
            bulk.undo(where.municipality, who, act.pk)


def test_the_one_that_leads_is_the_oldest_that_is_open_unless_one_leads_already(town: Town, officer: User) -> None:
    now = timezone.now()
    closed, old, young = (town.melding(received_at=now - timedelta(hours=hours)) for hours in (3, 2, 1))
    lifecycle.move(closed, "solved", actor=events.SWEEP)
    assert chosen(town, officer, Kind.MERGE, [closed, old, young]).lead_id == old.pk
    town.melding(lead=young)
    assert chosen(town, officer, Kind.MERGE, [closed, old, young]).lead_id == young.pk


def test_one_alone_is_not_merged(town: Town, officer: User) -> None:
    closed = town.melding()
    lifecycle.move(closed, "solved", actor=events.SWEEP)
    assert bulk.preview(chosen(town, officer, Kind.MERGE, [closed, town.melding()]), Choice()).fit == 0


def test_drafts_are_forgotten_after_a_day_and_acts_are_not(town: Town, officer: User) -> None:
    chosen(town, officer, Kind.CLOSE, [town.melding()])
    kept = did(town, officer, Kind.CLOSE, [town.melding()])
    BulkAct.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert bulk.forget_drafts(town.municipality) == 1
    assert bulk.forget_drafts(town.municipality) == 0
    assert [BulkAct.objects.get(), BulkItem.objects.get().act] == [kept, kept]
