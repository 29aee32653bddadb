"""What was reported more than once, on the page of a melding: shown, merged after a look, taken apart."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.test import Client
from pytest_django import Settings

from meldingen.handling import merging as use_cases
from meldingen.handling import triage
from meldingen.handling.bulk_acts import ACTS
from meldingen.handling.models import BulkAct
from meldingen.nearby import sightings
from meldingen.notifications.models import Delivery
from meldingen.record import references
from meldingen.record.models import Melding
from tests.factories import Town, reporter_of
from tests.meldingen.nearby.conftest import at, public_category
from tests.sure import sure

LIST = "/beheer/meldingen/melding/"


@pytest.fixture
def lamps(town: Town) -> list[Melding]:
    """Three reports of one lamp."""
    lamp = public_category(town)
    return [town.melding(category=lamp, point=at(east), text="De lamp brandt niet") for east in (0, 5, 10)]


def page_of(client: Client, melding: Melding) -> BeautifulSoup:
    return BeautifulSoup(client.get(f"{LIST}{melding.pk}/change/").content, "html.parser")


def marks(page: BeautifulSoup) -> list[str]:
    return [str(each["value"]) for each in page.select("input[name=chosen]")]


def told(answer: Any) -> list[str]:
    return [str(each) for each in get_messages(answer.wsgi_request)]


def test_likely_ones_stand_beside_it_the_surest_ticked(triager: Client, town: Town, lamps: list[Melding]) -> None:
    page = page_of(triager, lamps[0])
    assert [each.has_attr("checked") for each in page.select(".likely input[type=checkbox]")] == [True, True]
    assert [mark.partition(":")[0] for mark in marks(page)] == [str(each.pk) for each in lamps[1:]]


def test_likely_ones_are_numbered_in_the_list_and_on_the_map(triager: Client, lamps: list[Melding]) -> None:
    page = page_of(triager, lamps[0])
    dots = json.loads(str(sure(page.find(id="kaart"))["data-near"]))
    assert [number for _longitude, _latitude, number in dots] == [1, 2]
    assert [each.text.split()[-1] for each in page.select(".place-number")] == ["1", "2"]


def test_three_clicks_make_one_of_them(triager: Client, lamps: list[Melding]) -> None:
    reporter_of(lamps[1])
    chosen = marks(page_of(triager, lamps[0]))
    look = BeautifulSoup(triager.post(f"{LIST}{lamps[0].pk}/samenvoegen/", {"chosen": chosen}).content, "html.parser")
    assert "1 melder krijgt een mail" in look.text
    assert not Melding.objects.filter(lead__isnull=False).exists()
    answer = triager.post(
        f"{LIST}{lamps[0].pk}/samenvoegen/", {"chosen": marks(look), "lead": lamps[0].pk, "sure": "on"}
    )
    assert answer["Location"] == f"{LIST}{lamps[0].pk}/change/"
    assert set(Melding.objects.filter(lead=lamps[0])) == set(lamps[1:])
    assert any("2 meldingen zijn samengevoegd met" in words for words in told(answer))


def test_the_oldest_is_proposed_to_lead(triager: Client, lamps: list[Melding]) -> None:
    chosen = marks(page_of(triager, lamps[2]))
    look = BeautifulSoup(triager.post(f"{LIST}{lamps[2].pk}/samenvoegen/", {"chosen": chosen}).content, "html.parser")
    assert sure(look.select_one("input[name=lead][checked]"))["value"] == str(lamps[0].pk)


def test_what_was_never_looked_at_is_not_merged(triager: Client, lamps: list[Melding]) -> None:
    sent = {"chosen": marks(page_of(triager, lamps[2])), "sure": "on"}  # as no page sends it: its own mark is missing
    answer = triager.post(f"{LIST}{lamps[2].pk}/samenvoegen/", sent)
    assert answer.status_code == 302
    assert Melding.objects.get(pk=lamps[2].pk).lead_id is None


def test_what_nobody_judged_yet_shows_what_is_likely_the_same(triager: Client, lamps: list[Melding]) -> None:
    Melding.objects.filter(pk=lamps[0].pk).update(category=None, state="new")
    assert len(marks(page_of(triager, lamps[0]))) == 2


def test_another_one_may_lead(triager: Client, lamps: list[Melding]) -> None:
    chosen = [f"{pk}:{mark}" for pk, mark in use_cases.snapshots(each.pk for each in lamps).items()]
    sent = {"chosen": chosen, "lead": lamps[2].pk, "sure": "on"}
    look = triager.post(f"{LIST}{lamps[0].pk}/samenvoegen/", {"chosen": chosen}).content.decode()
    fresh = [str(each["value"]) for each in BeautifulSoup(look, "html.parser").select("input[name=chosen]")]
    triager.post(f"{LIST}{lamps[0].pk}/samenvoegen/", sent | {"chosen": fresh})
    assert set(Melding.objects.filter(lead=lamps[2])) == set(lamps[:2])


def test_what_a_colleague_did_meanwhile_is_named_and_left(triager: Client, lamps: list[Melding]) -> None:
    sent = {"chosen": [f"{lamps[1].pk}:7", marks(page_of(triager, lamps[0]))[1]], "lead": lamps[0].pk, "sure": "on"}
    answer = triager.post(f"{LIST}{lamps[0].pk}/samenvoegen/", sent)
    assert [each.lead_id for each in Melding.objects.order_by("pk")] == [None, None, lamps[0].pk]
    assert any("in de tussentijd" in words for words in told(answer))


@pytest.mark.parametrize("chosen", [[], ["x"], ["1" * 30], ["999999999:0"]])
def test_without_a_choice_nothing_happens(triager: Client, lamps: list[Melding], chosen: list[str]) -> None:
    answer = triager.post(f"{LIST}{lamps[0].pk}/samenvoegen/", {"chosen": chosen, "sure": "on"})
    assert answer.status_code == 302
    assert not Melding.objects.filter(lead__isnull=False).exists()


def test_a_merged_one_says_where_it_went_and_is_taken_apart(triager: Client, town: Town, lamps: list[Melding]) -> None:
    sent = {"chosen": marks(page_of(triager, lamps[0])), "lead": lamps[0].pk, "sure": "on"}
    triager.post(f"{LIST}{lamps[0].pk}/samenvoegen/", sent)
    assert lamps[0].reference in page_of(triager, lamps[1]).select_one(".melding-duplicates").text  # type: ignore[union-attr]
    assert lamps[1].reference in page_of(triager, lamps[0]).select_one(".merged").text  # type: ignore[union-attr]
    triager.post(f"{LIST}{lamps[1].pk}/losmaken/")
    assert Melding.objects.get(pk=lamps[1].pk).lead_id is None
    answer = triager.post(f"{LIST}{lamps[1].pk}/losmaken/")
    assert any("niet meer samengevoegd" in words for words in told(answer))


def test_colleagues_read_how_many_saw_it(triager: Client, lamps: list[Melding]) -> None:
    for page in ("een", "twee"):
        sightings.see(lamps[0], page)
    assert "2 mensen wilden dit ook melden" in page_of(triager, lamps[0]).text


def test_it_is_hidden_from_the_public_and_shown_again(triager: Client, lamps: list[Melding]) -> None:
    for say, hidden in (("hide", True), ("show", False)):
        triager.post(f"{LIST}{lamps[0].pk}/openbaar/", {"say": say})
        assert Melding.objects.get(pk=lamps[0].pk).is_hidden is hidden


@pytest.mark.parametrize("act", ["samenvoegen", "losmaken", "openbaar"])
def test_a_reader_may_not_and_another_town_is_not_there(
    reader: Client, triager: Client, neighbour: Town, lamps: list[Melding], act: str
) -> None:
    sent = {"chosen": [f"{lamps[1].pk}:0"], "sure": "on"}
    assert reader.post(f"{LIST}{lamps[0].pk}/{act}/", sent).status_code == 403
    assert triager.post(f"{LIST}{neighbour.melding().pk}/{act}/", sent).status_code == 404
    assert triager.get(f"{LIST}{lamps[0].pk}/{act}/").status_code == 302
    assert not Melding.objects.filter(lead__isnull=False).exists()


def test_a_melding_of_the_neighbours_is_not_merged(triager: Client, neighbour: Town, lamps: list[Melding]) -> None:
    theirs = neighbour.melding()
    sent = {"chosen": [f"{theirs.pk}:0"], "lead": lamps[0].pk, "sure": "on"}
    triager.post(f"{LIST}{lamps[0].pk}/samenvoegen/", sent)
    assert Melding.objects.get(pk=theirs.pk).lead_id is None


def test_a_page_without_anything_of_the_kind_has_no_such_part(reader: Client, town: Town) -> None:
    assert page_of(reader, town.melding()).select_one(".melding-duplicates") is None


def merge(client: Client, lamps: list[Melding]) -> None:
    chosen = [f"{pk}:{mark}" for pk, mark in use_cases.snapshots(each.pk for each in lamps[1:]).items()]
    client.post(f"{LIST}{lamps[0].pk}/samenvoegen/", {"chosen": chosen, "sure": "on"})


def test_the_one_that_leads_says_in_its_history_who_came(triager: Client, lamps: list[Melding]) -> None:
    merge(triager, lamps)
    history = sure(page_of(triager, lamps[0]).select_one("ol.history")).text
    assert all(f"{references.spaced(each.reference)} is met deze melding samengevoegd" in history for each in lamps[1:])


def test_a_merger_is_undone_as_a_whole_from_the_page_of_its_lead(
    triager: Client, lamps: list[Melding], settings: Settings
) -> None:
    settings.UNDO_SECONDS = 120
    reporter_of(lamps[1])
    merge(triager, lamps)
    assert page_of(triager, lamps[0]).select_one("form[data-undo] button")
    answer = triager.post("/beheer/ongedaan/", {"own": "1"})
    assert answer["Location"] == f"{LIST}{lamps[0].pk}/change/"
    assert not Melding.objects.filter(lead__isnull=False).exists()
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("spelling", ["{}", "melding {} graag"])
def test_one_is_merged_by_the_reference_that_somebody_typed(triager: Client, town: Town, spelling: str) -> None:
    melding, lead = town.melding(), town.melding(reference="0A1B2C3D")
    answer = triager.post(f"{LIST}{lead.pk}/samenvoegen/", {"reference": spelling.format(melding.reference.lower())})
    look = BeautifulSoup(answer.content, "html.parser")
    triager.post(f"{LIST}{lead.pk}/samenvoegen/", {"chosen": marks(look), "lead": lead.pk, "sure": "on"})
    assert Melding.objects.get(pk=melding.pk).lead == lead


def test_a_reference_that_is_none_or_of_the_neighbours_is_said(triager: Client, town: Town, neighbour: Town) -> None:
    theirs, ours = neighbour.melding(), town.melding()
    for typed in ("FQ07", theirs.reference, ours.reference):
        answer = triager.post(f"{LIST}{ours.pk}/samenvoegen/", {"reference": typed})
        assert any("geen andere melding met kenmerk" in words for words in told(answer))


def look(client: Client, melding: Melding) -> BeautifulSoup:
    answer = client.post(f"{LIST}{melding.pk}/samenvoegen/", {"chosen": marks(page_of(client, melding))})
    return BeautifulSoup(answer.content, "html.parser")


def test_who_merges_reads_where_and_when_each_was_and_how_far_apart(triager: Client, lamps: list[Melding]) -> None:
    Melding.objects.filter(pk=lamps[1].pk).update(address="Dorpsstraat 12, Lindewaard")
    page = look(triager, lamps[0])
    line = page.select(".likely__row")[1].text
    assert "Dorpsstraat 12" in line
    assert f"5 m van {lamps[0].reference}" in line
    assert not page.select(".notice")


def test_far_apart_or_about_something_else_is_warned_of(triager: Client, town: Town, lamps: list[Melding]) -> None:
    town_hole = town.melding(category=town.dumping, point=at(400))
    said = {"reference": town_hole.reference}
    page = BeautifulSoup(triager.post(f"{LIST}{lamps[0].pk}/samenvoegen/", said).content, "html.parser")
    far, other = (each.text for each in page.select(".notice"))
    assert "400 meter" in far
    assert "categorie" in other


def test_what_may_be_an_objection_is_warned_of_by_its_reference(
    triager: Client, town: Town, lamps: list[Melding]
) -> None:
    objection = town.melding(category=lamps[0].category, point=at(5), text="Ik maak bezwaar tegen het besluit.")
    page = triager.post(f"{LIST}{lamps[0].pk}/samenvoegen/", {"reference": objection.reference}).text
    assert f"{objection.reference[:4]}-{objection.reference[4:]} vraagt misschien" in page


def from_pane(client: Client, lamps: list[Melding]) -> tuple[str, list[str]]:
    """What a form of the pane carries, and what is ticked in it."""
    address = {"list": "open", "category": str(lamps[0].category_id), "melding": str(lamps[0].pk)}
    page = BeautifulSoup(client.get("/beheer/", address).content, "html.parser")
    form = sure(page.select_one(".melding-duplicates form:has(.likely)"))
    return str(sure(form.select_one("input[name=inbox]"))["value"]), marks(page)


def test_who_merges_in_the_inbox_keeps_the_worklist(triager: Client, lamps: list[Melding]) -> None:
    inbox, chosen = from_pane(triager, lamps)
    address = f"{LIST}{lamps[0].pk}/samenvoegen/"
    page = BeautifulSoup(triager.post(address, {"chosen": chosen, "inbox": inbox}).content, "html.parser")
    here = f"/beheer/?{inbox}&melding={lamps[0].pk}"
    assert sure(page.select_one("form.merge a.button"))["href"] == here
    said = {"chosen": marks(page), "sure": "on", "inbox": sure(page.select_one("form.merge [name=inbox]"))["value"]}
    assert triager.post(address, said)["Location"] == f"{here}"


@pytest.mark.parametrize("act", ["losmaken", "openbaar"])
def test_who_takes_apart_or_hides_keeps_the_worklist_and_undoes_nothing_older(
    triager: Client, lamps: list[Melding], act: str
) -> None:
    inbox, _chosen = from_pane(triager, lamps)
    merge(triager, lamps)
    assert triager.cookies["last_act"].value
    answer = triager.post(f"{LIST}{lamps[1].pk}/{act}/", {"inbox": inbox})
    assert answer["Location"] == f"/beheer/?{inbox}&melding={lamps[1].pk}"
    assert not triager.cookies["last_act"].value


def test_who_takes_apart_on_the_page_keeps_its_list(triager: Client, lamps: list[Melding]) -> None:
    merge(triager, lamps)
    answer = triager.post(f"{LIST}{lamps[1].pk}/losmaken/", {"view": "list=open"})
    assert answer["Location"] == f"{LIST}{lamps[1].pk}/change/?list=open"


ALONE = {
    "take": {}, "recategorise": {"reroute": "on"}, "assign": {}, "prioritise": {"priority": "3"},
    "close": {"outcome": "solved/repaired"},
}  # fmt: skip


def goes_on(town: Town) -> tuple[Melding, Melding]:
    lead, melding = town.melding(), town.melding(category=town.dumping, team=town.roads)
    case = triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member())
    use_cases.merge(case, lead.pk)
    return Melding.objects.get(pk=melding.pk), lead


def test_one_that_was_merged_says_with_which_it_goes_on(triager: Client, town: Town) -> None:
    melding, lead = goes_on(town)
    words = references.spaced(lead.reference)
    for address in (f"{LIST}{melding.pk}/change/", f"/beheer/?list=all&melding={melding.pk}"):
        page = BeautifulSoup(triager.get(address).content, "html.parser")
        badge = sure(page.select_one(".badges .badge.merged"))
        assert badge.text.strip() == f"Gaat verder met {words}"
        assert badge["href"] == f"{LIST}{lead.pk}/change/"
        assert not page.select(".badges .state, .badges .term")
        assert f"Samengevoegd met {words}" in sure(page.select_one(".history")).text


def test_its_row_says_so_too(triager: Client, town: Town) -> None:
    _melding, lead = goes_on(town)
    page = BeautifulSoup(triager.get("/beheer/?list=all").content, "html.parser")
    terms = [" ".join(each.text.split()) for each in page.select(".row-term")]
    assert f"gaat verder met {references.spaced(lead.reference)}" in terms


def test_its_sheet_says_so_too(triager: Client, town: Town) -> None:
    melding, lead = goes_on(town)
    words = references.spaced(lead.reference)
    sheet = triager.get(f"{LIST}{melding.pk}/afdrukken/").text
    assert f"Gaat verder met {words}" in sheet
    assert f"Samengevoegd met {words}" in sheet


@pytest.mark.parametrize("name", sorted(ALONE))
def test_no_act_moves_it_alone(triager: Client, town: Town, name: str) -> None:
    melding, lead = goes_on(town)
    said = {"seen": triage.snapshot(melding), "team": town.roads.pk, "category": town.container.pk, **ALONE[name]}
    page = triager.post(f"{LIST}{melding.pk}/{name}/doen/", said)
    box = sure(BeautifulSoup(page.content, "html.parser").select_one(".errornote"))
    assert f"gaat verder met {references.spaced(lead.reference)}" in box.text
    assert Melding.objects.get(pk=melding.pk).state == melding.state


def test_it_is_offered_what_moves_nothing(triager: Client, town: Town) -> None:
    melding, _lead = goes_on(town)
    page = page_of(triager, melding)
    acts = {str(each["id"]).removeprefix("actie-") for each in page.select(".acts details")}
    assert acts == {"answer", "note", "assess", "strike", "spam", "threat"}
    assert not page.select(".primary-act, .guesses button")
    assert page.select_one(f"form[action='{LIST}{melding.pk}/losmaken/']")


def test_many_at_once_leave_it_alone(town: Town) -> None:
    melding, _lead = goes_on(town)
    for kind in ("close", "assign", "hand", "priority", "correct"):
        assert ACTS[kind].cannot(BulkAct(kind=kind, municipality=town.municipality), [melding]) == {
            melding.pk: "merged"
        }
