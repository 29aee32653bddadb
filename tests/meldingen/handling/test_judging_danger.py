"""What a colleague says of a danger: who is told, what is promised, and that nobody closes what nobody judged."""

from datetime import timedelta

import pytest

from meldingen.handling import triage
from meldingen.notifications import alarms, reading
from meldingen.notifications.models import Delivery
from meldingen.record import workflow
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from tests.factories import Town


@pytest.fixture(autouse=True)
def duty_mailbox(town: Town) -> None:
    town.municipality.duty_email = "piket@example.org"
    town.municipality.save()


def case_of(town: Town, melding: Melding) -> triage.Case:
    return triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member())


def told() -> list[str]:
    """The danger in each event of which the duty mailbox hears."""
    alarming = Delivery.objects.filter(purpose="alarm").order_by("event").select_related("event")
    return [delivery.event.codes["danger"]["to"] for delivery in alarming]


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        (["hazard"], ["hazard"]),
        (["life"], ["life"]),
        (["hazard", "life"], ["hazard", "life"]),
        (["life", "gas"], ["life"]),
        (["life", "hazard", "life"], ["life"]),
        (["hazard", "", "hazard"], ["hazard"]),
    ],
)
def test_the_duty_mailbox_hears_of_a_danger_that_a_colleague_saw_once(
    town: Town, said: list[str], heard: list[str]
) -> None:
    melding = town.melding(category=town.container)
    for danger in said:
        triage.assess(case_of(town, melding), danger)
    assert told() == heard


def test_who_says_that_there_is_no_danger_wakes_nobody(town: Town) -> None:
    triage.assess(case_of(town, town.melding()), "")
    assert told() == []


def test_a_second_alarm_about_one_melding_is_no_copy_of_the_first(town: Town) -> None:
    melding = town.melding()
    triage.assess(case_of(town, melding), "hazard")
    triage.assess(case_of(town, melding), "life")
    melding.refresh_from_db()
    events = [melding.events.get(kind="received"), *melding.events.filter(kind="assessed")]
    assert len({alarms.alarm(town.municipality, [event]).extra_headers["Message-ID"] for event in events}) == 3


def words(melding: Melding) -> list[str]:
    melding.refresh_from_db()
    return [str(line.words) for line in reading.own_history(melding)]


def test_what_was_promised_is_moved_in_words_for_the_reporter_and_for_others(town: Town) -> None:
    melding = town.melding(category=town.container)
    triage.assess(case_of(town, melding), "life")
    triage.assess(case_of(town, melding), "")
    said = [line for line in words(melding) if line.startswith("Wij hebben gekeken of het gevaarlijk is.")]
    assert len(said) == 2
    others = [str(line.words) for line in reading.others_history(melding)]
    assert [line for line in others if line in said] == said


def test_who_only_confirms_a_danger_says_nothing_more_to_the_reporter(town: Town) -> None:
    melding = town.melding(danger="life")
    before = words(melding)
    triage.assess(case_of(town, melding), "life")
    assert words(melding)[: len(before)] == before
    assert not any("gevaarlijk" in line for line in words(melding))


def test_reporter_and_colleagues_have_one_term_when_a_hazard_becomes_an_emergency(town: Town) -> None:
    melding = town.melding(category=town.container)
    triage.assess(case_of(town, melding), "hazard")
    triage.assess(case_of(town, melding), "life")
    melding.refresh_from_db()
    assert melding.promised_at == melding.deadline == melding.received_at + timedelta(hours=2)


def test_an_emergency_that_nobody_judged_is_not_closed(town: Town) -> None:
    melding = town.melding(danger="life")
    with pytest.raises(Refused) as refused:
        triage.close(case_of(town, melding), workflow.SOLVED, reason="repaired")
    melding.refresh_from_db()
    assert (refused.value.code, refused.value.field, melding.state) == ("unjudged", "danger", "new")
    assert not melding.events.exclude(kind="received").exists()


@pytest.mark.parametrize("danger", ["life", ""])
def test_who_judges_it_closes_it_in_the_same_act(town: Town, danger: str) -> None:
    melding = town.melding(danger="life")
    triage.close(case_of(town, melding), workflow.SOLVED, reason="repaired", danger=danger)
    melding.refresh_from_db()
    assert (melding.danger, melding.state) == (danger, "solved")
    assert list(melding.events.values_list("kind", flat=True)) == ["received", "assessed", "moved"]


@pytest.mark.parametrize(("danger", "judged"), [("hazard", False), ("", False), ("life", True)])
def test_what_is_no_emergency_or_was_judged_is_closed_as_before(town: Town, danger: str, judged: bool) -> None:
    melding = town.melding(danger=danger)
    if judged:
        triage.assess(case_of(town, melding), danger)
    triage.close(case_of(town, melding), workflow.SOLVED, reason="repaired")
    melding.refresh_from_db()
    assert melding.state == "solved"
