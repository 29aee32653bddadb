"""From one melding to the next, by real requests."""

from typing import Any

import pytest
from django.test import Client

from meldingen.handling import triage
from meldingen.record import workflow
from meldingen.record.models import Melding
from tests.factories import MembershipFactory, Town
from tests.staff import at

UNDO, BEGIN = "/beheer/ongedaan/", "/beheer/beginnen/"


def act(client: Client, melding: Melding, name: str, **data: Any) -> Any:
    said = {"seen": triage.snapshot(melding), "inbox": "list=to-judge"} | data
    return client.post(f"/beheer/meldingen/melding/{melding.pk}/{name}/doen/", said)


def test_two_who_begin_are_offered_two(town: Town) -> None:
    older, newer = town.melding(), town.melding()
    opened = [
        at(town, town.member()).post(BEGIN, {"inbox": "list=to-judge"})["Location"].rpartition("=")[2]
        for _colleague in range(2)
    ]
    assert opened == [str(newer.pk), str(older.pk)]


def test_the_next_is_one_that_no_colleague_has(town: Town) -> None:
    third, second, first = town.melding(), town.melding(), town.melding()
    me, other = at(town, town.member()), at(town, town.member(user__first_name="Sanne"))
    other.post(BEGIN, {"inbox": "list=to-judge&until=2026-01-01"})  # nothing there
    assert act(other, first, "close", outcome="solved", text="")["Location"].endswith(f"melding={second.pk}")
    assert "Sanne" in me.get("/beheer/").text
    me.post(BEGIN, {"inbox": "list=to-judge"})
    assert me.post(BEGIN, {"inbox": "list=to-judge"})["Location"].endswith(f"melding={third.pk}")


def test_what_was_done_last_stays_to_be_undone(triager: Client, town: Town) -> None:
    town.melding()
    melding = town.melding()
    act(triager, melding, "close", outcome="solved", text="")
    for _look in range(2):
        page = triager.get("/beheer/").text
        assert "Laatste:" in page
        assert "Ongedaan maken" in page
    answer = triager.post(UNDO, {"inbox": "list=to-judge"})
    assert answer["Location"].endswith(f"melding={melding.pk}")
    page = triager.get(answer["Location"]).text
    assert "Ongedaan gemaakt. Niemand hoorde ervan." in page
    assert "<s>Stand: Nieuw → Opgelost</s>" in page
    assert Melding.objects.get(pk=melding.pk).state == workflow.NEW


def test_it_is_undone_once(triager: Client, town: Town) -> None:
    melding = town.melding()
    act(triager, melding, "take")
    triager.post(UNDO)
    events = melding.events.count()
    triager.post(UNDO)
    assert melding.events.count() == events


def test_who_was_overtaken_reads_why(triager: Client, town: Town) -> None:
    melding = town.melding()
    act(triager, melding, "take")
    triage.note(triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member()), "Ho.")
    page = triager.get(triager.post(UNDO)["Location"]).text
    assert "kan niet meer ongedaan" in page


def test_what_is_for_good_has_no_button(triager: Client, town: Town) -> None:
    act(triager, town.melding(), "strike", words="container", is_sure="on")
    page = triager.get("/beheer/").text
    assert "Laatste:" in page
    assert "Ongedaan maken" not in page


def test_what_was_done_in_another_town_is_not_shown_here(town: Town, neighbour: Town) -> None:
    me = town.member()
    client = at(town, me)
    act(client, town.melding(), "take")
    MembershipFactory.create(user=me, municipality=neighbour.municipality)
    assert "Laatste:" not in client.get("/beheer/", headers={"host": neighbour.host}).text


@pytest.mark.parametrize("address", [UNDO, BEGIN])
def test_only_who_may_act_goes_on(reader: Client, town: Town, address: str) -> None:
    assert reader.post(address).status_code == 403
    assert reader.get(address).status_code == 405


@pytest.mark.parametrize("query", ["list=nonsense", "team=999999", "since=morgen"])
def test_what_no_page_gives_is_not_found(triager: Client, town: Town, query: str) -> None:
    assert triager.post(BEGIN, {"inbox": query}).status_code == 404
