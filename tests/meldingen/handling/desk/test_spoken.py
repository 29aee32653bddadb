"""What a reporter wrote after sending is seen in the list and on the page, until a colleague acts."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from meldingen.followup import adding, rating
from meldingen.handling import triage
from meldingen.record.models import Melding
from tests.factories import Town
from tests.plans import plan_of
from tests.sure import sure

LIST = "/beheer/meldingen/melding/"


@pytest.fixture
def melding(town: Town) -> Melding:
    melding = town.melding(category=town.container, team=town.cleaning)
    adding.add(town.municipality, melding.follow_token, "Nu ook <i>glas</i> op de stoep.")
    return melding


def test_the_list_says_so_and_leads_to_these_alone(triager: Client, town: Town, melding: Melding) -> None:
    other = town.melding()
    page = triager.get(LIST).text
    assert "Bij 1 melding schreef de melder iets dat nog niemand las." in page
    assert page.count("Melder schreef") == 1
    page = triager.get(LIST, {"wrote": "unread", "state": "all"}).text
    assert melding.reference in page
    assert other.reference not in page


def test_the_page_shows_the_words_and_who_acts_takes_the_mark_away(triager: Client, melding: Melding) -> None:
    page = triager.get(f"{LIST}{melding.pk}/change/").text
    assert "De melder voegde toe" in page
    assert "Nu ook &lt;i&gt;glas&lt;/i&gt; op de stoep." in page
    seen = triage.snapshot(melding)
    triager.post(f"{LIST}{melding.pk}/read/doen/", {"seen": seen})
    assert Melding.objects.get().reporter_spoke_at is None
    page = triager.get(LIST).text
    assert "Melder schreef" not in page


def test_nothing_is_read_by_whom_has_not_seen_it(triager: Client, town: Town, melding: Melding) -> None:
    seen = triage.snapshot(melding)
    adding.add(town.municipality, melding.follow_token, "En het stinkt.")
    triager.post(f"{LIST}{melding.pk}/read/doen/", {"seen": seen})
    assert Melding.objects.get().reporter_spoke_at is not None


def test_the_neighbour_hears_nothing_of_it(client: Client, neighbour: Town, melding: Melding) -> None:
    client.force_login(neighbour.member())
    page = client.get(LIST, headers={"host": neighbour.host}).text
    assert "schreef de melder" not in page


def test_history_says_what_the_reporter_said_of_how_it_went(triager: Client, town: Town, melding: Melding) -> None:
    case = triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member())
    triage.close(case, "solved")
    rating.say_unsolved(town.municipality, melding.follow_token, "half_done")
    triage.close(case, "solved")
    rating.say_unsolved(town.municipality, melding.follow_token, "came_back")
    page = triager.get(f"{LIST}{melding.pk}/change/").text
    assert "Half gedaan" in page
    assert "Niet opgelost, zegt de melder nog eens: Kwam terug" in page


def test_what_waits_is_found_in_an_index_of_its_own(melding: Melding) -> None:
    sql = (
        f"SELECT id FROM meldingen_melding WHERE municipality_id = {melding.municipality_id} "
        "AND reporter_spoke_at IS NOT NULL ORDER BY reporter_spoke_at DESC"
    )
    assert "melding_reporter_spoke" in plan_of(sql)


def test_new_words_stand_before_the_old_ones_and_in_the_row(triager: Client, melding: Melding) -> None:
    page: Any = triager.get(f"/beheer/?list=open&melding={melding.pk}")
    assert [line.added for line in page.context["unread"]] == ["Nu ook <i>glas</i> op de stoep."]
    assert page.text.index("Nieuw van de melder") < page.text.index('class="pane-words"')
    (row,) = page.context["rows"]
    assert (row["row"].is_added, row["row"].excerpt) == (True, "Nu ook <i>glas</i> op de stoep.")
    triager.post(f"{LIST}{melding.pk}/read/doen/", {"seen": triage.snapshot(melding)})
    again: Any = triager.get(f"/beheer/?list=open&melding={melding.pk}")
    assert (again.context["unread"], again.context["rows"][0]["row"].excerpt) == ([], melding.text)


@pytest.mark.parametrize("address", [f"{LIST}{{}}/change/", "/beheer/?list=all&melding={}"])
def test_what_came_back_says_why_at_its_head_and_has_nothing_to_confirm(
    triager: Client, town: Town, address: str
) -> None:
    melding = town.melding(category=town.container, team=town.cleaning, category_by="model")
    triage.close(
        triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member()), "solved"
    )  # fmt: skip
    rating.say_unsolved(town.municipality, melding.follow_token, "half_done")
    page = triager.get(address.format(melding.pk))
    head = sure(BeautifulSoup(page.content, "html.parser").select_one(".came-back")).text
    assert "Niet opgelost, zei de melder op" in head
    assert "Half gedaan" in head
    assert not page.context["is_unsure"]
