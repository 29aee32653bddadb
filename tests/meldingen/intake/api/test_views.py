import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from rest_framework.serializers import Serializer

from meldingen.intake.api.serializers import MeldingSerializer, ReporterSerializer
from meldingen.languages import Texts
from meldingen.places.geo import to_door
from meldingen.places.models import Asset, AssetKind
from meldingen.record.models import Melding
from tests.factories import CategoryFactory, Town
from tests.problems import places_of, words_of

ADDRESS = "/api/v1/meldingen"


@pytest.fixture
def body(town: Town) -> dict[str, Any]:
    return {"text": "Lamp kapot", "place": {"buurt": town.west.code}, "submission_key": str(uuid.uuid4())}


def post(client: Client, body: Any, language: str = "nl") -> Any:
    return client.post(ADDRESS, body, content_type="application/json", headers={"accept-language": language})


def fields_of(answer: str) -> list[str]:
    """The fields of the body that are wrong, without what is in them."""
    return list(dict.fromkeys(place.split("/")[1] for place in places_of(answer)))


def test_it_stores_a_melding_and_says_how_to_follow_it(resident: Client, town: Town, body: dict[str, Any]) -> None:
    longitude, latitude = to_door(town.point())
    body["place"] = {"longitude": longitude, "latitude": latitude, "address": "Bij de brug"}
    body["reporter"] = {"email": "sam@example.org", "language": "en"}
    response = post(resident, body)
    melding = Melding.objects.get()
    assert response.status_code == 201
    expected = {"reference": melding.reference, "follow_url": f"http://{town.host}/volg/{melding.follow_token}"}
    assert response.json() == expected | {"danger": "", "call": []}
    assert (melding.source, melding.buurt, melding.place_source) == ("api", town.west, "pin")
    assert melding.reporter.language == "en"


@pytest.mark.parametrize(
    ("text", "danger", "call"),
    [
        ("Er is brand bij de school", "life", ["112"]),
        ("Het ruikt naar gas", "gas", ["112", "0800-9009"]),
        ("Het putdeksel is weg", "hazard", ["14 0123"]),
    ],
)
def test_whoever_reports_a_danger_hears_whom_to_call(
    resident: Client, town: Town, body: dict[str, Any], text: str, danger: str, call: list[str]
) -> None:
    town.municipality.night_phone = "14 0123"
    town.municipality.save()
    answer = post(resident, body | {"text": text}).json()
    assert (answer["danger"], answer["call"]) == (danger, call)


def nulls_for(serializer: Serializer[Any]) -> dict[str, Any]:
    """Every field that need not be there, as null, also inside groups."""
    found: dict[str, Any] = {}
    for name, field in serializer.get_fields().items():
        if not field.required:
            found[name] = None
        elif isinstance(field, Serializer):
            found[name] = nulls_for(field)
    return found


def test_null_is_absent_wherever_a_field_need_not_be_there(resident: Client, body: dict[str, Any], town: Town) -> None:
    nulls = nulls_for(MeldingSerializer())
    assert {"reporter", "category", "submission_key", "place"} <= set(nulls)
    nulls["place"]["buurt"] = town.west.code
    assert post(resident, {"text": "Lamp kapot"} | nulls).status_code == 201
    nulls["reporter"] = nulls_for(ReporterSerializer())
    assert post(resident, {"text": "Bank kapot"} | nulls).status_code == 201


@pytest.mark.parametrize(("change", "field"), [({"text": None}, "text"), ({"place": None}, "place")])
def test_null_is_absent_also_where_a_field_is_needed(
    resident: Client, body: dict[str, Any], change: dict[str, None], field: str
) -> None:
    without = {name: value for name, value in body.items() if name != field}
    assert post(resident, body | change).json() == post(resident, without).json()


def test_a_text_is_stored_in_one_spelling(resident: Client, body: dict[str, Any]) -> None:
    body |= {"text": "Cafe\u0301 \u0132sbaan", "reporter": {"name": "Zoe\u0308", "email": "sam@example.org\u00a0"}}
    body["place"]["address"] = "Caf\u00e9\u00a012"
    assert post(resident, body).status_code == 201
    melding = Melding.objects.get()
    assert (melding.text, melding.place_text) == ("Café IJsbaan", "Café 12")
    assert (melding.reporter.name, melding.reporter.email) == ("Zoë", "sam@example.org")


def test_sending_again_changes_nothing(resident: Client, body: dict[str, Any]) -> None:
    assert post(resident, body).json() == post(resident, body).json()
    assert Melding.objects.count() == 1


@pytest.mark.parametrize("change", [{"text": "Iets anders"}, {"reporter": {"email": "ander@example.org"}}])
def test_the_key_of_somebody_else_gives_nothing_away(
    resident: Client, body: dict[str, Any], change: dict[str, dict[str, str] | str]
) -> None:
    follow = post(resident, body).json()["follow_url"]
    response = post(resident, body | change)
    assert (response.status_code, places_of(response)) == (409, ["#/submission_key"])
    assert follow not in response.content.decode()
    assert Melding.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "\x07 "}, "text"),
        ({"text": "x" * 5001}, "text"),
        ({"text": ["x"]}, "text"),
        ({"place": {}}, "place"),
        ({"place": {"latitude": 52}}, "place"),
        ({"place": {"latitude": 0, "longitude": 0}}, "place"),
        ({"place": {"latitude": "NaN", "longitude": 4}}, "place"),
        ({"place": {"buurt": "BU00000000"}}, "place"),
        ({"category": "bestaat-niet"}, "category"),
        ({"category": "\x07"}, "category"),
        ({"reporter": {"email": "nee"}}, "reporter"),
        ({"reporter": {"phone": "nul zes"}}, "reporter"),
        ({"reporter": {"email": f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.{'f' * 60}.nl"}}, "reporter"),
        ({"reporter": {"entered_by": 1, "language": "fr"}}, "reporter"),
        ({"submission_key": "1"}, "submission_key"),
    ],
)
def test_what_is_wrong_is_named(resident: Client, body: dict[str, Any], change: dict[str, Any], field: str) -> None:
    response = post(resident, body | change)
    assert response.status_code == 400
    assert fields_of(response) == [field]
    assert not Melding.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"text": ""}, "Vertel in woorden wat er is."),
        ({"text": None}, "Vertel in woorden wat er is."),
        ({"place": None}, "of de code van een buurt uit /api/v1/buurten."),
        ({"place": {"address": "Bij de brug"}}, "of de code van een buurt uit /api/v1/buurten."),
        ({"place": {"buurt": "BU00000000"}}, "Kies een code uit /api/v1/buurten."),
        ({"place": {"buurt": "x x"}}, "Kies een code uit /api/v1/buurten."),
        ({"category": "bestaat-niet"}, "Kies een slug uit /api/v1/categorieen, of laat dit weg."),
        ({"reporter": {"language": "fr"}}, "Kies een van deze: nl, en."),
    ],
)
def test_what_is_wrong_is_told_what_to_send(
    resident: Client, body: dict[str, Any], change: dict[str, Any], words: str
) -> None:
    (said,) = words_of(post(resident, body | change))
    assert said.endswith(words)


@pytest.mark.parametrize("wrong", [{}, {"text": "", "place": {}}, {"text": " ", "place": {"buurt": ""}}])
def test_all_that_is_missing_is_said_at_once(resident: Client, wrong: dict[str, dict[str, str] | str]) -> None:
    answer = post(resident, wrong)
    assert fields_of(answer) == ["text", "place"]
    assert all("/api/v1/buurten" in word for word in words_of(answer)[1:])


@pytest.mark.parametrize("raw", ["", "[]", "{", '"x"', "null", '{"text": "\\ud800"}'])
def test_a_broken_body_is_a_400(resident: Client, raw: str) -> None:
    assert post(resident, raw).status_code == 400


@pytest.mark.parametrize(
    "change",
    [
        {"text": ["x"]}, {"text": None}, {"place": "x"}, {"place": {"buurt": []}}, {"place": {"buurt": "x x"}},
        {"place": {"latitude": "x", "longitude": 181}}, {"place": {"address": []}}, {"category": {}},
        {"category": "x" * 81}, {"reporter": []}, {"reporter": {"name": 1.5, "phone": {}}},
        {"reporter": {"name": [], "email": []}}, {"reporter": {"email": "x", "language": []}},
        {"submission_key": "1"}, {"submission_key": []},
    ],
)  # fmt: skip
def test_a_word_about_a_wrong_value_is_dutch_for_who_reads_dutch(
    resident: Client, body: dict[str, Any], change: dict[str, Any]
) -> None:
    dutch, english = (words_of(post(resident, body | change, language)) for language in ("nl", "en"))
    assert dutch
    assert not set(dutch) & set(english)


@pytest.mark.parametrize("raw", ["", "[]", "{", "null", '{"text": NaN}', b"\xff", "[" * 100_000])
@pytest.mark.parametrize("kind", ["application/json", "application/json; charset=hex"])
def test_a_word_about_a_broken_body_is_dutch_for_who_reads_dutch(resident: Client, raw: bytes | str, kind: str) -> None:
    answers = [
        resident.generic("POST", ADDRESS, raw, kind, headers={"accept-language": language}) for language in ("nl", "en")
    ]
    dutch, english = (words_of(answer) for answer in answers)
    assert answers[0].status_code == 400
    assert dutch
    assert not set(dutch) & set(english)


def test_a_broken_body_hears_where_it_is_broken(resident: Client) -> None:
    assert "regel 2, teken 9" in post(resident, '{\n"text": }').json()["detail"]


def test_an_address_loses_what_the_database_cannot_hold(resident: Client, body: dict[str, Any]) -> None:
    post(resident, body | {"reporter": {"email": "sam@ex\ud800ample.org\x07"}})
    assert Melding.objects.get().reporter.email == "sam@example.org"


@pytest.mark.parametrize(
    "email", ["a@[127.0.0.1]", "a@10.0.0.10", "a@localhost", "a@mailserver", "a@pc.local", "ö@b.nl"]
)
def test_an_address_that_we_cannot_write_to_is_refused_with_words(
    resident: Client, body: dict[str, Any], email: str
) -> None:
    answer = post(resident, body | {"reporter": {"email": email}})
    assert answer.status_code == 400
    (words,) = words_of(answer)
    assert places_of(answer) == ["#/reporter/email"]
    assert "geen mail sturen" in words
    assert "geen e-mailadres" not in words


def test_nobody_sets_what_is_not_theirs(resident: Client, town: Town, body: dict[str, Any]) -> None:
    post(resident, body | {"state": "solved", "source": "phone", "municipality": 1, "reference": "AAAAAAAA"})
    melding = Melding.objects.get()
    assert (melding.state, melding.source, melding.municipality) == ("new", "api", town.municipality)


def test_the_lists_hold_what_this_municipality_has(resident: Client, town: Town, neighbour: Town) -> None:
    CategoryFactory.create(municipality=town.municipality, slug="oud", parent=town.waste, is_active=False)
    CategoryFactory.create(municipality=neighbour.municipality, slug="van-de-buren", parent=neighbour.waste)
    (main,) = resident.get("/api/v1/categorieen").json()["categories"]
    assert main["slug"] == "afval"
    assert [category["slug"] for category in main["categories"]] == ["container-vol", "dumping"]
    buurten = resident.get("/api/v1/buurten").json()["buurten"]
    assert {buurt["code"] for buurt in buurten} == {town.west.code, town.east.code}


def test_meldingen_cannot_be_read(resident: Client, town: Town) -> None:
    town.melding()
    assert resident.get(ADDRESS).status_code == 405


def test_a_buurt_of_the_neighbour_is_unknown_here(neighbour: Town, body: dict[str, Any]) -> None:
    assert post(Client(headers={"host": neighbour.host}), body).status_code == 400


def test_too_much_from_one_network_hears_when_to_come_back(
    resident: Client, town: Town, neighbour: Town, body: dict[str, Any], limited: Callable[..., Any]
) -> None:
    limited(api="2/hour")
    answers = [post(resident, body | {"submission_key": str(uuid.uuid4())}, language) for language in ("nl", "en") * 2]
    assert [answer.status_code for answer in answers] == [201, 201, 429, 429]
    dutch, english = (answer.json()["detail"] for answer in answers[2:])
    wait = int(answers[3]["Retry-After"])
    assert 0 < wait <= 7200
    assert f"{wait} seconds" in english
    assert "seconden" in dutch
    assert Melding.objects.count() == 2
    assert resident.get("/api/v1/buurten").status_code == 200
    elsewhere = Client(headers={"host": town.host}, REMOTE_ADDR="192.0.2.9")
    assert post(elsewhere, body).status_code == 201


def test_what_the_api_takes_in_is_not_suspect(
    resident: Client, body: dict[str, Any], limited: Callable[..., Any]
) -> None:
    limited(api="9/hour", form="1/hour")
    for _number in range(3):
        post(resident, body | {"submission_key": str(uuid.uuid4())})
    assert not Melding.objects.filter(is_suspect=True).exists()


def test_an_address_that_is_the_number_of_two_objects_leaves_the_buurt_that_was_said(
    resident: Client, town: Town, body: dict[str, Any]
) -> None:
    own, name = {"municipality": town.municipality}, Texts(nl="Lamp")
    for slug in ("lamp", "bak"):
        kind = AssetKind.objects.create(**own, slug=slug, name_texts=name, plural_texts=name, asked_by=["afval"])
        Asset.objects.create(**own, kind=kind, number="12", buurt=town.east, point=town.point())
    answer = post(resident, body | {"category": "container-vol", "place": {"address": "12", "buurt": town.east.code}})
    melding = Melding.objects.of(town.municipality).get()
    assert (answer.status_code, melding.asset, melding.buurt) == (201, None, town.east)
