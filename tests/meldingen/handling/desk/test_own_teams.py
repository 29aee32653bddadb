"""What a handler may do at the desk: decide on what their own teams have."""

from typing import Any

import pytest
from django.test import Client

from meldingen.handling import triage
from meldingen.record.models import Melding
from meldingen.tenancy import colleagues
from tests.factories import Town
from tests.staff import at


@pytest.fixture
def handler(town: Town) -> Client:
    user = town.member("handler")
    colleagues.set_teams(user.memberships.get(), [town.roads])
    return at(town, user)


def take(client: Client, melding: Melding) -> Any:
    return client.post(f"/beheer/meldingen/melding/{melding.pk}/take/doen/", {"seen": triage.snapshot(melding)})


def test_a_handler_works_on_what_their_team_has(town: Town, handler: Client) -> None:
    ours = town.melding(team=town.roads)
    assert take(handler, ours).status_code == 302
    assert Melding.objects.get(pk=ours.pk).state == "in_progress"


def test_a_handler_reads_what_others_have_and_changes_nothing(town: Town, handler: Client) -> None:
    theirs = town.melding(team=town.cleaning)
    assert take(handler, theirs).status_code == 403
    page = handler.get(f"/beheer/meldingen/melding/{theirs.pk}/change/")
    assert (page.status_code, page.context["offered"]) == (200, [])


def test_a_handler_judges_no_flood(town: Town, handler: Client) -> None:
    suspect = town.melding(is_suspect=True, team=town.roads)
    answer = handler.post("/beheer/meldingen/melding/oordeel/spam/", {"melding": suspect.pk})
    assert answer.status_code == 403
