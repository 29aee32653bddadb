from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from pytest_django import Settings

from meldingen.tenancy.models import Membership, User
from meldingen.upkeep import morning
from meldingen.upkeep.models import MorningReader
from tests.factories import RoutingRuleFactory, Town

MORNING = datetime(2026, 5, 4, 7, 7, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture(autouse=True)
def outbox(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def reader(town: Town) -> User:
    """A manager who wants the mail, and was told another day."""
    user = town.member("manager", user__email="beheer@stad.example")
    morning.want(town.municipality, user, wants=True)
    MorningReader.objects.update(told_on=None)
    return user


@pytest.fixture
def broken(town: Town) -> None:
    """Two rules of which one is never tried."""
    for position in (10, 20):
        RoutingRuleFactory.create(municipality=town.municipality, position=position, team=town.roads)


def test_who_wants_it_hears_once_a_day(town: Town, reader: User, broken: None) -> None:
    assert morning.tell(town.municipality, MORNING) == 1
    assert morning.tell(town.municipality, MORNING + timedelta(hours=1)) == 0
    assert morning.tell(town.municipality, MORNING + timedelta(days=1)) == 1
    assert mail.outbox[0].to == ["beheer@stad.example"]
    assert "1 ding" in mail.outbox[0].subject
    assert "http://stad.example/beheer/stuk/" in mail.outbox[0].body


def test_nothing_broken_is_no_mail(town: Town, reader: User) -> None:
    assert morning.tell(town.municipality, MORNING) == 0
    assert MorningReader.objects.get().told_on == MORNING.date()


@pytest.mark.parametrize("hour", [0, 5, 12, 23])
def test_it_comes_in_the_morning(town: Town, reader: User, broken: None, hour: int) -> None:
    assert morning.tell(town.municipality, MORNING.replace(hour=hour)) == 0


def test_who_manages_no_more_hears_nothing(town: Town, reader: User, broken: None) -> None:
    Membership.objects.update(role="triage")
    assert morning.tell(town.municipality, MORNING) == 0


def test_who_has_no_address_hears_nothing(town: Town, reader: User, broken: None) -> None:
    User.objects.update(email="")
    assert morning.tell(town.municipality, MORNING) == 0


def test_who_does_not_want_it_any_more_is_left_alone(town: Town, reader: User, broken: None) -> None:
    morning.want(town.municipality, reader, wants=False)
    assert morning.tell(town.municipality, MORNING) == 0


def test_a_mail_that_fails_is_tried_the_next_hour(town: Town, reader: User, broken: None, settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.meldingen.notifications.conftest.BrokenServer"
    assert morning.tell(town.municipality, MORNING) == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert morning.tell(town.municipality, MORNING + timedelta(hours=1)) == 1
