"""Who of the colleagues sees the photos of a melding."""

import pytest
from django.test import Client

from meldingen.attachments.models import Photo
from meldingen.record.models import Melding
from tests.factories import Town
from tests.meldingen.attachments.conftest import photo, private, receive
from tests.staff import at

__all__ = ["photo", "private", "receive"]


@pytest.fixture
def melding(town: Town, photo: Photo) -> Melding:
    melding = town.melding()
    Photo.objects.update(melding=melding)
    return melding


def page_of(melding: Melding) -> str:
    return f"/beheer/meldingen/melding/{melding.pk}/change/"


def address(melding: Melding, photo: Photo, which: str = "large") -> str:
    return f"/beheer/meldingen/melding/{melding.pk}/foto/{photo.pk}/{which}"


def status(client: Client, melding: Melding, photo: Photo, which: str = "large") -> int:
    return client.get(address(melding, photo, which)).status_code


@pytest.mark.parametrize("role", ["telephone", "handler", "triage", "coordinator", "manager"])
def test_who_handles_meldingen_sees_them_on_the_page(town: Town, melding: Melding, photo: Photo, role: str) -> None:
    client = at(town, town.member(role))
    page = client.get(page_of(melding)).text
    assert address(melding, photo, "small") in page
    assert [status(client, melding, photo, which) for which in ("small", "large")] == [200, 200]


def test_who_only_reads_sees_none(town: Town, melding: Melding, photo: Photo) -> None:
    client = at(town, town.member("reader"))
    assert "/foto/" not in client.get(page_of(melding)).text
    assert status(client, melding, photo) == 404


def test_the_neighbour_and_a_stranger_see_none(
    town: Town, neighbour: Town, melding: Melding, photo: Photo, resident: Client
) -> None:
    manager = neighbour.member("manager")
    assert status(at(neighbour, manager), melding, photo) == 404
    for client in (at(town, manager), resident):
        assert status(client, melding, photo) in (302, 403, 404)


def test_what_is_confidential_is_so_with_its_photos(town: Town, melding: Melding, photo: Photo) -> None:
    type(town.waste).objects.update(is_confidential=True)
    Melding.objects.update(category=town.container)
    assert status(at(town, town.member("telephone")), melding, photo) == 404
    assert status(at(town, town.member("coordinator")), melding, photo) == 200


@pytest.mark.parametrize("which", ["original", "x"])
def test_nothing_else_is_given(town: Town, melding: Melding, photo: Photo, which: str) -> None:
    client = at(town, town.member("manager"))
    assert status(client, melding, photo, which) == 404
    assert status(client, town.melding(), photo) == 404
