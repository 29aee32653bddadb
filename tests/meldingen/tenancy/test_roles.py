from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.handlers.wsgi import WSGIRequest
from django.db import IntegrityError, connection, transaction
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from meldingen.tenancy import colleagues
from meldingen.tenancy.models.user import User
from meldingen.tenancy.roles import NOBODY, Right, may, may_handle, rights, standing_of
from tests.factories import Town

COORDINATION = {"view", "contact", "photos", "enter", "handle_own", "handle", "flood", "hold", "confidential"}


def asked_by(user: AnonymousUser | User, town: Town) -> WSGIRequest:
    request: Any = RequestFactory().get("/")
    request.user, request.municipality = user, town.municipality
    asking: WSGIRequest = request
    return asking


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("reader", {"view"}),
        ("telephone", {"view", "contact", "photos", "enter"}),
        ("handler", {"view", "contact", "photos", "handle_own"}),
        ("triage", {"view", "contact", "photos", "enter", "handle_own", "handle"}),
        ("coordinator", COORDINATION),
        ("manager", {*COORDINATION, "manage"}),
    ],
)
def test_a_role_says_what_somebody_may(town: Town, role: str, expected: set[str]) -> None:
    assert rights(asked_by(town.member(role), town)) == expected


def test_nobody_and_a_stranger_may_nothing(town: Town, neighbour: Town) -> None:
    for user in (AnonymousUser(), neighbour.member("manager")):
        assert rights(asked_by(user, town)) == frozenset()


def test_who_left_the_service_may_nothing(town: Town) -> None:
    user = town.member("manager")
    user.is_active = False
    assert standing_of(user, town.municipality) == NOBODY


def test_djangos_own_permissions_give_nothing(town: Town, neighbour: Town) -> None:
    user = neighbour.member("manager", user__is_staff=True)
    assert not may(asked_by(user, town), Right.VIEW)


def test_a_superuser_is_what_their_membership_says_and_nothing_elsewhere(town: Town, neighbour: Town) -> None:
    user = town.member("reader", user__is_superuser=True)
    assert rights(asked_by(user, town)) == {Right.VIEW}
    assert rights(asked_by(user, neighbour)) == frozenset()


def test_a_data_steward_looks_after_the_open_data_beside_their_role(town: Town) -> None:
    user = town.member("reader", is_data_steward=True)
    assert rights(asked_by(user, town)) == {Right.VIEW, Right.PUBLISH}


@pytest.mark.parametrize(
    ("role", "own", "other"), [("handler", True, False), ("triage", True, True), ("telephone", False, False)]
)
def test_a_handler_decides_on_what_their_teams_have(town: Town, role: str, own: bool, other: bool) -> None:
    user = town.member(role)
    colleagues.set_teams(user.memberships.get(), [town.roads])
    request = asked_by(user, town)
    assert may_handle(request, town.roads.pk) is own
    assert may_handle(request, town.cleaning.pk) is other
    assert may_handle(request, None) is other


def test_nobody_is_in_a_team_of_the_neighbour(town: Town, neighbour: Town) -> None:
    membership = town.member().memberships.get()
    with pytest.raises(IntegrityError, match="same_municipality"), transaction.atomic():
        colleagues.set_teams(membership, [neighbour.roads])
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_rights_are_asked_once_per_request(town: Town, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    request = asked_by(town.member(), town)
    with django_assert_num_queries(1):
        assert may(request, Right.VIEW)
        assert may(request, Right.HANDLE)
