import pytest
from django.test import Client

from meldingen.tenancy.models import Host


@pytest.fixture
def client():
    return Client()


@pytest.mark.parametrize(
    "host", ["onbekend.example", "stad.example.evil.example", "stad.example@evil", "[::1", "", "a" * 400]
)
def test_an_unknown_or_malformed_host_is_answered_404(town, client, host):
    assert client.get("/bestaat-niet", headers={"host": host}).status_code == 404


def test_a_forwarded_host_is_not_believed(town, client):
    response = client.get("/bestaat-niet", headers={"host": "onbekend.example", "x-forwarded-host": town.host})
    assert b"Deze website bestaat niet" in response.content


@pytest.mark.parametrize("host", ["stad.example", "STAD.example", "stad.example.", "stad.example:8443"])
def test_a_host_is_found_whatever_its_case_port_and_last_dot(town, client, host):
    response = client.get("/bestaat-niet", headers={"host": host})
    assert b"Deze website bestaat niet" not in response.content


def test_health_needs_no_host(db, client):
    assert client.get("/gezond", headers={"host": "10.0.0.1"}).status_code == 200


def test_a_second_host_leads_to_the_same_municipality(town, client):
    Host.objects.create(municipality=town.municipality, name="www.stad.example")
    response = client.get("/bestaat-niet", headers={"host": "www.stad.example"})
    assert b"Deze website bestaat niet" not in response.content
