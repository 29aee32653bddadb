"""What a colleague reads before they save a correction."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meldingen.categories.models import Category
from meldingen.handling import triage
from meldingen.record.models import Event, Melding
from tests.factories import Town
from tests.sure import sure

LIST = "/beheer/meldingen/melding/"


@pytest.fixture
def melding(town: Town) -> Melding:
    Category.objects.filter(pk=town.dumping.pk).update(service_amount=2, default_team=town.roads)
    return town.melding()


def look(client: Client, melding: Melding, **data: Any) -> Any:
    return client.post(f"{LIST}{melding.pk}/recategorise/doen/", {"check": "1", "seen": "0", "reroute": "on"} | data)


def test_who_looks_first_reads_what_follows_and_nothing_is_done(triager: Client, town: Town, melding: Melding) -> None:
    before = Event.objects.count()
    page = look(triager, melding, category=town.dumping.pk)
    lines = {line.name: line for item in page.context["offered"] for line in item.foreseen}
    assert (lines["Team"].now, lines["Team"].then) == ("–", town.roads.name)
    assert [name for name, line in lines.items() if line.changes] == ["Team", "Termijn", "Gezegd tegen de melder"]
    assert f"<strong>{town.roads.name}</strong>" in page.text
    assert "Dit is niet opgeslagen" not in page.text
    assert f'<option value="{town.dumping.pk}" selected>' in page.text
    assert Event.objects.count() == before


def test_who_looks_without_a_choice_is_told_so(triager: Client, melding: Melding) -> None:
    page = look(triager, melding, category="")
    assert page.context["busy"].errors["category"]


def test_looking_asks_little(triager: Client, town: Town, melding: Melding) -> None:
    with CaptureQueriesContext(connection) as asked:
        look(triager, melding, category=town.dumping.pk)
    assert len(asked) <= 22


def test_where_no_colleague_chose_yet_choosing_is_open(triager: Client, town: Town, melding: Melding) -> None:
    def is_open() -> bool:
        page: Any = triager.get(f"{LIST}{melding.pk}/change/")
        return [item.action.name for item in page.context["offered"] if item.is_open] == ["recategorise"]

    assert is_open()
    Melding.objects.filter(pk=melding.pk).update(category_by="staff")
    assert not is_open()


def strike(client: Client, melding: Melding, **data: Any) -> Any:
    return client.post(f"{LIST}{melding.pk}/strike/doen/", {"seen": triage.snapshot(melding), "words": "jan"} | data)


def test_words_are_struck_out_only_by_who_says_that_they_looked(triager: Client, town: Town) -> None:
    melding = town.melding(text="Bel Jan over de lamp")
    assert strike(triager, melding).context["busy"].errors["is_sure"]
    looked = strike(triager, melding, check="1")
    (line,) = [line for item in looked.context["offered"] for line in item.foreseen]
    assert (line.name, line.now, line.then) == ("Tekst", "Bel Jan over de lamp", "Bel ▮▮▮ over de lamp")
    melding.refresh_from_db()
    assert melding.text == "Bel Jan over de lamp"
    assert strike(triager, melding, is_sure="on").status_code == 302
    melding.refresh_from_db()
    assert melding.text == "Bel ▮▮▮ over de lamp"


def test_who_looks_for_words_that_stand_nowhere_reads_so(triager: Client, town: Town) -> None:
    looked = strike(triager, town.melding(text="De lamp"), check="1")
    assert "staan er nergens in" in looked.text


def test_who_looks_at_another_priority_reads_that_no_term_moves(triager: Client, town: Town) -> None:
    melding = town.melding(deadline=timezone.now())
    address = f"{LIST}{melding.pk}/prioritise/doen/"
    page = triager.post(address, {"check": "1", "seen": triage.snapshot(melding), "priority": "3"})
    lines = {line.name: line for item in page.context["offered"] for line in item.foreseen}
    assert (lines["Prioriteit"].now, lines["Prioriteit"].then) == ("Gewoon", "Hoog")
    assert [name for name, line in lines.items() if line.changes] == ["Prioriteit"]
    assert "Termijn" in lines
    assert melding.events.count() == 1


def test_the_history_says_from_which_priority_to_which_and_it_can_be_undone(triager: Client, town: Town) -> None:
    melding = town.melding(danger="hazard", priority=3)
    address = f"{LIST}{melding.pk}/prioritise/doen/"
    refused = triager.post(address, {"seen": triage.snapshot(melding), "priority": "1"})
    assert refused.context["busy"].errors["text"]
    done = {"seen": triage.snapshot(melding), "priority": "1", "text": "Er staan hekken om."}
    page = triager.post(address, done, follow=True)
    assert "Prioriteit: Laag (was Hoog)" in page.text
    assert "Er staan hekken om." in page.text
    assert page.context["last"].can_undo


def test_where_nothing_stands_no_table_says_that_it_stays(triager: Client, town: Town) -> None:
    page = BeautifulSoup(strike(triager, town.melding(text="De lamp"), check="1").content, "html.parser")
    shown = sure(page.select_one("#actie-strike [data-foreseen]"))
    assert (shown.text.strip(), shown.select("table")) == ("Deze woorden staan er nergens in.", [])


def test_what_stands_nowhere_is_said_before_the_tick_is_asked(triager: Client, town: Town) -> None:
    page = strike(triager, town.melding(text="De lamp"))
    assert set(page.context["busy"].errors) == {"words"}
    box = sure(BeautifulSoup(page.content, "html.parser").select_one(".errornote"))
    assert "?:" not in box.text


def test_who_looked_ticks_below_what_they_saw(triager: Client, town: Town) -> None:
    page = strike(triager, town.melding(text="Bel Jan"))
    act = str(sure(BeautifulSoup(page.content, "html.parser").select_one("#actie-strike")))
    assert act.index('name="words"') < act.index("data-foreseen") < act.index('name="is_sure"')
    assert ".: " not in sure(BeautifulSoup(page.content, "html.parser").select_one(".errornote")).text
