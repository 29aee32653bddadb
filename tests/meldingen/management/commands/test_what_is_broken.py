import pytest
from celery import current_app
from django.core.management import call_command
from pytest_django import Settings

from meldingen.places.models import Address, Street
from meldingen.upkeep import heartbeats
from meldingen.upkeep.models import Heartbeat
from tests.factories import Town


@pytest.fixture(autouse=True)
def whole(town: Town, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A town in which nothing is broken."""
    monkeypatch.setattr(current_app.conf, "broker_url", settings.JOURNEY_REDIS_URL)
    heartbeats.note(heartbeats.SWEEP)
    own = {"municipality": town.municipality}
    street = Street.objects.create(**own, name="Dorpsstraat", place="Stad", key="dorpsstraat", place_key="stad")
    Address.objects.create(**own, street=street, number=1, buurt=town.west, point=town.point())


def test_what_is_broken_is_said_and_ends_with_one(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    Heartbeat.objects.all().delete()
    with pytest.raises(SystemExit) as end:
        call_command("what_is_broken", town.municipality.code)
    assert end.value.code == 1
    line = capsys.readouterr().out
    assert line.startswith(f"{town.municipality.code} ! ")
    assert "http://stad.example/beheer/stuk/#operator" in line


def test_of_all_towns_each_is_named(town: Town, neighbour: Town, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command("what_is_broken")  # the neighbour has no addresses
    assert capsys.readouterr().out.startswith(neighbour.municipality.code)


def test_nothing_broken_ends_with_nothing(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("what_is_broken", town.municipality.code)
    assert capsys.readouterr().out == "Er is niets stuk.\n"
