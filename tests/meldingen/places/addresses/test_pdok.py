import logging
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.gis.geos import Point

from meldingen.places.addresses.breaker import Failed
from meldingen.places.addresses.finding import MOST, Unanswered
from meldingen.places.addresses.pdok import PdokAddresses
from tests.factories import Town
from tests.locatieserver import Locatieserver, address, street

HERE, FAR = Point(85500, 436500, srid=28992), Point(120000, 487000, srid=28992)


@pytest.fixture
def addresses(pdok: Locatieserver, town: Town) -> PdokAddresses:
    return PdokAddresses(town.municipality)


def test_it_suggests_addresses_and_streets_in_its_own_order(pdok: Locatieserver, addresses: PdokAddresses) -> None:
    pdok.docs = [street("Dorpsstraat", HERE), address("Dorpsstraat", 12, HERE, huisletter="A")]
    found = addresses.suggest("dorpsst")
    assert [(each.text, each.is_whole) for each in found] == [
        ("Dorpsstraat, Stad", False), ("Dorpsstraat 12A, 3111 AB Stad", True),
    ]  # fmt: skip
    assert found[1].point == HERE


def test_it_is_asked_for_this_municipality_alone(pdok: Locatieserver, addresses: PdokAddresses) -> None:
    addresses.suggest("dorpsst")
    ((question, values),) = pdok.asked
    code = addresses.municipality.code.removeprefix("GM")
    assert (question, values["q"], values["rows"]) == ("suggest", ["dorpsst"], [str(MOST)])
    assert values["fq"] == ["bron:BAG", "type:(adres OR weg)", f"gemeentecode:{code}"]


def test_only_what_the_text_spells_is_found(pdok: Locatieserver, addresses: PdokAddresses) -> None:
    pdok.docs = [
        address("Dorpsstraat", 12, HERE), address("Dorpsstraat", 12, HERE, huisnummertoevoeging="2"),
        address("Dorpsstraat", 12, HERE, "Veen", postcode="3222CD"), address("Dorpsweg", 12, HERE),
    ]  # fmt: skip
    said = {text: [each.text for each in addresses.find(text)] for text in ("dorpsstraat 12", "3222 CD 12", "Weg 12")}
    assert said["dorpsstraat 12"] == ["Dorpsstraat 12, 3111 AB Stad", "Dorpsstraat 12, 3222 CD Veen"]
    assert (said["3222 CD 12"], said["Weg 12"]) == (["Dorpsstraat 12, 3222 CD Veen"], [])


def test_what_it_suggests_is_found_again(pdok: Locatieserver, addresses: PdokAddresses) -> None:
    pdok.docs = [address("'s-Gravenweg", 3, HERE, "Oud Stad", huisletter="b", huisnummertoevoeging="1")]
    given = addresses.suggest("gravenw")[0]
    assert list(addresses.find(given.text)) == [given]


def test_words_without_a_number_are_not_sent_to_find_them(pdok: Locatieserver, addresses: PdokAddresses) -> None:
    assert list(addresses.find("achter de school, bij mevrouw Jansen")) == []
    assert pdok.asked == []


def test_a_point_has_the_nearest_address_of_the_town(pdok: Locatieserver, addresses: PdokAddresses) -> None:
    pdok.docs = [address("Kerkweg", 1, Point(85540, 436500)), address("Kerkweg", 3, Point(85520, 436500))]
    found = addresses.reverse(Point(85500.4, 436500.4, srid=28992))
    assert found is not None
    assert found.line == "Kerkweg 3"
    assert pdok.asked[0][1]["X"] == ["85500"]
    pdok.docs = [address("Kerkweg", 5, Point(85600, 436700))]
    assert addresses.reverse(Point(85600, 436770, srid=28992)) is None


def test_an_address_across_the_border_is_none_of_ours(pdok: Locatieserver, addresses: PdokAddresses) -> None:
    beside = Point(84990, 436500, srid=28992)
    pdok.docs = [address("Overkant", 1, beside)]
    assert addresses.reverse(Point(85010, 436500, srid=28992)) is None
    assert not addresses.is_away()
    pdok.docs.append(address("Kerkweg", 1, HERE))
    assert [each.line for each in addresses.suggest("weg")] == ["Kerkweg 1"]


@pytest.mark.parametrize("text", ["*:*", '"', "(((", "   ", "!", "--", "/.*/"])
def test_signs_of_the_search_engine_are_not_sent(pdok: Locatieserver, addresses: PdokAddresses, text: str) -> None:
    addresses.suggest(f"{text}")
    addresses.suggest(f"kerkweg {text} 1")
    assert {values["q"][0] for _question, values in pdok.asked} <= {"kerkweg 1", "kerkweg . 1", "."}


def test_the_same_is_asked_once(pdok: Locatieserver, addresses: PdokAddresses) -> None:
    pdok.docs = [address("Kerkweg", 1, HERE)]
    assert addresses.find("Kerkweg 1") == addresses.find("Kerkweg 1")
    assert len(pdok.asked) == 1


NONSENSE = {
    "a page": b"<h1>Onderhoud</h1>", "half": b'{"response": {"docs": [', "no docs": b'{"response": {}}',
    "a list": b"[]", "words": b'{"response": {"docs": "x"}}', "none": b'{"response": {"docs": [null]}}',
    "deep": b"[" * 50_000, "large": b" " * 300_000, "bytes": b"\xff\xfe\x00", "nothing": b"",
}  # fmt: skip


@pytest.mark.parametrize("body", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_no_answer(pdok: Locatieserver, addresses: PdokAddresses, body: bytes) -> None:
    pdok.body = body
    with pytest.raises(Failed):
        addresses.suggest("kerkweg")
    assert addresses.is_away()


@pytest.mark.parametrize(
    "broken",
    [
        {"centroide_rd": "POINT(nan nan)"}, {"centroide_rd": "POLYGON((0 0))"}, {"huisnummer": "12"},
        {"huisnummer": -1}, {"huisnummer": True}, {"straatnaam": "x" * 500}, {"straatnaam": ["x"]},
        {"woonplaatsnaam": "a\x07"}, {"postcode": "<b>"}, {"type": "perceel"},
        {"centroide_rd": f"POINT({FAR.x} {FAR.y})"},
    ],
)  # fmt: skip
def test_a_document_that_is_no_address_of_ours_is_no_answer(
    pdok: Locatieserver, addresses: PdokAddresses, broken: dict[str, object]
) -> None:
    pdok.docs = [address("Kerkweg", 1, HERE) | broken]
    with pytest.raises(Failed):
        addresses.suggest("kerkweg")


@pytest.fixture
def behaving(pdok: Locatieserver, settings: Any) -> Callable[[str], None]:
    def make(how: str) -> None:
        pdok.seconds = 3.0 if how == "slow" else 0.0
        pdok.kind = "text/html" if how == "a page" else "application/json"
        pdok.status = {"moved": 301, "broken": 502, "too many": 429}.get(how, 200)
        if how == "away":
            settings.LOCATIESERVER_URL = "http://127.0.0.1:9/v3_1"
        if how == "no such host":
            settings.LOCATIESERVER_URL = "http://locatieserver.invalid/v3_1"

    return make


@pytest.mark.parametrize("how", ["slow", "a page", "moved", "broken", "too many", "away", "no such host"])
def test_no_question_takes_longer_than_a_visitor_waits(
    behaving: Callable[[str], None], town: Town, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    behaving(how)
    begun = time.monotonic()
    with pytest.raises(Failed) as failed:
        PdokAddresses(town.municipality).suggest("geheime laan")
    assert time.monotonic() - begun < 2
    assert "geheime" not in f"{caplog.text} {failed.value!r} {failed.value.__cause__!r}"


def test_a_text_that_it_refuses_says_nothing_about_the_next(pdok: Locatieserver, addresses: PdokAddresses) -> None:
    pdok.status = 400
    for text in ("a b", "c d", "e f", "g h"):
        with pytest.raises(Unanswered):
            addresses.suggest(text)
    assert len(pdok.asked) == 4
    assert not addresses.is_away()
