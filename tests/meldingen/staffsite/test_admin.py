from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from meldingen.categories.models import Category
from meldingen.staffsite.admin import ScopedAdmin, rows_of
from meldingen.staffsite.site import site
from meldingen.tenancy.models import Host, Municipality, Team, User
from tests.factories import Town


@pytest.fixture
def request_here(town: Town) -> WSGIRequest:
    request: Any = RequestFactory().get("/")
    request.user, request.municipality = town.member("manager"), town.municipality
    asking: WSGIRequest = request
    return asking


def admin_with(**values: tuple[Any, ...]) -> Any:
    return type("SomeAdmin", (ScopedAdmin,), values)(Category, site)


def test_only_rows_of_the_municipality_are_offered(town: Town, neighbour: Town) -> None:
    assert set(rows_of(Team.objects.all(), town.municipality)) == {town.cleaning, town.roads}
    assert list(rows_of(Municipality.objects.all(), town.municipality)) == [town.municipality]


def test_rows_that_belong_to_nobody_are_not_offered(town: Town) -> None:
    assert User.objects.exists() or town.member()
    assert not rows_of(User.objects.all(), town.municipality).exists()


def test_hosts_have_a_municipality_too(town: Town, neighbour: Town) -> None:
    assert list(rows_of(Host.objects.all(), town.municipality)) == list(town.municipality.hosts.all())


def test_a_filter_on_a_relation_is_scoped_by_itself(request_here: WSGIRequest) -> None:
    ((name, filter_class),) = admin_with(list_filter=("default_team",)).get_list_filter(request_here)
    assert (name, filter_class.__name__) == ("default_team", "ScopedRelatedFilter")


def test_a_filter_on_a_column_of_another_table_is_a_mistake(request_here: WSGIRequest) -> None:
    with pytest.raises(ImproperlyConfigured, match="not scoped"):
        admin_with(list_filter=("default_team__name",)).get_list_filter(request_here)


def test_a_row_of_another_municipality_is_refused_even_when_it_is_at_hand(
    request_here: WSGIRequest, neighbour: Town
) -> None:
    admin = admin_with()
    assert not admin.has_view_permission(request_here, neighbour.waste)
    assert not admin.has_change_permission(request_here, neighbour.waste)


def test_choices_of_a_form_are_of_the_municipality(request_here: WSGIRequest, town: Town, neighbour: Town) -> None:
    form = admin_with(fields=("default_team",)).get_form(request_here)
    assert set(form.base_fields["default_team"].queryset) == {town.cleaning, town.roads}


LISTS = {"list_filter": ("is_active", "default_team"), "search_fields": ("name_texts__nl", "^parent__name_texts__nl")}


@pytest.mark.parametrize(
    "lookup",
    ["is_active__exact", "is_active", "default_team__id__exact", "default_team__isnull", "name_texts__nl__startswith",
     "parent__name_texts__nl__icontains"],
)  # fmt: skip
def test_a_list_is_asked_what_its_filters_and_its_search_ask(request_here: WSGIRequest, lookup: str) -> None:
    assert admin_with(**LISTS).lookup_allowed(lookup, "1", request_here)


@pytest.mark.parametrize(
    "lookup",
    ["slug__startswith", "id__gt", "default_team__email__startswith", "default_team__id__gt", "parent__id__exact",
     "name_texts__nlx", "name_texts__en__startswith", "name_texts",
     "municipality__code", "name_texts__nl__parent", "is_active__exact__parent__slug"],
)  # fmt: skip
def test_a_list_is_asked_nothing_else(request_here: WSGIRequest, lookup: str) -> None:
    assert not admin_with(**LISTS).lookup_allowed(lookup, "1", request_here)
