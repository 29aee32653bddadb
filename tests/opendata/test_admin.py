"""Staff read the ledger; nobody changes it, and the neighbour sees none of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from analytics import grid
from opendata import holds, releases
from opendata.ckan import pushing
from opendata.ckan.transport import PortalRefused
from opendata.coming import coming_periods
from opendata.models import Budget, CkanPush, DrawRequest, Hold, PlannedTable, Release
from opendata.tasks import publish_period
from tests.factories import Town
from tests.opendata.conftest import APRIL, MAY, publishing_town

MODELS = [(Release, "release"), (Budget, "budget"), (PlannedTable, "plannedtable")]


def logged_in(town: Town, role: str = "manager") -> Client:
    client = Client(headers={"host": town.host})
    client.force_login(town.member(role, user__is_staff=True))
    return client


@pytest.mark.parametrize(("model", "name"), MODELS)
def test_a_manager_reads_and_cannot_change(db: None, published_city: Town, model: Any, name: str) -> None:
    manager, row = logged_in(published_city), model.objects.first()
    assert manager.get(f"/beheer/opendata/{name}/").status_code == 200
    page = manager.get(f"/beheer/opendata/{name}/{row.pk}/change/")
    assert page.status_code == 200
    assert 'name="_save"' not in page.text
    assert manager.post(f"/beheer/opendata/{name}/{row.pk}/change/", {"period": "2020-01"}).status_code == 403
    assert manager.post(f"/beheer/opendata/{name}/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert manager.get(f"/beheer/opendata/{name}/add/").status_code == 403


def test_the_list_of_releases_leaves_their_rows_in_the_database(db: None, published_city: Town) -> None:
    with CaptureQueriesContext(connection) as queries:
        logged_in(published_city).get("/beheer/opendata/release/")
    assert not [query for query in queries if '"rows"' in query["sql"]]


def test_an_epsilon_is_written_as_people_write_it(db: None, published_city: Town) -> None:
    manager = logged_in(published_city)
    assert ">0,4</td>" in manager.get("/beheer/opendata/release/").text
    assert ">1</td>" in manager.get("/beheer/opendata/budget/").text


@pytest.mark.parametrize(("model", "name"), MODELS)
def test_the_neighbours_ledger_does_not_exist(db: None, published_city: Town, model: Any, name: str) -> None:
    neighbour = logged_in(publishing_town(host="buren.example"))
    assert neighbour.get(f"/beheer/opendata/{name}/{model.objects.first().pk}/change/").status_code == 404


COMING = "/beheer/opendata/hold/uitgaven/"


def steward_of(town: Town) -> Client:
    client = Client(headers={"host": town.host, "accept-language": "nl"})
    client.force_login(town.member("reader", is_data_steward=True, user__is_staff=True))
    return client


def test_the_steward_reads_what_comes_and_holds_it_with_one_click(city: Town) -> None:
    grid.fix(city.municipality, 2026)
    steward = steward_of(city)
    page = steward.get(COMING)
    assert "Vannacht" in page.text
    until = grid.today(city.municipality) + timedelta(days=7)
    form: dict[str, Any] = {"reason": "Wij kijken deze cijfers eerst na.", "until": until}
    assert form["reason"] in page.text
    assert steward.post(f"{COMING}2026-05/houd/", form).status_code == 302
    assert "Vastgehouden tot" in steward.get(COMING).text
    assert steward.post(f"{COMING}2026-05/vrij/").status_code == 302
    assert Hold.objects.get().lifted_by is not None


def test_the_steward_reads_whether_anything_is_drawn_tonight(city: Town) -> None:
    grid.fix(city.municipality, 2026)
    steward = steward_of(city)
    assert "Vannacht verschijnt niets" not in steward.get(COMING).text
    today = grid.today(city.municipality)
    for row in coming_periods(city.municipality):
        if row.is_due:
            holds.hold(
                city.municipality,
                str(row.period),
                "Wij kijken het na.",
                today + timedelta(days=3),
                city.member("manager"),
            )
    assert "Vannacht verschijnt niets. De volgende keer: " in steward.get(COMING).text


def test_what_cannot_be_held_is_said_on_the_page(city: Town) -> None:
    grid.fix(city.municipality, 2026)
    steward = steward_of(city)
    answer = steward.post(f"{COMING}2026-05/houd/", {"reason": "kort", "until": "2020-01-01"})
    assert (answer.status_code, "Zeg waarom" in answer.text) == (400, True)
    assert steward.post(f"{COMING}2026-05/houd/", {"reason": ""}).status_code == 400
    assert steward.post(f"{COMING}1999-01/nu/").status_code == 400
    assert steward.post(f"{COMING}2026-05/eten/").status_code == 404
    assert steward.get(f"{COMING}2026-05/houd/")["Location"] == COMING


def test_two_tabs_that_hold_and_let_go_are_told_so_and_nothing_is_lost(city: Town) -> None:
    grid.fix(city.municipality, 2026)
    steward, until = steward_of(city), grid.today(city.municipality) + timedelta(days=7)
    form: dict[str, Any] = {"reason": "Wij kijken deze cijfers eerst na.", "until": until}
    steward.post(f"{COMING}2026-05/houd/", form)
    again = steward.post(f"{COMING}2026-05/houd/", form | {"reason": "Een andere reden, uit een oud tabblad."})
    assert (again.status_code, "al vastgehouden" in again.text) == (400, True)
    steward.post(f"{COMING}2026-05/vrij/")
    too_late = steward.post(f"{COMING}2026-05/vrij/")
    assert (too_late.status_code, "niet vastgehouden" in too_late.text) == (400, True)
    assert "None" not in too_late.text


def test_the_steward_reads_periods_in_words_and_who_drew(city: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    grid.fix(city.municipality, 2026)
    monkeypatch.setattr(publish_period, "delay", publish_period)
    steward = steward_of(city)
    releases.publish(city.municipality, APRIL)
    assert steward.post(f"{COMING}2026-05/nu/").status_code == 302
    page = steward.get(COMING).text
    drawn_by = [one.asked_by for one in DrawRequest.objects.of(city.municipality)]
    assert "mei 2026" in page
    assert f">{drawn_by[0]}</td>" in page
    assert "vanzelf, of door een opdracht" in page


def test_a_request_that_was_refused_did_not_draw_what_the_night_drew(
    city: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    grid.fix(city.municipality, 2026)
    steward = steward_of(city)
    monkeypatch.setattr(publish_period, "delay", lambda *about: None)  # lost, or refused by the ledger
    assert steward.post(f"{COMING}2026-05/nu/").status_code == 302
    publish_period(city.municipality.pk, "2026-05")
    asked_by = DrawRequest.objects.get().asked_by
    page = steward.get(COMING).text
    assert f"<td>{asked_by}</td>" not in page
    assert "vanzelf, of door een opdracht" in page


def test_the_steward_reads_what_reached_the_portal_and_why_something_did_not(city: Town) -> None:
    releases.publish(city.municipality, MAY)
    pushing.connect(city.municipality, "https://data.example.nl", "stad", "geheim")
    refusal = PortalRefused("The portal does not take <b>it</b>", CkanPush.Failure.TOKEN)
    pushing._remember(city.municipality, "buurt-per-maand", pushing.Push("a", failure=refusal))
    pushing._remember(city.municipality, "wijk-per-maand", pushing.Push("b"))
    page = steward_of(city).get(COMING).text
    assert "Meldingen per buurt" in page
    assert page.count("Nu niet bij.") == 1
    assert "Het portaal weigert onze sleutel" in page
    assert "does not take &lt;b&gt;it" in page
    assert "geheim" not in page
    assert "Het portaal weigert" not in steward_of(publishing_town(host="buren.example")).get(COMING).text


def test_who_does_not_look_after_open_data_sees_no_such_page(city: Town) -> None:
    triage = logged_in(city, "triage")
    assert triage.get(COMING).status_code == 403
    assert triage.post(f"{COMING}2026-05/vrij/").status_code == 403
    assert COMING not in triage.get("/beheer/").text
    assert COMING in steward_of(city).get("/beheer/").text


def test_the_neighbours_holds_are_not_ours(city: Town) -> None:
    neighbour = steward_of(publishing_town(host="buren.example"))
    grid.fix(city.municipality, 2026)
    until = grid.today(city.municipality) + timedelta(days=7)
    holds.hold(city.municipality, "2026-05", "Wij kijken dit eerst na.", until, city.member("manager"))
    assert neighbour.post(f"{COMING}2026-05/vrij/").status_code == 400
    assert "Wij kijken dit eerst na." not in neighbour.get(COMING).text
    assert set(holds.current(city.municipality)) == {MAY}
