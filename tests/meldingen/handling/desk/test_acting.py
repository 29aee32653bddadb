"""Where a colleague goes on after an act; what the acts do is in test_melding.py."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from meldingen.handling import triage
from meldingen.record.models import Melding
from meldingen.tenancy.models import AuditEntry
from tests.factories import Town, reporter_of
from tests.staff import at


def act(client: Client, melding: Melding, name: str, **data: Any) -> Any:
    data |= {} if "seen" in data else {"seen": triage.snapshot(melding)}
    return client.post(f"/beheer/meldingen/melding/{melding.pk}/{name}/doen/", data)


def test_from_its_own_page_they_stay_on_it(triager: Client, town: Town) -> None:
    melding = town.melding()
    assert (
        act(triager, melding, "note", text="Bellen.")["Location"] == f"/beheer/meldingen/melding/{melding.pk}/change/"
    )


def test_who_says_next_goes_on_although_it_stays_in_the_list(triager: Client, town: Town) -> None:
    following, melding = town.melding(), town.melding()
    answer = act(triager, melding, "note", text="Bellen.", inbox="list=open", next="1")
    assert answer["Location"] == f"/beheer/?list=open&melding={following.pk}"


def test_the_place_and_the_filters_are_kept(triager: Client, town: Town) -> None:
    melding = town.melding(team=town.roads)
    query = f"list=open&team={town.roads.pk}&at=0.1.2"
    answer = act(triager, melding, "note", text="Bellen.", inbox=query)
    assert answer["Location"] == f"/beheer/?{query}&melding={melding.pk}"


def test_an_inbox_that_no_page_gave_does_nothing(triager: Client, town: Town) -> None:
    melding = town.melding()
    for query in ("list=nonsense", "team=999999", "since=morgen", "saved=7"):
        assert act(triager, melding, "take", inbox=query).status_code == 404
    assert Melding.objects.get().state == "new"


def test_a_handler_acts_on_the_work_of_their_own_team_alone(town: Town) -> None:
    melding = town.melding(team=town.roads)
    assert act(at(town, town.member("handler")), melding, "take", inbox="list=open").status_code == 403


def test_who_was_too_late_reads_so_beside_the_list(triager: Client, town: Town) -> None:
    melding = town.melding()
    seen = triage.snapshot(melding)
    act(triager, melding, "take")
    page = act(triager, melding, "close", outcome="solved", seen=seen, inbox="list=open")
    assert page.status_code == 200
    assert "intussen gewijzigd" in page.text


def test_who_was_too_late_reads_what_a_colleague_did_and_keeps_what_they_typed(triager: Client, town: Town) -> None:
    melding = town.melding()
    case = triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member())
    triage.note(case, "Dit stond er al.")
    seen = triage.snapshot(melding)
    triage.answer(case, "Wij komen morgen.")
    for inbox in ({}, {"inbox": "list=open"}):
        page = act(triager, melding, "note", text="Mijn eigen notitie.", seen=seen, **inbox)
        lines = BeautifulSoup(page.content, "html.parser").select(".changes-since li")
        assert ["Wij komen morgen." in line.text for line in lines] == [True]
        assert "Mijn eigen notitie." in page.text


def test_what_was_mistyped_says_nothing_of_others(triager: Client, town: Town) -> None:
    melding = town.melding()
    triage.note(triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member()), "Eerder.")
    page = act(triager, melding, "note", text="")
    assert BeautifulSoup(page.content, "html.parser").select(".changes-since") == []


@pytest.mark.parametrize("inbox", [{}, {"inbox": "list=open"}])
def test_earlier_of_this_person_is_shown_when_asked_and_kept_as_a_search(
    triager: Client, town: Town, inbox: dict[str, str]
) -> None:
    before, melding, other = town.melding(), town.melding(), town.melding()
    for each, phone in ((before, "06 12345678"), (melding, "+31612345678"), (other, "0687654321")):
        reporter_of(each, "", phone=phone)
    page = triager.post(f"/beheer/meldingen/melding/{melding.pk}/eerder/", inbox)
    links = BeautifulSoup(page.content, "html.parser").select(".earlier-list a")
    assert [link["href"] for link in links] == [f"/beheer/meldingen/melding/{before.pk}/change/"]
    assert [(each.kind, each.codes) for each in AuditEntry.objects.all()] == [("contact_searched", {"meldingen": 1})]


def test_earlier_of_this_person_is_for_who_may_see_reporters_and_of_this_town(
    triager: Client, reader: Client, town: Town, neighbour: Town
) -> None:
    address = "/beheer/meldingen/melding/{}/eerder/"
    assert reader.post(address.format(town.melding().pk)).status_code == 403
    assert triager.post(address.format(neighbour.melding().pk)).status_code == 404
    assert triager.get(address.format(town.melding().pk)).status_code == 302
    assert not AuditEntry.objects.exists()


def test_contact_details_are_masked_until_they_are_asked_for_and_that_is_kept(triager: Client, town: Town) -> None:
    melding = town.melding()
    reporter_of(melding, "wim@example.org", name="Wim de Vries", phone="0612345678")
    page = f"/beheer/meldingen/melding/{melding.pk}"
    for address in (f"{page}/change/", f"/beheer/?list=open&melding={melding.pk}"):
        assert "06 •• •• •• 78" in triager.get(address).text
        assert "0612345678" not in triager.get(address).text
    assert "0612345678" in triager.post(f"{page}/contact/").text
    assert "0612345678" in triager.post(f"{page}/contact/", {"inbox": "list=open"}).text
    assert [look.target for look in AuditEntry.objects.all()] == [f"melding:{melding.reference}"] * 2


def test_who_may_not_see_reporters_is_shown_none(reader: Client, town: Town, neighbour: Town) -> None:
    melding = town.melding()
    reporter_of(melding, phone="0612345678")
    address = f"/beheer/meldingen/melding/{melding.pk}/contact/"
    assert reader.post(address).status_code == 403
    assert at(neighbour, neighbour.member()).post(address).status_code == 404
    assert at(town, town.member()).get(address).status_code == 302
    assert not AuditEntry.objects.exists()
