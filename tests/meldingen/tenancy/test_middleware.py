import pytest
from django.test import Client

from meldingen.tenancy.models import Host
from tests.factories import Town


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.mark.parametrize(
    "host", ["onbekend.example", "stad.example.evil.example", "stad.example@evil", "[::1", "", "a" * 400]
)
def test_an_unknown_or_malformed_host_is_answered_404(town: Town, client: Client, host: str) -> None:
    assert client.get("/bestaat-niet", headers={"host": host}).status_code == 404


def test_a_forwarded_host_is_not_believed(town: Town, client: Client) -> None:
    response = client.get("/bestaat-niet", headers={"host": "onbekend.example", "x-forwarded-host": town.host})
    assert b"Deze website bestaat niet" in response.content


@pytest.mark.parametrize("host", ["stad.example", "STAD.example", "stad.example.", "stad.example:8443"])
def test_a_host_is_found_whatever_its_case_port_and_last_dot(town: Town, client: Client, host: str) -> None:
    response = client.get("/bestaat-niet", headers={"host": host})
    assert b"Deze website bestaat niet" not in response.content


def test_health_needs_no_host(db: None, client: Client) -> None:
    assert client.get("/gezond", headers={"host": "10.0.0.1"}).status_code == 200


def test_a_second_host_leads_to_the_same_municipality(town: Town, client: Client) -> None:
    Host.objects.create(municipality=town.municipality, name="www.stad.example")
    response = client.get("/bestaat-niet", headers={"host": "www.stad.example"})
    assert b"Deze website bestaat niet" not in response.content
