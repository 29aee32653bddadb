"""What a colleague reads before they save a correction."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meldingen.categories.models import Category
from meldingen.record.models import Event, Melding
from tests.factories import Town

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
