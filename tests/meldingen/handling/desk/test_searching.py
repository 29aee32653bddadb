"""The one box of the desk."""

import re
from typing import Any

from django.test import Client

from meldingen.categories.models import Category
from meldingen.handling import triage
from meldingen.handling.models import SearchWords
from meldingen.record.models import Melding
from tests.factories import Town, reporter_of
from tests.meldingen.handling.desk.test_melding import LIST, references_in, searched
from tests.staff import at

SEARCH = "/beheer/zoeken/"


def test_one_alone_is_opened(triager: Client, town: Town) -> None:
    melding = town.melding()
    reporter_of(melding, name="Wim de Vries", phone="0612345678")
    answer: Any = triager.post(SEARCH, {"words": "06 12 34 56 78"})
    assert answer.url == f"/beheer/?list=all&melding={melding.pk}"


def test_several_are_listed_with_what_found_them(triager: Client, town: Town) -> None:
    for _number in range(2):
        reporter_of(town.melding(), name="Wim de Vries")
    page: Any = triager.post(SEARCH, {"words": "vries"}, follow=True)
    assert len(page.context_data["rows"]) == 2
    assert "naam van de melder" in page.text
    assert "Wim de Vries" not in page.text
    assert page["Cache-Control"].startswith("max-age=0")


def test_nothing_is_said_with_what_to_try(triager: Client, town: Town) -> None:
    assert "Niets gevonden" in triager.post(SEARCH, {"words": "xyz"}, follow=True).text


def test_what_is_typed_stands_in_no_address(triager: Client, town: Town) -> None:
    melding = town.melding(text="De boom")
    page: Any = triager.get(SEARCH, {"words": "boom"})
    assert page.context_data["rows"] == []
    assert str(melding.pk) in triager.post(SEARCH, {"words": "boom"})["Location"]


def test_a_confidential_melding_is_not_found_by_who_may_not_see_it(town: Town) -> None:
    Category.objects.filter(pk=town.dumping.pk).update(is_confidential=True)
    melding = town.melding(category=town.dumping, reference="0A1B2C3D")
    assert Melding.objects.get().pk == melding.pk
    page = at(town, town.member("triage")).post(SEARCH, {"words": "0A1B2C3D"}, follow=True)
    assert "Niets gevonden" in page.text
    assert (
        f"melding={melding.pk}" in at(town, town.member("coordinator")).post(SEARCH, {"words": "0A1B2C3D"})["Location"]
    )


def test_a_reader_finds_by_words_and_not_by_reporters(reader: Client, town: Town) -> None:
    reporter_of(town.melding(text="De boom"), name="Wim de Vries")
    assert "Niets gevonden" in reader.post(SEARCH, {"words": "vries"}, follow=True).text
    assert "melding=" in reader.post(SEARCH, {"words": "boom"})["Location"]


def test_what_was_found_stays_at_its_address_and_the_words_stand_nowhere(triager: Client, town: Town) -> None:
    melding = town.melding(text="De boom")
    town.melding(text="De boom")
    address = triager.post(SEARCH, {"words": "boom"})["Location"]
    assert address == f"{SEARCH}?gezocht=1"
    assert 'value="boom"' in triager.get(address).text
    again: Any = triager.get(address)
    assert len(again.context_data["rows"]) == 2
    assert "boom" not in str(dict(triager.session))
    pane = triager.get(again.context_data["rows"][0]["address"]).text
    assert f'href="{address}"' in pane
    assert str(melding.pk) in again.text


def test_a_search_of_somebody_else_is_not_there(triager: Client, town: Town) -> None:
    for _number in range(2):
        town.melding(text="De boom")
    address = triager.post(SEARCH, {"words": "boom"})["Location"]
    theirs: Any = at(town, town.member("triage")).get(address)
    assert theirs.context_data["rows"] == []


def test_what_was_found_is_one_step_away_after_an_act_and_its_undoing(triager: Client, town: Town) -> None:
    melding = town.melding(text="De boom")
    town.melding(text="De boom")
    address = triager.post(SEARCH, {"words": "boom"})["Location"]
    query = f"list=all&melding={melding.pk}&gezocht=1"
    page: Any = triager.get(f"/beheer/?{query}")
    note = {"seen": triage.snapshot(melding), "text": "Gebeld.", "inbox": page.context_data["back"]}
    for sent, said in ((f"/beheer/meldingen/melding/{melding.pk}/note/doen/", note), ("/beheer/ongedaan/", note)):
        after = triager.post(sent, said)["Location"]
        assert f'href="{address}"' in triager.get(after).text


def test_words_stand_in_no_address_of_the_list(triager: Client, town: Town, neighbour: Town) -> None:
    melding = town.melding(text="De bril van Jansen")
    answer: Any = triager.post(f"{LIST}zoeken/", {"q": "jansen", "state": "new"})
    assert answer.url == f"{LIST}?state=new&q=woorden-{SearchWords.objects.get().pk}"
    page = triager.get(answer.url)
    assert (references_in(page), "“jansen”" in page.text) == ([melding.reference], True)
    assert not re.search(r'(?:href|action|name="list" value)="[^"]*(?i:jansen)', page.text)
    assert references_in(triager.get(LIST, {"q": "jansen"})) == []
    assert triager.get(f"{LIST}zoeken/").status_code == 405


def test_words_of_a_colleague_find_nothing_in_the_list(town: Town, neighbour: Town) -> None:
    town.melding(text="De bril van Jansen")
    for typist in (at(town, town.member()), at(neighbour, neighbour.member())):
        answer: Any = typist.post(f"{LIST}zoeken/", {"q": "jansen"})
        page = at(town, town.member()).get(answer.url)
        assert (references_in(page), "jansen" in page.text) == ([], False)
        assert "De woorden van deze lijst worden niet meer bewaard" in page.text


def test_marks_that_nobody_sees_find_the_words_around_them(triager: Client, town: Town) -> None:
    melding = town.melding(text="De container puilt uit.")
    town.melding(text="Een lantaarn brandt niet.")
    assert references_in(searched(triager, "con\u00adtai\u200bner")) == [melding.reference]


def test_what_only_looks_like_it_is_listed_and_said(triager: Client, town: Town) -> None:
    reporter_of(town.melding(), name="Wim de Vries")
    page: Any = triager.post(SEARCH, {"words": "Wim de Vreis"}, follow=True)
    assert len(page.context_data["rows"]) == 1
    assert "Niet precies gevonden; dit lijkt erop." in page.text


def test_the_beginning_of_a_reference_opens_it(triager: Client, town: Town) -> None:
    melding = town.melding(reference="ZMEKETKA")
    for words in ("zmek", "zmeketk", "ZMEK-ETK"):
        answer: Any = triager.post(SEARCH, {"words": words})
        assert answer.url == f"/beheer/?list=all&melding={melding.pk}"
