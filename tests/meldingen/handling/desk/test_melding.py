"""The list and the page of meldingen, as colleagues use them."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks as OnCommit

from meldingen.handling import triage
from meldingen.handling.desk import paging
from meldingen.handling.triage import Case
from meldingen.notifications.models import Delivery
from meldingen.record import events, lifecycle, workflow
from meldingen.record.models import Melding
from meldingen.routing import reasons
from meldingen.routing.models import Prediction
from meldingen.routing.prediction import MIN_SHOWN
from meldingen.tenancy.models import Municipality
from tests.factories import Town
from tests.staff import SECRET

LIST = "/beheer/meldingen/melding/"


def references_in(response: Any) -> list[str]:
    return [row["melding"].reference for row in response.context["rows"]]


def case_of(town: Town, melding: Melding, **values: Any) -> Case:
    return triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member(), **values)


def act(client: Client, melding: Melding, name: str, **data: date | int | str) -> Any:
    data |= {} if "seen" in data else {"seen": triage.snapshot(melding)}
    return client.post(f"{LIST}{melding.pk}/{name}/doen/", data)


def test_danger_that_is_open_stands_first_then_the_newest(triager: Client, town: Town, now: datetime) -> None:
    old = town.melding(received_at=now - timedelta(days=3), priority=4)
    newest, newer = town.melding(received_at=now), town.melding(received_at=now - timedelta(days=1))
    assert references_in(triager.get(LIST)) == [old.reference, newest.reference, newer.reference]


def test_danger_that_is_closed_waits_its_turn(triager: Client, town: Town, now: datetime) -> None:
    danger = town.melding(received_at=now - timedelta(days=3), priority=4)
    newest = town.melding(received_at=now)
    triage.close(case_of(town, danger), workflow.SOLVED)
    assert references_in(triager.get(LIST, {"state": "all"})) == [newest.reference, danger.reference]


def test_closed_work_is_out_of_sight_until_asked(triager: Client, town: Town) -> None:
    melding = town.melding()
    triage.close(case_of(town, melding), workflow.SOLVED)
    assert references_in(triager.get(LIST)) == []
    assert references_in(triager.get(LIST, {"state": "solved"})) == [melding.reference]


@pytest.mark.parametrize("state", ["new", "open", "all"])
def test_it_filters_by_state(triager: Client, town: Town, state: str) -> None:
    melding = town.melding()
    assert references_in(triager.get(LIST, {"state": state})) == [melding.reference]


def test_it_filters_by_team_and_by_no_team(triager: Client, town: Town) -> None:
    with_team, without = town.melding(team=town.roads), town.melding()
    assert references_in(triager.get(LIST, {"team": town.roads.pk})) == [with_team.reference]
    assert references_in(triager.get(LIST, {"team": "none"})) == [without.reference]


def test_a_main_category_stands_for_all_under_it(triager: Client, town: Town) -> None:
    melding = town.melding(category=town.container)
    town.melding()
    for category in (town.waste, town.container):
        assert references_in(triager.get(LIST, {"category": category.pk})) == [melding.reference]
    assert references_in(triager.get(LIST, {"category": town.dumping.pk})) == []


def test_a_buurt_of_former_borders_is_still_found(triager: Client, town: Town) -> None:
    melding = town.melding(buurt=town.east)
    Municipality.objects.filter(pk=town.municipality.pk).update(area_vintage=2026)
    page = triager.get(LIST, {"buurt": town.east.code})
    assert references_in(page) == [melding.reference]
    assert f"{town.east.name} (2025)" in page.text
    assert f"{town.west.name} (2025)" not in page.text  # nothing there


def test_it_filters_by_buurt(triager: Client, town: Town) -> None:
    melding = town.melding(buurt=town.east)
    town.melding(buurt=town.west)
    assert references_in(triager.get(LIST, {"buurt": town.east.code})) == [melding.reference]


def test_it_filters_by_deadline(triager: Client, town: Town, now: datetime) -> None:
    late = town.melding(deadline=now - timedelta(minutes=1))
    town.melding(deadline=now + timedelta(days=40))
    closed = town.melding(deadline=now - timedelta(days=1))
    triage.close(case_of(town, closed), workflow.SOLVED)
    assert references_in(triager.get(LIST, {"deadline": "overdue", "state": "all"})) == [late.reference]
    for span in ("today", "week"):
        assert triager.get(LIST, {"deadline": span}).status_code == 200


@pytest.mark.parametrize("query", ["team=999999", "team=x", "category=-1", "buurt=%27", "state=weg", "deadline=ooit"])
def test_a_value_that_is_not_on_the_list_finds_nothing(triager: Client, town: Town, query: str) -> None:
    town.melding()
    response = triager.get(f"{LIST}?{query}")
    assert (response.status_code, references_in(response)) == (200, [])


def searched(client: Client, words: str, **filters: str) -> Any:
    """The list after a colleague typed these words above it."""
    return client.post(f"{LIST}zoeken/", {"q": words} | filters, follow=True)


def test_a_reference_is_found_as_it_was_spelt(triager: Client, town: Town) -> None:
    melding = town.melding(reference="0A1B2C3D")
    town.melding()
    assert references_in(triager.get(LIST, {"q": "oa1b-2c3d"})) == [melding.reference]


def test_a_reference_is_found_whatever_the_filters(triager: Client, town: Town, neighbour: Town) -> None:
    melding = town.melding(reference="0A1B2C3D")
    lifecycle.move(melding, "solved", actor=events.SWEEP)
    assert references_in(triager.get(LIST, {"q": "0A1B2C3D", "team": str(town.roads.pk)})) == [melding.reference]
    neighbour.melding(reference="0A1B2C3E")
    assert references_in(triager.get(LIST, {"q": "0A1B2C3E"})) == []


def test_filters_that_do_not_count_are_not_shown_as_if_they_held(triager: Client, town: Town) -> None:
    town.melding(reference="0A1B2C3D", text="Lantaarn", team=town.cleaning)
    by_reference = triager.get(LIST, {"q": "oa1b-2c3d", "team": str(town.roads.pk), "state": "solved"})
    assert by_reference.context["chosen_filters"] == []
    assert "Gevonden op nummer: de filters tellen niet mee." in by_reference.text
    by_words = searched(triager, "lantaarn", team=str(town.cleaning.pk))
    assert by_words.context["chosen_filters"] == [town.cleaning.name]
    assert "Gevonden op nummer" not in by_words.text


@pytest.mark.parametrize("words", ["containers", "puilt", '"container puilt"', "puilt -lantaarn", "boom or container"])
def test_words_are_found_as_dutch_people_mean_them(triager: Client, town: Town, words: str) -> None:
    melding = town.melding(text="De container puilt uit.")
    town.melding(text="Een lantaarn brandt niet.")
    assert references_in(searched(triager, words)) == [melding.reference]


@pytest.mark.parametrize("words", ["'", '"', "-", "&|!:*", "a" * 5000])
def test_no_search_breaks_it(triager: Client, town: Town, words: str) -> None:
    assert triager.get(LIST, {"q": words}).status_code == searched(triager, words).status_code == 200


def test_the_list_shows_no_contact_details(triager: Client, town: Town, melding: Melding) -> None:
    town.melding(text="Bel 06-12345678 of mail wim@example.org, hij staat bij nummer 12.")
    page = triager.get(LIST).content.decode()
    assert "wim@example.org" not in page
    assert "12345678" not in page
    assert "nummer 12." in page


def test_a_hundred_stand_on_a_page_and_the_rest_on_the_next(triager: Client, town: Town) -> None:
    for _number in range(101):
        town.melding()
    first = triager.get(LIST)
    assert len(first.context["rows"]) == 100
    assert len(triager.get(LIST + first.context["older"]).context["rows"]) == 1


def test_the_list_asks_a_fixed_number_of_questions(triager: Client, town: Town, now: datetime) -> None:
    for number in range(5):
        town.melding(team=town.roads, category=town.dumping, deadline=now + timedelta(days=number))
    with CaptureQueriesContext(
        connection,
    ) as few:
        triager.get(LIST)
    for _number in range(20):
        town.melding(team=town.cleaning, category=town.container, buurt=town.east)
    with CaptureQueriesContext(connection) as many:
        triager.get(LIST)
    assert len(many) == len(few) <= 15


@pytest.mark.parametrize(("query", "index"), [({}, "melding_staff_open"), ({"state": "all"}, "melding_staff_list")])
def test_the_order_of_the_list_is_that_of_an_index(
    triager: Client, town: Town, query: dict[str, str], index: str
) -> None:
    town.melding()
    with CaptureQueriesContext(connection) as asked:
        triager.get(LIST, query)
    rows = next(each["sql"] for each in asked if "ORDER BY" in each["sql"] and "priority" in each["sql"])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {rows}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert index in plan
    assert "Sort" not in plan


def test_counting_stops_at_a_cap(triager: Client, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "CAP", 3)
    for _number in range(5):
        town.melding()
    with CaptureQueriesContext(connection) as asked:
        page = triager.get(LIST).content.decode()
    counts = [query["sql"] for query in asked if "COUNT(" in query["sql"]]
    assert all("LIMIT 4" in sql for sql in counts)
    assert len(counts) == 3  # the list, what is suspect, and what reporters wrote
    assert "3 meldingen" in page


def test_the_page_tells_everything(triager: Client, address: str, melding: Melding) -> None:
    page = triager.get(address).content.decode()
    for words in (melding.reference, SECRET, "w••••@example.org", "71 %", f"Notitie {SECRET}", f"Antwoord {SECRET}"):
        assert words in page
    assert "Gebied" in page


@pytest.mark.parametrize("emergency", [True, False])
def test_where_the_model_abstains_no_percentage_is_shown(
    triager: Client, address: str, melding: Melding, emergency: bool
) -> None:
    reason = "emergency" if emergency else "not_ours"
    Prediction.objects.filter(melding=melding).update(action="people", reason=reason, emergency=emergency)
    page = triager.get(address)
    guesses = page.context["guesses"]
    assert [guess.percent for guess in guesses] == ([None] * 3 if emergency else [])
    assert " %" not in page.content.decode()
    assert str(reasons.reason(reason)) in page.content.decode()


def test_a_colleague_reads_no_suggestion_that_residents_are_not_shown_either(
    triager: Client, address: str, melding: Melding
) -> None:
    shares = [("afval|dumping", MIN_SHOWN), ("afval|container-vol", MIN_SHOWN - 0.001)]
    melding.prediction.suggestions = [{"category": label, "probability": share} for label, share in shares]
    melding.prediction.save()
    (guess,) = triager.get(address).context["guesses"]
    assert guess.percent == 2


def test_a_guess_that_is_wrong_nine_times_in_ten_is_read_and_is_no_button(
    triager: Client, address: str, melding: Melding
) -> None:
    shares = [("afval|dumping", 0.3), ("afval|container-vol", 0.09)]
    melding.prediction.suggestions = [{"category": label, "probability": share} for label, share in shares]
    melding.prediction.save()
    page = BeautifulSoup(triager.get(address).content, "html.parser")
    rows = page.select(".guesses li")
    assert [row.select_one("button") is not None for row in rows] == [True, False]
    assert "9 %" in rows[1].text


def test_a_reader_sees_no_contact_details_and_no_actions(reader: Client, address: str) -> None:
    page = reader.get(address).content.decode()
    assert "wim@example.org" not in page
    assert f"Wim {SECRET}" not in page
    assert "/doen/" not in page


def test_a_reader_cannot_act(reader: Client, melding: Melding) -> None:
    assert act(reader, melding, "take").status_code == 403
    assert Melding.objects.get(pk=melding.pk).state == workflow.NEW


def test_the_page_asks_a_fixed_number_of_questions(triager: Client, town: Town, address: str, melding: Melding) -> None:
    with CaptureQueriesContext(connection) as few:
        triager.get(address)
    for number in range(5):
        triage.note(case_of(town, melding), f"Nog een {number}")
        town.member()
    with CaptureQueriesContext(connection) as many:
        triager.get(address)
    assert len(many) == len(few) <= 15


def test_the_page_takes_no_posts(manager: Client, address: str, melding: Melding) -> None:
    assert manager.post(address, {"state": "solved"}).status_code == 405
    assert manager.get("/beheer/meldingen/melding/add/").status_code == 403


@pytest.mark.parametrize("pk", ["0", "x", "999999999999999999999"])
def test_what_does_not_exist_is_not_found(triager: Client, town: Town, pk: str) -> None:
    assert triager.get(f"{LIST}{pk}/change/").status_code == 404


def test_the_history_is_on_the_page_itself(triager: Client, melding: Melding, address: str) -> None:
    assert triager.get(address.replace("change", "history"))["Location"] == f"{address}#historie"


ALL: dict[str, tuple[dict[str, Any], str, int]] = {
    "take": ({}, "in_progress", 14),
    "recategorise": ({"category": "dumping", "reroute": "on"}, "assigned", 27),
    "assign": ({"team": "roads"}, "assigned", 18),
    "prioritise": ({"priority": 3}, "new", 13),
    "schedule": ({"day": timezone.localdate() + timedelta(days=30), "text": "Wij komen."}, "planned", 16),
    "ask": ({"text": "Welke lamp?"}, "waiting", 16),
    "answer": ({"text": "Wij komen."}, "new", 15),
    "note": ({"text": "Bellen."}, "new", 13),
    "close": ({"outcome": "solved", "text": "Gedaan."}, "solved", 18),
    "spam": ({}, "spam", 18),
    "threat": ({"reason": "Aangifte", "until": timezone.localdate() + timedelta(days=30)}, "threat", 29),
}


@pytest.mark.parametrize("name", ALL)
def test_each_action_does_its_work_and_leads_back(
    triager: Client, town: Town, melding: Melding, address: str, name: str
) -> None:
    data, state, most = ALL[name]
    data = {key: getattr(getattr(town, str(value), value), "pk", value) for key, value in data.items()}
    seen = triage.snapshot(melding)
    with CaptureQueriesContext(connection) as asked:
        response = act(triager, melding, name, seen=seen, **data)
    assert (response.status_code, response.get("Location")) == (302, address)
    assert Melding.objects.get(pk=melding.pk).state == state
    assert len(asked) <= most + 1  # the last one asks whether it can be undone


@pytest.mark.parametrize(
    ("name", "data"), [("answer", {"text": "Ja."}), ("close", {"outcome": "solved"}), ("take", {})]
)
def test_public_changes_make_a_mail_due(
    triager: Client,
    melding: Melding,
    name: str,
    data: dict[str, str],
    published: list[Any],
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    before = Delivery.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        act(triager, melding, name, **data)
    assert Delivery.objects.count() == before + 1
    assert published[-1][0] == "deliver"


def test_a_closed_melding_can_be_opened_again(triager: Client, town: Town, melding: Melding) -> None:
    triage.close(case_of(town, melding), workflow.SOLVED)
    act(triager, melding, "reopen", text="Toch niet.")
    assert Melding.objects.get(pk=melding.pk).state == workflow.REOPENED


def test_a_refused_action_says_why_and_keeps_what_was_typed(triager: Client, town: Town, melding: Melding) -> None:
    response = act(triager, melding, "close", outcome="declined", text="  ")
    assert response.status_code == 200
    assert response.context["busy"].errors["text"]
    response = act(triager, melding, "close", outcome="nonsense", text="Lang verhaal")
    assert "Lang verhaal" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "data", "target"),
    [
        ("close", {"outcome": "declined", "text": ""}, "close_text"),
        ("close", {"text": "Gedaan."}, "close_outcome"),
        ("assign", {}, "assign_team"),
        ("take", {"seen": "anders"}, "actie-take"),
    ],
)
def test_the_box_of_a_refused_action_leads_to_what_is_wrong(
    triager: Client, melding: Melding, name: str, data: dict[str, str], target: str
) -> None:
    page = act(triager, melding, name, **data).text
    box = page[page.index('class="errornote"') : page.index('class="melding"')]
    assert f'<a href="#{target}">' in box
    assert f'id="{target}"' in page


def test_an_outcome_and_its_reason_are_one_choice_and_stand_in_the_history(triager: Client, melding: Melding) -> None:
    assert act(triager, melding, "close", outcome="declined/private").status_code == 302
    page = triager.get(f"{LIST}{melding.pk}/change/").text
    assert "→ Niet in behandeling genomen, reden: Op privéterrein" in page
    again = act(triager, melding, "close", outcome="solved/private")
    assert again.context["busy"].errors["outcome"]


def test_a_colleague_who_was_slower_hears_so_and_loses_nothing(triager: Client, town: Town, melding: Melding) -> None:
    seen = triage.snapshot(Melding.objects.get(pk=melding.pk))
    triage.take(case_of(town, melding))
    slow = act(triager, melding, "close", outcome="solved", text="Lang verhaal", seen=seen)
    page = slow.content.decode()
    assert slow.status_code == 200
    assert "intussen" in page or "in the meantime" in page
    assert "Lang verhaal" in page
    again = slow.context["busy"]["seen"].value()
    assert act(triager, melding, "close", outcome="solved", text="Lang verhaal", seen=again).status_code == 302


def test_an_action_needs_to_say_what_was_seen(triager: Client, melding: Melding) -> None:
    assert act(triager, melding, "take", seen="").status_code == 200


def test_nobody_acts_by_a_link(triager: Client, melding: Melding, address: str) -> None:
    assert triager.get(f"{LIST}{melding.pk}/take/doen/")["Location"] == address
    assert triager.post(f"{LIST}{melding.pk}/verzin/doen/").status_code == 404
