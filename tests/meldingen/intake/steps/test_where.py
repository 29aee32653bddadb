from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from meldingen.intake.step import Line, Visit
from meldingen.intake.steps.where import WHERE, WhereForm
from meldingen.intake.submission import Submission
from meldingen.languages import Texts
from meldingen.places.geo import to_door
from meldingen.places.models import Address, Area, Asset, AssetKind, Street
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from meldingen.tenancy.models import AddressSource
from tests.factories import Town
from tests.locatieserver import Locatieserver, address


@pytest.mark.parametrize("filled", ["latitude", "longitude"])
def test_half_a_pin_is_no_pin(filled: str) -> None:
    form = WhereForm({filled: "4"})
    assert not form.is_valid()
    assert filled not in form.errors


@pytest.mark.parametrize(("field", "example"), [("latitude", "52,37"), ("longitude", "4,89")])
def test_which_number_is_wrong_is_said_with_an_example(field: str, example: str) -> None:
    (words,) = WhereForm({"latitude": "52", "longitude": "5"} | {field: "hier"}).errors[field]
    assert example in words


def pinned(town: Town, buurt: Area) -> Visit:
    longitude, latitude = to_door(town.point())
    said = Submission(text="x", longitude=longitude, latitude=latitude, buurt_code=buurt.code)
    return Visit(municipality=town.municipality, sender=None, inputs={}, submission=said)


def test_a_pin_in_another_buurt_than_the_one_from_the_list_is_asked_about(town: Town) -> None:
    WHERE.check(pinned(town, town.west))
    with pytest.raises(Refused) as refused:
        WHERE.check(pinned(town, town.east))
    assert (refused.value.code, refused.value.field) == ("differs", "buurt_code")
    assert all(buurt.name in str(refused.value.message) for buurt in (town.west, town.east))


@pytest.mark.parametrize(
    ("field", "buurt", "without"), [("pin", "BU1", True), ("pin", "", False), ("buurt_code", "BU1", False)]
)
def test_a_pin_outside_is_forgotten_where_there_is_a_buurt(field: str, buurt: str, without: bool) -> None:
    mended = WHERE.mend(Refused("outside", "", field), Submission(text="x", buurt_code=buurt))
    assert mended == ({"latitude": "", "longitude": ""} if without else {})


def test_the_last_page_says_which_place_counts(town: Town) -> None:
    longitude, latitude = to_door(town.point())
    said = Submission(text="x", place_text="Bij de brug", longitude=longitude, latitude=latitude)
    row = WHERE.row(Visit(municipality=town.municipality, sender=None, inputs={}, submission=said))
    assert row is not None
    assert [line.look for line in row.lines] == ["typed", "", "hint"]
    assert row.lines[:2] == [Line("Bij de brug", "typed"), Line(town.west.name)]


@pytest.mark.parametrize(("precision", "words"), [(None, "met een speld op de kaart"), (4, "op 4 m nauwkeurig")])
def test_the_last_page_says_how_precise_the_pin_is(town: Town, precision: int | None, words: str) -> None:
    said = replace(pinned(town, town.west).submission, precision=precision)
    row = WHERE.row(Visit(municipality=town.municipality, sender=None, inputs={}, submission=said))
    assert row is not None
    assert words in row.lines[-1].text


@pytest.fixture
def addresses(town: Town) -> Callable[..., None]:
    """Addresses of a street, by place and number, fifty metres from one another."""

    def make(*numbers: int, place: str = "Stad", buurt: Area = town.west) -> None:
        own: dict[str, Any] = {"municipality": town.municipality}
        point = town.point() if buurt == town.west else buurt.geometry.centroid
        street = Street.objects.create(
            **own, name="Dorpsstraat", place=place, key="dorpsstraat", place_key=place.lower(), point=point
        )
        for number in numbers:
            Address.objects.create(**own, street=street, number=number, buurt=buurt, point=point)

    return make


def sent(resident: Client, typed: dict[str, str], **more: str) -> Any:
    return resident.post("/melden/", typed | {"buurt": "", "step": "where"} | more)


def test_an_address_that_is_typed_exactly_needs_no_buurt_and_is_stored(
    resident: Client, town: Town, typed: dict[str, str], addresses: Callable[..., None]
) -> None:
    addresses(12, 14)
    assert resident.post("/melden/", typed | {"buurt": "", "place_text": "dorpsstraat 12"}).status_code == 302
    melding = Melding.objects.of(town.municipality).get()
    assert (melding.address, melding.place_source, melding.buurt) == ("Dorpsstraat 12, Stad", "address", town.west)
    assert melding.point == town.point()


def test_what_may_be_several_addresses_is_asked_about_without_javascript(
    resident: Client, town: Town, typed: dict[str, str], addresses: Callable[..., None]
) -> None:
    addresses(12)
    addresses(12, place="Veen", buurt=town.east)
    page = sent(resident, typed, place_text="Dorpstraat 12").content.decode()
    assert 'value="Dorpsstraat 12, Stad"' in page
    assert 'value="Dorpsstraat 12, Veen"' in page
    chosen = {"buurt": "", "place_text": "Dorpstraat 12", "choice": "Dorpsstraat 12, Veen"}
    assert resident.post("/melden/", typed | chosen).status_code == 302
    assert Melding.objects.of(town.municipality).get().buurt == town.east


def test_who_says_none_of_these_chooses_a_buurt_and_keeps_the_words(
    resident: Client, town: Town, typed: dict[str, str], addresses: Callable[..., None]
) -> None:
    addresses(12)
    page = sent(resident, typed, place_text="Dorpstraat 12", choice="-").content.decode()
    assert "Dorpsstraat 12, Stad" not in page
    resident.post("/melden/", typed | {"place_text": "Dorpstraat bij 12", "choice": "-"})
    melding = Melding.objects.of(town.municipality).get()
    assert (melding.place_text, melding.address, melding.point) == ("Dorpstraat bij 12", "", None)


def test_a_pin_gets_the_address_that_is_nearest(
    resident: Client, town: Town, typed: dict[str, str], addresses: Callable[..., None]
) -> None:
    addresses(12)
    longitude, latitude = map(str, to_door(town.point()))
    resident.post("/melden/", typed | {"buurt": "", "longitude": longitude, "latitude": latitude})
    melding = Melding.objects.of(town.municipality).get()
    assert (melding.address, melding.place_source) == ("Dorpsstraat 12, Stad", "pin")


def test_the_number_of_an_object_says_where_it_is(
    resident: Client, town: Town, typed: dict[str, str], lamp: Asset
) -> None:
    subject = {"buurt": "", "category": "container-vol"}
    page = sent(resident, typed, **subject, asset="X-9").content.decode()
    assert 'id="id_asset_error"' in page
    assert resident.post("/melden/", typed | subject | {"asset": "l-12"}).status_code == 302
    melding = Melding.objects.of(town.municipality).get()
    assert (melding.asset, melding.place_source, melding.buurt) == (lamp, "object", town.east)


@pytest.mark.parametrize("words", ["l-12", "lichtmast L-12"])
def test_the_number_may_stand_in_the_field_of_the_place(
    resident: Client, town: Town, typed: dict[str, str], lamp: Asset, words: str
) -> None:
    said = {"buurt": "", "category": "container-vol", "place_text": words}
    assert resident.post("/melden/", typed | said).status_code == 302
    assert Melding.objects.of(town.municipality).get().asset == lamp


def test_a_number_in_words_moves_nothing_out_of_the_buurt_that_was_chosen(
    resident: Client, town: Town, typed: dict[str, str], lamp: Asset
) -> None:
    said = {"buurt": town.west.code, "category": "container-vol", "place_text": "L-12"}
    assert resident.post("/melden/", typed | said).status_code == 302
    melding = Melding.objects.of(town.municipality).get()
    assert (melding.asset, melding.buurt) == (None, town.west)


def test_a_number_that_two_kinds_share_is_asked_about(
    resident: Client, town: Town, typed: dict[str, str], lamp: Asset
) -> None:
    own, name = {"municipality": town.municipality}, Texts(nl="Prullenbak")
    kind = AssetKind.objects.create(**own, slug="bak", name_texts=name, plural_texts=name, asked_by=["afval"])
    Asset.objects.create(**own, kind=kind, number="l-12", buurt=town.west, point=town.point())
    subject = {"buurt": "", "category": "container-vol"}
    page = sent(resident, typed, **subject, asset="L-12").content.decode()
    assert "Lichtmast L-12" in page
    assert "Prullenbak l-12" in page
    assert not Melding.objects.exists()
    assert resident.post("/melden/", typed | subject | {"asset": "Lichtmast L-12"}).status_code == 302
    assert Melding.objects.of(town.municipality).get().asset == lamp


def test_the_number_is_asked_where_the_subject_has_objects(
    resident: Client, town: Town, typed: dict[str, str], lamp: Asset
) -> None:
    shown = [sent(resident, typed, category=slug).content.decode() for slug in ("container-vol", "")]
    assert ['id="id_asset"' in page for page in shown] == [True, False]


def test_without_pdok_the_page_is_the_same_but_for_one_line(
    resident: Client, town: Town, typed: dict[str, str], pdok: Locatieserver
) -> None:
    line = "Adressen zoeken kan nu niet. Zet de speld op de kaart, of beschrijf de plek en kies hieronder de buurt."

    def page(**more: str) -> str:
        shown = BeautifulSoup(sent(resident, typed, **more).content, "html.parser")
        return " ".join(shown.main.get_text(" ").split()) if shown.main else ""

    before = page()
    pdok.status = 502
    away = page(place_text="Dorpsstraat 12")
    assert line not in before
    assert line in away
    assert page().replace(line + " ", "") == before


def test_a_melding_with_a_buurt_comes_in_without_pdok(
    resident: Client, town: Town, typed: dict[str, str], pdok: Locatieserver
) -> None:
    pdok.status = 502
    said = {"place_text": "Dorpsstraat 12", "buurt": town.west.code}
    assert resident.post("/melden/", typed | said).status_code == 302
    melding = Melding.objects.of(town.municipality).get()
    assert (melding.place_text, melding.address, melding.buurt) == ("Dorpsstraat 12", "", town.west)


def test_an_address_that_pdok_knows_is_stored(
    resident: Client, town: Town, typed: dict[str, str], pdok: Locatieserver
) -> None:
    pdok.docs = [address("Dorpsstraat", 12, town.point())]
    assert resident.post("/melden/", typed | {"buurt": "", "place_text": "dorpsstraat 12"}).status_code == 302
    melding = Melding.objects.of(town.municipality).get()
    assert (melding.address, melding.point) == ("Dorpsstraat 12, 3111 AB Stad", town.point())


def test_a_pin_is_stored_with_its_precision_and_an_address_without(
    resident: Client, town: Town, typed: dict[str, str], addresses: Callable[..., None]
) -> None:
    addresses(12)
    longitude, latitude = map(str, to_door(town.point()))
    pin = {"buurt": "", "longitude": longitude, "latitude": latitude, "precision": "4"}
    resident.post("/melden/", typed | pin)
    resident.post("/melden/", typed | {"buurt": "", "place_text": "Dorpsstraat 12", "precision": "4", "text": "Anders"})
    assert list(Melding.objects.order_by("id").values_list("precision", flat=True)) == [4, None]


def test_an_address_of_the_list_counts_before_a_pin_and_a_buurt(
    resident: Client, town: Town, typed: dict[str, str], addresses: Callable[..., None]
) -> None:
    addresses(12)
    longitude, latitude = map(str, to_door(town.east.geometry.centroid))
    pin = {"longitude": longitude, "latitude": latitude, "buurt": town.east.code}
    resident.post("/melden/", typed | pin | {"place_text": "Dorpstr", "choice": "Dorpsstraat 12, Stad"})
    melding = Melding.objects.of(town.municipality).get()
    assert (melding.place_source, melding.buurt) == ("address", town.west)


def test_a_pin_far_from_the_address_beside_it_is_asked_about(
    resident: Client, town: Town, typed: dict[str, str], addresses: Callable[..., None]
) -> None:
    addresses(12)
    longitude, latitude = map(str, to_door(town.east.geometry.centroid))
    said = {"place_text": "Dorpsstraat 12", "longitude": longitude, "latitude": latitude}
    page = BeautifulSoup(sent(resident, typed, **said).content, "html.parser")
    assert page.select_one("#id_place_text_error") is not None
    assert [radio["value"] for radio in page.select("input[type=radio]")] == ["Dorpsstraat 12, Stad", "-"]
    kept = sent(resident, typed, **said, choice="-").content.decode()
    assert "Waar is het?" not in BeautifulSoup(kept, "html.parser").h1.text  # type: ignore[union-attr]


@pytest.mark.parametrize(("beside", "field"), [("buurt", "buurt"), ("pin", "asset"), ("address", "asset")])
def test_the_number_of_an_object_far_from_what_stands_beside_it_is_asked_about(
    resident: Client,
    town: Town,
    typed: dict[str, str],
    lamp: Asset,
    addresses: Callable[..., None],
    *,
    beside: str,
    field: str,
) -> None:
    addresses(12)
    longitude, latitude = map(str, to_door(town.point()))
    ways = {
        "buurt": {"buurt": town.west.code},
        "pin": {"longitude": longitude, "latitude": latitude},
        "address": {"place_text": "Dorpsstraat 12"},
    }
    said = {"category": "container-vol", "asset": "L-12"} | ways[beside]
    page = BeautifulSoup(sent(resident, typed, **said).content, "html.parser")
    (error,) = page.select(f"#id_{field}_error")
    assert "Lichtmast L-12" in error.text


def test_the_number_of_an_object_goes_with_its_own_place(
    resident: Client, town: Town, typed: dict[str, str], lamp: Asset
) -> None:
    longitude, latitude = map(str, to_door(lamp.point))
    said = {"category": "container-vol", "asset": "L-12", "buurt": town.east.code}
    page = sent(resident, typed, **said, longitude=longitude, latitude=latitude).text
    assert "id_asset_error" not in page
    assert "Lichtmast L-12" in page


def test_no_browser_offers_where_somebody_lives_as_the_place() -> None:
    assert WhereForm()["place_text"].field.widget.attrs["autocomplete"] == "off"


def test_an_address_in_another_buurt_than_the_chosen_one_is_asked_about(
    resident: Client, town: Town, typed: dict[str, str], addresses: Callable[..., None]
) -> None:
    addresses(12)
    page = BeautifulSoup(
        sent(resident, typed, place_text="Dorpsstraat 12", buurt=town.east.code).content, "html.parser"
    )
    (error,) = page.select("#id_buurt_error")
    assert town.west.name in error.text
    assert town.east.name in error.text


@pytest.mark.parametrize(("text", "words"), [("", "Zeg waar het is"), ("Nergensstraat 1", "Dit adres kennen wij niet")])
def test_what_is_no_place_says_what_to_do_next(
    resident: Client, town: Town, typed: dict[str, str], text: str, words: str
) -> None:
    page = BeautifulSoup(sent(resident, typed, place_text=text).content, "html.parser")
    (error,) = page.select("#id_place_text_error")
    assert words in error.text
    assert page.select_one("#alleen-buurt")["open"] == ""  # type: ignore[index]


def test_an_address_of_the_neighbouring_town_is_said_with_its_link(
    resident: Client, town: Town, neighbour: Town, typed: dict[str, str]
) -> None:
    own: dict[str, Any] = {"municipality": neighbour.municipality}
    street = Street.objects.create(**own, name="Kerkweg", place="Veen", key="kerkweg", place_key="veen")
    Address.objects.create(**own, street=street, number=5, buurt=neighbour.west, point=town.point())
    page = BeautifulSoup(sent(resident, typed, place_text="Kerkweg 5").content, "html.parser")
    assert page.select_one("#elders a")["href"] == f"http://{neighbour.host}/melden/"  # type: ignore[index]


def test_the_buurt_is_the_last_thing_that_is_asked(resident: Client, typed: dict[str, str]) -> None:
    page = BeautifulSoup(sent(resident, typed).content, "html.parser")
    order = [
        each["id"]
        for each in page.select("#id_place_text, #id_latitude, #id_buurt, [value=next][name=go]")
        if "id" in each.attrs
    ]
    assert order == ["id_place_text", "id_latitude", "id_buurt"]
    assert page.select("details")[-1]["id"] == "alleen-buurt"


def test_a_number_that_the_street_does_not_have_is_named(
    resident: Client, typed: dict[str, str], addresses: Callable[..., None]
) -> None:
    addresses(12, 14)
    page = BeautifulSoup(sent(resident, typed, place_text="Dorpsstraat 9").content, "html.parser")
    assert "Nummer 9 kennen wij hier niet." in page.select_one("#id_place_text_error").text  # type: ignore[union-attr]
    assert "vul hierboven het huisnummer in" not in page.text


def test_of_a_street_that_was_chosen_only_its_number_is_asked(
    resident: Client, town: Town, typed: dict[str, str], addresses: Callable[..., None]
) -> None:
    addresses(12, 14)
    other = {"name": "Dorpsstraatje", "key": "dorpsstraatje", "place": "Stad", "place_key": "stad"}
    Street.objects.create(municipality=town.municipality, **other, point=town.point())
    page = BeautifulSoup(sent(resident, typed, place_text="Dorpsstraat , Stad").content, "html.parser")
    assert "Dorpsstraat: welk huisnummer?" in page.select_one("#id_place_text_error").text  # type: ignore[union-attr]
    assert [each.text for each in page.select(".choice__street")] == [
        "Dorpsstraat, Stad: vul hierboven het huisnummer in."
    ]
    assert resident.post("/melden/", typed | {"place_text": "Dorpsstraat , Stad", "choice": "-"}).status_code == 302
    assert Melding.objects.get().place_text == "Dorpsstraat, Stad"


@pytest.mark.parametrize("text", ["", "Nergensstraat 1"])
def test_an_error_speaks_of_a_map_only_where_there_is_one(resident: Client, typed: dict[str, str], text: str) -> None:
    without, with_map = (sent(resident, typed, place_text=text, **more) for more in ({}, {"has_map": "1"}))
    said = [
        BeautifulSoup(page.content, "html.parser").select_one("#id_place_text_error").text  # type: ignore[union-attr]
        for page in (without, with_map)
    ]
    assert ["speld" in words for words in said] == [False, True]


def test_a_town_without_addresses_asks_for_words_and_a_neighbourhood(
    resident: Client, town: Town, typed: dict[str, str]
) -> None:
    town.municipality.address_source = AddressSource.NONE
    town.municipality.save()
    page = BeautifulSoup(sent(resident, typed, place_text="Hoofdstraat 3").content, "html.parser")
    assert "Kies hieronder ook de buurt." in page.text
    assert "in uw eigen woorden" in page.select_one("label[for=id_place_text]").text  # type: ignore[union-attr]
    assert "Dit adres kennen wij niet" not in page.text


def test_the_place_is_named_once(
    resident: Client, town: Town, typed: dict[str, str], addresses: Callable[..., None]
) -> None:
    addresses(12)
    page = BeautifulSoup(sent(resident, typed, place_text="Dorpsstraat 12").content, "html.parser")
    assert str(page.select_one("dl.summary")).count("Dorpsstraat 12") == 1
    resident.post("/melden/", typed | {"buurt": "", "place_text": "Dorpsstraat 12"})
    volg = resident.get(f"/volg/{Melding.objects.get().follow_token}").text
    assert volg.count("Dorpsstraat 12") == 1
