from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.factories import Town


def part(response: Any, name: str) -> Any:
    return BeautifulSoup(response.content, "html.parser").find(name)


def words_of(client: Client, address: str) -> str:
    return " ".join(part(client.get(address), "main").get_text(" ").split())


def test_it_says_who_keeps_what_and_how_long_by_the_terms_of_the_town(resident: Client, town: Town) -> None:
    here = town.municipality
    here.retention_days, here.learning_days, here.publisher_name = 77, 400, "Gemeente Stad aan Zee"
    here.save()
    words = words_of(resident, "/privacy/")
    for said in ("Gemeente Stad aan Zee", here.contact_email, "77 dagen", "400 dagen", "een week", "30 dagen"):
        assert said in words
    here.learning_days = 730
    here.save()
    assert "2 jaar" in words_of(resident, "/privacy/")


def test_it_leads_to_who_hears_complaints_and_to_the_protection_of_open_data(resident: Client) -> None:
    page = resident.get("/privacy/").text
    assert 'href="https://autoriteitpersoonsgegevens.nl/"' in page
    assert 'href="/data/privacy"' in page


def test_who_cannot_use_a_page_reads_whom_to_mail(resident: Client, town: Town) -> None:
    assert town.municipality.contact_email in words_of(resident, "/toegankelijkheid/")


@pytest.mark.parametrize("address", ["/", "/melden/", "/data/", "/nee"])
def test_every_page_leads_to_both(resident: Client, address: str) -> None:
    footer = part(resident.get(address), "footer")
    assert {"/privacy/", "/toegankelijkheid/"} <= {link["href"] for link in footer.find_all("a")}


def test_who_is_asked_for_an_address_can_read_what_becomes_of_it(resident: Client, typed: dict[str, str]) -> None:
    main = part(resident.post("/melden/", typed | {"step": "where"}), "main")
    assert main.find("a", href="/privacy/")["target"] == "_blank"


@pytest.mark.parametrize("address", ["/privacy/", "/toegankelijkheid/"])
def test_they_ask_nothing_but_whose_page_it_is(resident: Client, address: str, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert resident.get(address).status_code == 200


@pytest.mark.parametrize(("source", "is_said"), [("pdok", True), ("own", False)])
def test_it_says_who_hears_which_address_somebody_types(
    resident: Client, town: Town, source: str, is_said: bool
) -> None:
    town.municipality.address_source = source
    town.municipality.save()
    assert ("Kadaster" in words_of(resident, "/privacy/")) is is_said


@pytest.mark.parametrize("address", ["/", "/privacy/", "/toegankelijkheid/"])
def test_a_public_page_names_its_one_address(resident: Client, town: Town, address: str) -> None:
    (link,) = part(resident.get(f"{address}?van=brief"), "head").select("link[rel=canonical]")
    assert link["href"] == f"http://{town.host}{address}"


def test_both_statements_are_beside_each_field_for_contact_details(
    resident: Client, town: Town, typed: dict[str, str]
) -> None:
    thanks = f"/melden/bedankt/{town.melding().follow_token}"
    pages = [resident.post("/melden/", typed | {"step": "where"}), resident.get(thanks), resident.get("/volg/")]
    for page in pages:
        links = {link["href"] for link in part(page, "main").select("a[target=_blank]")}
        assert links == {"/privacy/", "/toegankelijkheid/"}
