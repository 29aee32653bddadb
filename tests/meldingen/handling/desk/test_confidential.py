"""Meldingen of confidential categories are for the team that has them."""

from collections.abc import Callable
from typing import Any

import pytest

from meldingen.record.models.melding import Melding
from meldingen.tenancy.colleagues import set_teams
from meldingen.tenancy.models import Membership
from meldingen.tenancy.models.team import Team
from tests.factories import Town
from tests.staff import at

LIST = "/beheer/meldingen/melding/"
Role = Membership.Role


@pytest.fixture
def hidden(town: Town) -> Melding:
    town.waste.is_confidential = True
    town.waste.save()
    return town.melding(category=town.dumping, team=town.roads)


@pytest.fixture
def seen_by(town: Town, hidden: Melding) -> Callable[..., Any]:
    """What a colleague is answered of it: whether the list has it, and the status of its page, an act and a search."""

    def seen_by(role: Membership.Role, *teams: Team) -> tuple[bool, bool, int, int]:
        colleague = town.member(role)
        set_teams(Membership.objects.get(user=colleague), teams)
        browser = at(town, colleague)
        rows = [row["melding"].pk for row in browser.get(LIST).context["rows"]]
        found = [row["melding"].pk for row in browser.get(LIST, {"q": hidden.reference}).context["rows"]]
        page = browser.get(f"{LIST}{hidden.pk}/change/").status_code
        return hidden.pk in rows, hidden.pk in found, page, browser.post(f"{LIST}{hidden.pk}/note/doen/").status_code

    return seen_by


@pytest.mark.parametrize("role", [Role.READER, Role.TELEPHONE, Role.TRIAGE])
def test_who_is_not_of_its_team_does_not_learn_that_it_is_there(
    seen_by: Callable[..., Any], role: Membership.Role
) -> None:
    in_list, found, page, act = seen_by(role)
    assert (in_list, found, page) == (False, False, 404)
    assert act in (403, 404)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.MANAGER])
def test_who_coordinates_sees_it(seen_by: Callable[..., Any], role: Membership.Role) -> None:
    assert seen_by(role) == (True, True, 200, 200)


def test_its_team_sees_it(seen_by: Callable[..., Any], town: Town) -> None:
    assert seen_by(Role.HANDLER, town.roads) == (True, True, 200, 200)


def test_another_team_does_not(seen_by: Callable[..., Any], town: Town) -> None:
    assert seen_by(Role.HANDLER, town.cleaning) == (False, False, 404, 404)


def test_what_no_team_has_and_what_has_no_category_is_not_mixed_up(town: Town, hidden: Melding) -> None:
    plain = town.melding(category=None)
    rows = at(town, town.member(Role.TRIAGE)).get(LIST).context["rows"]
    assert [row["melding"].pk for row in rows] == [plain.pk]
