import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from meldingen.tenancy.roles import Right, may, rights, role_in


def asked_by(user, town):
    request = RequestFactory().get("/")
    request.user, request.municipality = user, town.municipality
    return request


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("reader", {"view"}),
        ("triage", {"view", "contact", "handle"}),
        ("manager", {"view", "contact", "handle", "manage"}),
    ],
)
def test_a_role_says_what_somebody_may(town, role, expected):
    assert rights(asked_by(town.member(role), town)) == expected


def test_nobody_and_a_stranger_may_nothing(town, neighbour):
    for user in (AnonymousUser(), neighbour.member("manager")):
        assert rights(asked_by(user, town)) == frozenset()


def test_who_left_the_service_may_nothing(town):
    user = town.member("manager")
    user.is_active = False
    assert role_in(user, town.municipality) is None


def test_djangos_own_permissions_give_nothing(town, neighbour):
    user = neighbour.member("manager", user__is_staff=True)
    assert not may(asked_by(user, town), Right.VIEW)


def test_a_superuser_manages_everywhere_without_a_membership(town, neighbour):
    user = town.member("reader", user__is_superuser=True)
    assert rights(asked_by(user, neighbour)) == frozenset(Right)


def test_rights_are_asked_once_per_request(town, django_assert_num_queries):
    request = asked_by(town.member(), town)
    with django_assert_num_queries(1):
        assert may(request, Right.VIEW)
        assert may(request, Right.HANDLE)
