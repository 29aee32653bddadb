import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from meldingen.tenancy.models import Host
from meldingen.tenancy.urls import absolute
from tests.factories import Town


def test_an_address_is_on_the_primary_host(town: Town, neighbour: Town, settings: Settings) -> None:
    Host.objects.create(municipality=town.municipality, name="aaa.example")
    settings.HTTPS = True
    assert absolute(town.municipality, "/volg/x") == "https://stad.example/volg/x"
    assert absolute(neighbour.municipality, "/") == "https://buren.example/"


def test_an_unusual_port_is_named(town: Town, settings: Settings) -> None:
    settings.PUBLIC_PORT = 8000
    assert absolute(town.municipality, "/") == "http://stad.example:8000/"


def test_a_municipality_without_a_host_has_no_address(town: Town) -> None:
    Host.objects.all().delete()
    with pytest.raises(ValueError, match="has no host"):
        absolute(town.municipality, "/")


def test_it_costs_one_query(town: Town, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        absolute(town.municipality, "/")
