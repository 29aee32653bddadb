"""The term of contact details, as a manager changes it: what is forgotten cannot be brought back."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from meldingen.record.models import Reporter
from meldingen.tenancy.models import Municipality
from tests.factories import Town

SETTINGS = "/beheer/tenancy/"


def shorten(client: Client, town: Town, days: int, **ticked: list[str] | str) -> tuple[Any, ...]:
    row = town.municipality
    values = {
        "name": row.name, "contact_email": "info@example.org", "time_zone": row.time_zone,
        "publisher_name": "Gemeente", "emergency_hours": 2, "hazard_hours": 24, "gaps-TOTAL_FORMS": 0,
        "audit_share": "0.02", "learning_days": 900, "idle_minutes": 30, "audit_days": 365,
        "address_source": "own", "base_map": "own",
        "closing_days-TOTAL_FORMS": 0, "closing_days-INITIAL_FORMS": 0,
        "gaps-INITIAL_FORMS": 0,
    }  # fmt: skip
    answer = client.post(f"{SETTINGS}municipality/{row.pk}/change/", values | {"retention_days": days} | ticked)
    return answer, Municipality.objects.get(pk=row.pk).retention_days


def closed_for(town: Town, days: int) -> None:
    melding = town.melding()
    since = timezone.now() - timedelta(days=days)
    Reporter.objects.create(municipality=town.municipality, melding=melding, name="Wim", closed_at=since)


def test_a_shorter_term_of_contact_details_is_confirmed_with_its_effect(
    manager: Client, town: Town, neighbour: Town
) -> None:
    for where, days in ((town, 10), (town, 50), (town, 200), (town, 400), (neighbour, 200)):
        closed_for(where, days)
    asked, days = shorten(manager, town, 40)
    assert (asked.status_code, days) == (200, 365)
    page = asked.content.decode()
    assert "vannacht worden de contactgegevens van 2 melders verwijderd" in page
    assert 'name="sooner"' in page
    done, days = shorten(manager, town, 40, sooner="40")
    assert (done.status_code, days) == (302, 40)


@pytest.mark.parametrize("ticked", [{}, {"sooner": "40"}, {"sooner": "on"}, {"sooner": ["40", "41"]}])
def test_a_tick_is_for_the_number_of_days_that_it_was_given_for(
    manager: Client, town: Town, ticked: dict[str, list[str] | str]
) -> None:
    answer, days = shorten(manager, town, 30, **ticked)
    assert (answer.status_code, days) == (200, 365)
    assert list(answer.context["adminform"].form.errors) == ["sooner"]


def test_a_longer_term_is_not_asked_about(manager: Client, town: Town) -> None:
    assert shorten(manager, town, 366)[1] == 366
    page = manager.get(f"{SETTINGS}municipality/{town.municipality.pk}/change/").content.decode()
    assert "sooner" not in page
