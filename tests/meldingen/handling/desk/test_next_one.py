"""A guess that is right is accepted with one click, and the next melding of the list opens."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meldingen.handling import triage
from meldingen.handling.desk import next_one
from meldingen.record import events, lifecycle, references
from meldingen.record.models import Melding
from tests.factories import Town
from tests.plans import plan_of

LIST = "/beheer/meldingen/melding/"


def page_of(melding: Melding) -> str:
    return f"{LIST}{melding.pk}/change/"


def accept(client: Client, town: Town, melding: Melding, **data: Any) -> Any:
    said = {"category": town.container.pk, "reroute": "on", "seen": triage.snapshot(melding), "next": "1"}
    return client.post(f"{LIST}{melding.pk}/recategorise/doen/", said | data)


def test_one_click_saves_routes_and_opens_the_next(triager: Client, town: Town, now: datetime) -> None:
    following, melding = town.melding(received_at=now - timedelta(hours=1)), town.melding(received_at=now)
    response = accept(triager, town, melding)
    assert response["Location"] == page_of(following)
    stored = Melding.objects.get(pk=melding.pk)
    assert (stored.category, stored.category_by) == (town.container, "staff")
    link = f'<a href="{page_of(melding)}">{references.spaced(melding.reference)}</a>'
    assert f"Laatste: {link}, Container vol" in triager.get(page_of(following)).text


def test_after_the_last_one_comes_the_list(triager: Client, town: Town, melding: Melding) -> None:
    assert accept(triager, town, melding)["Location"] == LIST


def test_what_is_refused_stays_open_with_what_was_chosen(triager: Client, town: Town, melding: Melding) -> None:
    town.melding(received_at=melding.received_at - timedelta(hours=1))
    page = accept(triager, town, melding, seen="1")
    assert page.status_code == 200
    assert "intussen gewijzigd" in str(page.context["busy"].errors)


def test_the_next_is_that_of_the_list_and_nobody_looked_at_it(town: Town, now: datetime) -> None:
    def made(hours: int, **values: Any) -> Melding:
        return town.melding(received_at=now - timedelta(hours=hours), **values)

    danger, newest, chosen, done = made(9, priority=4), made(0), made(1, category_by="staff"), made(2, priority=3)
    worked_on, older, oldest = made(3), made(4), made(5, priority=3)
    lifecycle.move(worked_on, "in_progress", actor=events.SWEEP)
    rows = Melding.objects.of(town.municipality)
    assert list(next_one.after(rows, done)) == [older, oldest]
    assert list(next_one.after(rows, danger)) == [newest, done, older, oldest]
    assert chosen not in next_one.after(rows, newest)


def test_it_is_found_in_an_index_of_the_list(town: Town, melding: Melding) -> None:
    rows = next_one.after(Melding.objects.of(town.municipality), melding).values_list("pk")[:1]
    sql, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        plan = plan_of(cursor.mogrify(sql, values).decode())
    assert "Index Scan using melding_" in plan or "Index Only Scan using melding_" in plan
    assert "Sort" not in plan


def test_a_page_with_guesses_has_a_button_for_each(triager: Client, melding: Melding) -> None:
    page: Any = triager.get(page_of(melding))
    shown = [guess for guess in page.context["guesses"] if guess.category]
    assert shown
    assert page.text.count("Klopt: ") == len(shown)
    triage_done = {"category_by": "staff"}
    Melding.objects.filter(pk=melding.pk).update(**triage_done)
    assert "Klopt: " not in triager.get(page_of(melding)).text


def test_a_reader_has_no_button(reader: Client, melding: Melding) -> None:
    assert "Klopt: " not in reader.get(page_of(melding)).text


def test_going_on_costs_little_more_than_saving(triager: Client, town: Town, melding: Melding) -> None:
    with CaptureQueriesContext(connection) as asked:
        accept(triager, town, melding)
    assert len(asked) <= 32


@pytest.mark.parametrize("guess", ["not_in_use", "under_what_is_not"])
def test_what_is_not_in_use_is_no_button(triager: Client, town: Town, melding: Melding, guess: str) -> None:
    before = triager.get(page_of(melding)).text.count("Klopt: ")
    gone = {"not_in_use": {"pk": town.container.pk}, "under_what_is_not": {"pk": town.waste.pk}}[guess]
    type(town.container).objects.filter(**gone).update(is_active=False)
    assert triager.get(page_of(melding)).text.count("Klopt: ") < before
