import re
from typing import Any

import pytest
from django.test import Client

from meldingen.handling import saved_worklists
from meldingen.handling.models import SearchWords, Worklist
from meldingen.tenancy.models import Membership
from tests.factories import Town
from tests.staff import at

FILTERS = "/beheer/filters/"


def test_the_form_asks_the_inbox(triager: Client, town: Town) -> None:
    said: dict[str, Any] = {"go": "1", "list": "open", "team": [0, town.roads.pk], "since": "2026-05-05", "until": ""}
    answer: Any = triager.post(FILTERS, said)
    assert answer.url == f"/beheer/?list=open&team=0&team={town.roads.pk}&since=2026-05-05"


def test_it_shows_what_holds_now(triager: Client, town: Town) -> None:
    page = triager.get(FILTERS, {"list": "late", "category": str(town.dumping.pk)}).text
    assert f'value="{town.dumping.pk}" id="id_category_3" checked' in page
    assert '<option value="late" selected>' in page


def test_a_day_that_is_none_is_said_at_its_field(triager: Client, town: Town) -> None:
    answer: Any = triager.get("/beheer/", {"since": "morgen"})
    assert answer.url == f"{FILTERS}?since=morgen"
    page: Any = triager.get(answer.url)
    assert page.context_data["form"].errors["since"]


def test_it_offers_no_row_of_another_town(triager: Client, town: Town, neighbour: Town) -> None:
    neighbour.member(user__first_name="Buurman")
    for row in (neighbour.roads, neighbour.west):
        row.name = "Buren"
        row.save()
    page = triager.get(FILTERS).text
    assert "Buren" not in page
    assert "Buurman" not in page


def test_filters_are_saved_under_a_name_and_opened(triager: Client, town: Town) -> None:
    answer: Any = triager.post(
        f"{FILTERS}bewaren/", {"query": "list=open&state=new", "name": "Nieuw", "is_shared": "1"}
    )
    saved = Worklist.objects.get()
    assert answer.url == f"/beheer/?saved={saved.pk}"
    assert (saved.query, saved.is_shared) == ("list=open&state=new", True)


def test_a_reader_saves_for_themselves_alone(reader: Client, town: Town) -> None:
    reader.post(f"{FILTERS}bewaren/", {"query": "list=open", "name": "Lezen", "is_shared": "1"})
    assert not Worklist.objects.get().is_shared


@pytest.mark.parametrize("query", ["list=nonsense", "team=999999", "since=morgen"])
def test_what_no_page_gives_is_not_saved(triager: Client, town: Town, query: str) -> None:
    assert triager.post(f"{FILTERS}bewaren/", {"query": query, "name": "X"}).status_code == 404


def test_a_saved_worklist_of_a_category_that_is_retired_still_shows_what_it_has(triager: Client, town: Town) -> None:
    melding = town.melding(category=town.dumping)
    triager.post(f"{FILTERS}bewaren/", {"query": f"list=open&category={town.dumping.pk}", "name": "Dumping"})
    town.dumping.is_active, town.dumping.successor = False, town.container
    town.dumping.save()
    page = triager.get(f"/beheer/?{Worklist.objects.get().query}")
    assert (page.status_code, melding.reference in page.text, "Dumping" in page.text) == (200, True, True)
    assert triager.get(f"{FILTERS}?{Worklist.objects.get().query}").status_code == 200


def test_a_name_that_is_missing_is_asked_for(triager: Client, town: Town) -> None:
    page: Any = triager.post(f"{FILTERS}bewaren/", {"query": "list=open", "name": " "})
    assert page.status_code == 200
    assert page.context_data["saving"].errors["name"]


def test_ones_own_worklist_is_removed_and_nobody_elses(town: Town, neighbour: Town) -> None:
    me = town.member()
    at(town, me).post(f"{FILTERS}bewaren/", {"query": "list=open", "name": "Mijn"})
    address = f"{FILTERS}{Worklist.objects.get().pk}/verwijderen/"
    assert at(town, town.member("manager")).post(address).status_code == 404
    assert at(neighbour, neighbour.member("manager")).post(address).status_code == 404
    assert at(town, me).post(address).status_code == 302
    assert not Worklist.objects.exists()


def test_who_is_not_logged_in_sees_none_of_it(town: Town) -> None:
    stranger = Client(headers={"host": town.host})
    for answer in (stranger.get(FILTERS), stranger.post(f"{FILTERS}bewaren/"), stranger.get("/beheer/")):
        assert answer.status_code == 302


def test_what_is_ticked_is_what_is_saved(triager: Client, town: Town) -> None:
    page: Any = triager.post(FILTERS, {"keep": "1", "list": "open", "team": str(town.roads.pk)}, follow=True)
    assert page.context_data["holds"] == ["Alle open", town.roads.name]
    triager.post(f"{FILTERS}bewaren/", {"query": page.context_data["query"], "name": "Wegen"})
    assert Worklist.objects.get().query == f"list=open&team={town.roads.pk}"


def test_who_saves_under_a_name_that_is_taken_is_asked(triager: Client, town: Town) -> None:
    said = {"query": "list=open", "name": "Wegen"}
    triager.post(f"{FILTERS}bewaren/", said)
    page = triager.post(f"{FILTERS}bewaren/", said | {"query": "list=late"})
    assert 'name="replaces"' in page.text
    assert Worklist.objects.get().query == "list=open"
    triager.post(f"{FILTERS}bewaren/", said | {"query": "list=late", "replaces": "on"})
    assert Worklist.objects.get().query == "list=late"


def test_days_the_wrong_way_round_are_said(triager: Client, town: Town) -> None:
    page: Any = triager.post(FILTERS, {"go": "1", "list": "open", "since": "2026-05-05", "until": "2026-05-04"})
    assert page.context_data["form"].errors["until"]


def test_a_saved_worklist_of_who_left_says_so_and_can_be_removed(triager: Client, town: Town) -> None:
    leaver, owner = town.member(), town.member()
    saved = saved_worklists.save(town.municipality, owner, "Van Jan", f"list=open&person={leaver.pk}", is_shared=True)
    away = f"{FILTERS}{saved.pk}/verwijderen/"
    assert triager.post(away).status_code == 404
    Membership.objects.filter(user=leaver).delete()
    page = triager.get("/beheer/", {"saved": saved.pk}, follow=True)
    assert "Deze werklijst noemt iets dat er niet meer is" in page.text
    assert at(town, town.member("reader")).post(away).status_code == 404
    triager.post(away)
    assert not Worklist.objects.exists()


def narrowed(client: Client, words: str, **more: str) -> str:
    """The address that follows when a colleague types words in the form."""
    answer: Any = client.post(FILTERS, {"go": "1", "list": "open", "words": words} | more)
    return str(answer.url)


def test_words_narrow_the_list_and_stand_in_no_address(triager: Client, town: Town) -> None:
    found, _other = town.melding(text="De zonnebril van Jansen ligt er nog"), town.melding(text="Een lantaarn")
    address = narrowed(triager, " Zonnebril  jansen ")
    assert address == f"/beheer/?list=open&words={SearchWords.objects.get().pk}"
    page: Any = triager.get(address)
    assert [item["row"].melding.pk for item in page.context_data["rows"]] == [found.pk]
    (chip,) = page.context_data["chips"]
    assert (chip.words, chip.without) == ("“Zonnebril jansen”", "list=open")
    assert not re.search(r'(?:href|action|data-\w+)="[^"]*(?i:jansen)', page.text)


def test_the_form_shows_the_words_again_and_the_same_words_are_kept_once(triager: Client, town: Town) -> None:
    address = narrowed(triager, "zonnebril")
    page = triager.get(address.replace("/beheer/", FILTERS))
    assert 'value="zonnebril"' in page.text
    assert narrowed(triager, "zonnebril", map="on") == f"{address}&map=on"
    assert SearchWords.objects.count() == 1


def test_without_words_nothing_is_kept(triager: Client, town: Town) -> None:
    assert narrowed(triager, "  ") == "/beheer/?list=open"
    assert not SearchWords.objects.exists()


def test_words_of_a_colleague_of_another_town_and_of_nobody_are_refused_alike(town: Town, neighbour: Town) -> None:
    mine = at(town, town.member())
    addresses = [
        narrowed(at(town, town.member()), "zonnebril"), narrowed(at(neighbour, neighbour.member()), "zonnebril"),
        "/beheer/?list=open&words=999999",
    ]  # fmt: skip
    for address in addresses:
        page = mine.get(address, follow=True)
        assert ("De woorden van deze lijst" in page.text, "zonnebril" in page.text) == (True, False)
        query = address.partition("?")[2]
        assert mine.get(f"/beheer/kaart/?{query}").status_code == 404
        assert mine.post(f"{FILTERS}bewaren/", {"query": query, "name": "X"}).status_code == 404
        assert mine.post("/beheer/uitvoer/", {"inbox": query, "kind": "csv"}).status_code == 404
    for typed in ("zonnebril", "9" * 30, "-1"):
        assert mine.get("/beheer/", {"words": typed}).status_code == 404


def test_a_worklist_holds_its_words_for_who_reads_it(town: Town) -> None:
    found, me, other = town.melding(text="Een zonnebril"), town.member("coordinator"), at(town, town.member())
    town.melding(text="Een lantaarn")
    page: Any = at(town, me).post(FILTERS, {"keep": "1", "list": "open", "words": "zonnebril"}, follow=True)
    assert "“zonnebril”" in page.context_data["holds"]
    said = {"query": page.context_data["query"], "name": "Brillen", "is_shared": "1"}
    answer: Any = at(town, me).post(f"{FILTERS}bewaren/", said)
    assert answer.url == f"/beheer/?saved={Worklist.objects.get().pk}"
    for address in (answer.url, f"/beheer/?{said['query']}"):
        seen: Any = other.get(address)
        assert [item["row"].melding.pk for item in seen.context_data["rows"]] == [found.pk]
    Worklist.objects.update(is_shared=False)
    assert other.get(answer.url).status_code == 404
    assert other.get(f"/beheer/?{said['query']}").status_code == 302
