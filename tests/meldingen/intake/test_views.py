"""The form as a browser without JavaScript does it: each POST carries everything."""

import time
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import connection, connections
from django.test import Client
from pytest_django import DjangoAssertNumQueries as NumQueries
from pytest_django import DjangoCaptureOnCommitCallbacks as OnCommit
from pytest_django import Settings

from meldingen.languages import Texts
from meldingen.notifications.models import Delivery
from meldingen.places.geo import to_door
from meldingen.record import events
from meldingen.record.models import Melding, Reporter
from meldingen.routing import prediction
from tests.factories import CategoryFactory, Town
from tests.learned import CONTAINER, learn
from tests.sure import sure


def fields_of(response: Any) -> dict[str, str]:
    """What a browser would send back: the fields of the form as they stand in the page."""
    form: Any = BeautifulSoup(response.content, "html.parser").find(id="melding")
    sent: dict[str, str] = {i["name"]: i.get("value", "") for i in form.find_all("input") if i["type"] != "radio"}
    sent |= {i["name"]: i["value"] for i in form.find_all("input", type="radio", checked=True)}
    sent |= {area["name"]: area.text.removeprefix("\n") for area in form.find_all("textarea")}
    for select in form.find_all("select"):
        chosen = select.find("option", selected=True) or select.find("option")
        sent[select["name"]] = chosen["value"]
    return sent


def saw(melding: Melding) -> Any:
    received: Any = events.of(sure(melding.events.first()))
    return received.saw


def errors_of(response: Any) -> str:
    summary = BeautifulSoup(response.content, "html.parser").find(id="fouten")
    return summary.get_text(" ", strip=True) if summary else ""


def send(client: Client, response: Any, **typed: str) -> Any:
    return client.post("/melden/", fields_of(response) | {"go": "next"} | typed)


def test_a_resident_walks_from_what_to_thanks(resident: Client, town: Town) -> None:
    page = send(resident, resident.get("/melden/"), text="Lamp kapot 🔦")
    page = send(resident, page, category="container-vol")
    page = send(resident, page, buurt=town.east.code, place_text="Bij de brug")
    assert "Lamp kapot 🔦" in page.content.decode()
    response = send(resident, page, email="sam@example.org")
    melding = Melding.objects.get()
    assert response["Location"] == f"/melden/bedankt/{melding.follow_token}"
    assert (melding.text, melding.category, melding.category_by) == ("Lamp kapot 🔦", town.container, "resident")
    assert (melding.buurt, melding.place_source, melding.place_text) == (town.east, "address", "Bij de brug")
    assert Reporter.objects.get().email == "sam@example.org"
    assert Delivery.objects.get().event.melding == melding


def test_nothing_that_was_typed_is_kept_in_a_cookie_or_an_address(resident: Client, typed: dict[str, str]) -> None:
    response = resident.post("/melden/", typed)
    assert set(resident.cookies) <= {"csrftoken"}
    assert "sam" not in response["Location"]


def test_going_back_keeps_what_was_typed_on_every_step(resident: Client, town: Town, typed: dict[str, str]) -> None:
    page = resident.post("/melden/", typed | {"step": "where", "go": "what", "email": "half een adres"})
    assert errors_of(page) == ""
    assert fields_of(page)["text"] == typed["text"]
    assert fields_of(page)["email"] == "half een adres"


def test_nobody_skips_a_step(resident: Client, typed: dict[str, str]) -> None:
    page = resident.post("/melden/", {"step": "what", "go": "check", "text": ""})
    assert fields_of(page)["step"] == "what"


@pytest.mark.parametrize("text", ["", "   \n "])
def test_an_empty_text_gets_a_clear_word(resident: Client, typed: dict[str, str], text: str) -> None:
    page = resident.post("/melden/", typed | {"text": text})
    assert fields_of(page)["step"] == "what"
    assert errors_of(page)
    assert not Melding.objects.exists()


def test_a_text_of_100_kb_is_kept_and_the_limit_said(resident: Client, typed: dict[str, str]) -> None:
    page = resident.post("/melden/", typed | {"text": "é" * 50_000})
    assert fields_of(page)["text"] == "é" * 50_000
    assert "5000" in errors_of(page)
    assert fields_of(page)["email"] == typed["email"]


@pytest.mark.parametrize(
    ("text", "stored"),
    [("a\x07b", "ab"), ("שלום עולם", "שלום עולם"), ("<script>x</script>", "<script>x</script>"), ("a\r\nb", "a\nb")],
)
def test_strange_text_is_stored_as_meant(resident: Client, typed: dict[str, str], text: str, stored: str) -> None:
    assert resident.post("/melden/", typed | {"text": text}).status_code == 302
    assert Melding.objects.get().text == stored


def test_markup_in_a_text_is_shown_as_text(resident: Client, typed: dict[str, str]) -> None:
    page = resident.post("/melden/", typed | {"step": "where", "text": "<script>x</script>"})
    assert b"<script>x" not in page.content


def test_a_pin_decides_the_buurt(resident: Client, town: Town, typed: dict[str, str]) -> None:
    longitude, latitude = to_door(town.point())
    resident.post(
        "/melden/", typed | {"buurt": "", "latitude": str(latitude), "longitude": f"{longitude}".replace(".", ",")}
    )
    melding = Melding.objects.get()
    assert (melding.buurt, melding.place_source) == (town.west, "pin")
    assert sure(melding.point).distance(town.point()) < 0.01


@pytest.mark.parametrize(("latitude", "longitude"), [("53.2", "6.5"), ("91", "4"), ("0", "0"), ("-90", "180")])
def test_a_pin_outside_is_refused_and_everything_kept(
    resident: Client, typed: dict[str, str], latitude: str, longitude: str
) -> None:
    page = resident.post("/melden/", typed | {"buurt": "", "latitude": latitude, "longitude": longitude})
    kept = fields_of(page)
    assert (kept["step"], kept["latitude"], kept["email"]) == ("where", latitude, typed["email"])
    assert errors_of(page)
    assert not Melding.objects.exists()


def test_who_put_a_pin_outside_and_chooses_a_buurt_goes_on_and_the_pin_is_forgotten(
    resident: Client, town: Town, typed: dict[str, str]
) -> None:
    page = resident.post("/melden/", typed | {"step": "where", "latitude": "53.2", "longitude": "6.5"})
    kept = fields_of(page)
    assert (kept["step"], kept["buurt"], kept["latitude"], kept["longitude"]) == ("check", town.west.code, "", "")
    assert send(resident, page).status_code == 302
    assert (Melding.objects.get().buurt, Melding.objects.get().place_source) == (town.west, "buurt")


def test_a_pin_outside_with_an_unknown_buurt_is_refused(resident: Client, typed: dict[str, str]) -> None:
    page = resident.post("/melden/", typed | {"buurt": "BU99999999", "latitude": "53.2", "longitude": "6.5"})
    assert fields_of(page)["step"] == "where"
    assert errors_of(page)


@pytest.mark.parametrize("latitude", ["nan", "inf", "1e999", "vijf", "9" * 400])
def test_half_or_strange_coordinates_get_a_word(resident: Client, typed: dict[str, str], latitude: str) -> None:
    page = resident.post("/melden/", typed | {"latitude": latitude, "longitude": "4.1"})
    assert fields_of(page)["step"] == "where"
    assert errors_of(page)


@pytest.mark.parametrize("buurt", ["", "BU99999999", "';--"])
def test_without_a_pin_a_known_buurt_is_needed(resident: Client, typed: dict[str, str], buurt: str) -> None:
    page = resident.post("/melden/", typed | {"buurt": buurt})
    assert fields_of(page)["step"] == "where"
    assert errors_of(page)


def test_a_buurt_of_the_neighbour_is_refused(resident: Client, neighbour: Town, typed: dict[str, str]) -> None:
    page = resident.post("/melden/", typed | {"buurt": neighbour.west.code})
    assert fields_of(page)["step"] == "where"


@pytest.mark.parametrize("slug", ["bestaat-niet", "van-de-buren", "afval", "a b", "x" * 500])
def test_a_category_that_residents_here_cannot_choose_is_refused(
    resident: Client, neighbour: Town, typed: dict[str, str], slug: str
) -> None:
    CategoryFactory.create(municipality=neighbour.municipality, slug="van-de-buren", parent=neighbour.waste)
    page = resident.post("/melden/", typed | {"category": slug})
    assert fields_of(page)["step"] == "subject"
    assert errors_of(page)


def test_sending_twice_makes_one_melding(resident: Client, typed: dict[str, str]) -> None:
    first, second = resident.post("/melden/", typed), resident.post("/melden/", typed)
    assert first["Location"] == second["Location"]
    assert Melding.objects.count() == Reporter.objects.count() == Delivery.objects.count() == 1


def test_who_goes_back_after_sending_and_changes_the_text_sends_another(
    resident: Client, typed: dict[str, str]
) -> None:
    resident.post("/melden/", typed)
    changed = typed | {"text": "Het is de papiercontainer."}
    first, second = resident.post("/melden/", changed), resident.post("/melden/", changed)
    assert first["Location"] == second["Location"]
    assert set(Melding.objects.values_list("text", flat=True)) == {typed["text"], changed["text"]}


def test_what_was_forgotten_since_is_sent_as_new(resident: Client, typed: dict[str, str]) -> None:
    for _number in range(3):
        assert resident.post("/melden/", typed).status_code == 302
        Melding.objects.update(submission_fingerprint="")
    assert Melding.objects.count() == 3


def test_a_broken_key_does_not_stop_a_melding(resident: Client, typed: dict[str, str]) -> None:
    assert resident.post("/melden/", typed | {"submission_key": "\x07nee"}).status_code == 302


def test_nobody_has_to_say_who_they_are(resident: Client, typed: dict[str, str]) -> None:
    resident.post("/melden/", typed | {"name": "", "email": ""})
    assert Melding.objects.count() == 1
    assert not Reporter.objects.exists()


def test_the_last_post_needs_few_queries(
    resident: Client, town: Town, typed: dict[str, str], django_assert_max_num_queries: NumQueries
) -> None:
    with django_assert_max_num_queries(14):
        assert resident.post("/melden/", typed | {"category": town.dumping.slug}).status_code == 302


def test_a_lost_broker_costs_the_resident_nothing(
    resident: Client, typed: dict[str, str], django_capture_on_commit_callbacks: OnCommit
) -> None:
    start = time.monotonic()
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        assert resident.post("/melden/", typed).status_code == 302
    assert len(callbacks) == 2
    assert time.monotonic() - start < 2
    assert Melding.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_lost_database_is_a_503_that_says_what_to_do(resident: Client, typed: dict[str, str]) -> None:
    there = connection.settings_dict["PORT"]
    connections["default"].close()
    connection.settings_dict["PORT"] = "1"
    resident.raise_request_exception = False
    try:
        response = resident.post("/melden/", typed)
    finally:
        connection.settings_dict["PORT"] = there
        connections["default"].close()
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert not Melding.objects.exists()


def test_who_is_a_colleague_elsewhere_on_the_site_is_a_resident_here(town: Town, typed: dict[str, str]) -> None:
    client = Client(headers={"host": town.host})
    client.force_login(town.member())
    client.post("/melden/", typed | {"channel": "phone", "reporter_language": "en"})
    melding = Melding.objects.get()
    assert (melding.source, melding.entered_by, melding.reporter.language) == ("web", None, "nl")


def test_each_error_leads_to_its_field_in_the_order_of_the_page(resident: Client, typed: dict[str, str]) -> None:
    wrong = {"email": "nee", "name": "x" * 101, "phone": "1" * 31}
    page = BeautifulSoup(resident.post("/melden/", typed | wrong).content, "html.parser")
    named = [str(link["href"]) for link in page.select("#fouten a")]
    assert named == ["#id_email", "#id_name", "#id_phone"]
    assert [f"#{found['id']}" for found in page.select(", ".join(named))] == named
    assert all(found.name == "input" or found["tabindex"] == "-1" for found in page.select(", ".join(named)))


def test_the_errors_of_a_place_stand_in_the_order_of_the_page(resident: Client, typed: dict[str, str]) -> None:
    wrong = {"step": "where", "buurt": "a b", "place_text": "x" * 201, "latitude": "nee", "longitude": "nee"}
    page = BeautifulSoup(resident.post("/melden/", typed | wrong).content, "html.parser")
    named = [str(link["href"]) for link in page.select("#fouten a")]
    assert [f"#{found['id']}" for found in page.select(", ".join(named))] == named


def test_changing_the_language_keeps_everything(resident: Client, typed: dict[str, str]) -> None:
    page = resident.post("/melden/", typed | {"step": "where", "language": "en"})
    assert 'lang="en"' in page.content.decode()
    assert fields_of(page)["text"] == typed["text"]
    assert resident.get("/melden/").content.decode().count("What is the matter?") > 0


def test_the_language_is_kept_in_a_cookie_for_https_alone(
    resident: Client, typed: dict[str, str], settings: Settings
) -> None:
    settings.LANGUAGE_COOKIE_SECURE = True
    for response in (
        resident.post("/melden/", typed | {"step": "where", "language": "en"}),
        resident.post("/taal/", {"language": "en"}),
    ):
        assert response.cookies[settings.LANGUAGE_COOKIE_NAME]["secure"]


def test_it_says_how_long_contact_details_are_kept(resident: Client, town: Town, typed: dict[str, str]) -> None:
    town.municipality.retention_days = 77
    town.municipality.save()
    assert "77 dagen" in resident.post("/melden/", typed | {"step": "where"}).content.decode()


def test_the_check_page_can_change_language_too(resident: Client, typed: dict[str, str]) -> None:
    page = resident.post("/melden/", typed | {"language": "en"})
    assert "Send the report" in page.content.decode()


def test_the_model_suggests_with_guidance_and_nobody_has_to_choose(
    resident: Client, town: Town, typed: dict[str, str]
) -> None:
    prediction.forget_models()
    learn(town)
    town.container.guidance_texts = Texts(nl="Schrijf het nummer van de container op.")
    town.container.save()
    page = resident.post("/melden/", typed | {"step": "what", "text": CONTAINER})
    soup = BeautifulSoup(page.content, "html.parser")
    offered = [button["value"] for button in soup.select("#id_category > .offers button")]
    assert offered[0] == town.container.slug
    assert len(offered) <= 3
    assert soup.select(".action-bar button")[0].attrs.items() >= {"name": "category", "value": ""}.items()
    assert fields_of(page)["category"] == ""
    page = send(resident, page, category=offered[0])
    assert fields_of(page)["category"] == town.container.slug
    assert "Schrijf het nummer" in page.text


def test_what_the_page_suggested_is_kept_and_what_somebody_made_of_it_is_unknown(
    resident: Client, town: Town, typed: dict[str, str]
) -> None:
    prediction.forget_models()
    learn(town)
    page = resident.post("/melden/", typed | {"step": "what", "text": CONTAINER})
    buttons = BeautifulSoup(page.content, "html.parser").select("#id_category > .offers button")
    shown = [button["value"] for button in buttons]
    page = send(resident, page)
    for form in (fields_of(page), fields_of(page) | {"seal": "W10:x", "submission_key": ""}):
        assert resident.post("/melden/", form | {"step": "check", "buurt": town.west.code}).status_code == 302
    kept, unknown = (saw(melding) for melding in Melding.objects.order_by("pk"))
    assert ([label.partition("|")[2] for label in kept], unknown) == (shown, None)


def test_a_broken_model_costs_nobody_their_melding(resident: Client, town: Town, typed: dict[str, str]) -> None:
    prediction.forget_models()
    (settings.MODELS_DIR / learn(town).file).write_bytes(b"kapot")
    page = resident.post("/melden/", typed | {"step": "what", "text": CONTAINER})
    assert "Afval" in page.text
    assert resident.post("/melden/", typed | {"text": CONTAINER}).status_code == 302
