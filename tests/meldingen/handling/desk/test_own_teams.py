"""What a handler may do at the desk: decide on what their own teams have."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from meldingen.followup import adding
from meldingen.handling import triage
from meldingen.record import events, lifecycle
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
    assert (page.status_code, [each.action.name for each in page.context["offered"]]) == (200, ["note"])
    assert f"Dit is van {town.cleaning.name}" in page.text


def test_a_handler_judges_no_flood(town: Town, handler: Client) -> None:
    suspect = town.melding(is_suspect=True, team=town.roads)
    answer = handler.post("/beheer/meldingen/melding/oordeel/spam/", {"melding": suspect.pk})
    assert answer.status_code == 403


def test_a_note_for_another_team_leaves_unread_what_the_reporter_wrote(town: Town, handler: Client) -> None:
    theirs = town.melding(team=town.cleaning)
    adding.add(town.municipality, theirs.follow_token, "Het ligt er nog.")
    said = {"seen": triage.snapshot(theirs), "text": "Wij waren er al."}
    assert handler.post(f"/beheer/meldingen/melding/{theirs.pk}/note/doen/", said).status_code == 302
    theirs.refresh_from_db()
    assert theirs.notes.count() == 1
    assert theirs.reporter_spoke_at is not None


def test_what_is_late_is_counted_for_the_own_team(town: Town, handler: Client) -> None:
    for team in (town.roads, town.cleaning):
        town.melding(team=team, state="assigned", deadline=timezone.now() - timedelta(days=1))
    page: Any = handler.get("/beheer/?list=late")
    assert [row["row"].melding.team for row in page.context["rows"]] == [town.roads]
    assert {each["slug"]: each["number"] for each in page.context["lists"]}["late"] == "1"


@pytest.mark.parametrize(
    ("slug", "states"), [("spoken", []), ("reopened", ["solved", "reopened"]), ("waiting", ["assigned", "waiting"])]
)
def test_a_number_beside_a_worklist_is_work_for_who_reads_it(
    town: Town, handler: Client, slug: str, states: list[str]
) -> None:
    ours, theirs = (town.melding(team=team, reporter_spoke_at=timezone.now()) for team in (town.roads, town.cleaning))
    for melding, state in product((ours, theirs), states):
        lifecycle.move(melding, state, actor=events.SWEEP)
    page: Any = handler.get(f"/beheer/?list={slug}")
    assert [row["row"].melding for row in page.context["rows"]] == [ours]
    assert {each["slug"]: each["number"] for each in page.context["lists"]}[slug] == "1"


def test_the_day_begins_with_the_work_of_their_teams(town: Town) -> None:
    for role, teams, first in (
        ("handler", [town.roads], "Mijn team"), ("triage", [town.roads, town.cleaning], "Mijn teams"),
        ("triage", [], "Te beoordelen"),
    ):  # fmt: skip
        user = town.member(role)
        colleagues.set_teams(user.memberships.get(), teams)
        page = at(town, user).get("/beheer/")
        assert page.context["title"] == first
        assert (first in [str(each["name"]) for each in page.context["lists"]]) is True


def test_who_does_nothing_to_many_is_offered_no_page_for_it(handler: Client, triager: Client) -> None:
    assert "Veel tegelijk" not in handler.get("/beheer/").text
    assert "Veel tegelijk" in triager.get("/beheer/").text
