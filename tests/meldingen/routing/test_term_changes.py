"""A manager makes a term shorter or longer, and is told what that means for what is open."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from meldingen.categories.models import Category
from meldingen.record import events
from meldingen.record.models import Melding
from meldingen.routing import routes
from meldingen.routing.models import RoutingRule
from tests.factories import Town

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
TUESDAY_ENDS = datetime(2026, 3, 3, 22, 59, 59, tzinfo=UTC)
RULES = "/beheer/meldingen/routingrule/"


@pytest.fixture
def melding(town: Town) -> Melding:
    made = town.melding(category=town.container, received_at=MONDAY)
    routes.route(made)
    return made


def save(client: Client, category: Category, amount: int | str, **data: Any) -> Any:
    typed = {
        "slug": category.slug, "public_as": "cijfers", "service_unit": "working_days", "service_amount": amount,
        "parent": category.parent_id or "", "name_texts_nl": "Bak", "is_active": "on", "_save": "Opslaan",
    }  # fmt: skip
    return client.post(f"/beheer/meldingen/category/{category.pk}/change/", typed | data, follow=True)


def amount_of(category: Category) -> int | None:
    return Category.objects.get(pk=category.pk).service_amount


def test_who_makes_a_term_shorter_is_told_how_many_move_and_asked(
    manager: Client, town: Town, melding: Melding
) -> None:
    page = save(manager, town.container, 1)
    assert "1 openstaande melding krijgt een eerdere termijn." in page.text
    assert "De melder van 1 daarvan heeft een dag gehoord. Die dag blijft staan." in page.text
    assert (amount_of(town.container), Melding.objects.get().deadline) == (3, melding.deadline)


def test_a_yes_saves_and_moves_them_in_the_colleagues_name(manager: Client, town: Town, melding: Melding) -> None:
    page = save(manager, town.container, 1, open_ones="earlier")
    assert "1 openstaande melding heeft een eerdere termijn." in page.text
    stored = Melding.objects.get()
    assert (amount_of(town.container), stored.deadline, stored.promised_at) == (1, TUESDAY_ENDS, melding.promised_at)
    assert stored.events.latest("id").actor_kind == events.DECIDING[0]


@pytest.mark.parametrize(("amount", "answer"), [(1, "leave"), (20, "")])
def test_what_is_open_keeps_its_deadline_where_nobody_asks_or_can_ask(
    manager: Client, town: Town, melding: Melding, amount: int, answer: str
) -> None:
    page = save(manager, town.container, amount, open_ones=answer)
    assert "houdt zijn termijn" in page.text
    assert (amount_of(town.container), Melding.objects.get().deadline) == (amount, melding.deadline)


def test_a_main_category_asks_for_those_under_it_that_have_no_term(
    manager: Client, town: Town, melding: Melding
) -> None:
    save(manager, town.waste, 1)
    assert amount_of(town.waste) == 1
    Category.objects.filter(pk=town.container.pk).update(service_amount=None)
    Category.objects.filter(pk=town.waste.pk).update(service_amount=4)
    assert "1 openstaande melding krijgt" in save(manager, town.waste, 2).text


def test_a_new_rule_moves_what_it_takes_and_nothing_else(manager: Client, town: Town, melding: Melding) -> None:
    other = town.melding(category=town.container, received_at=MONDAY, buurt=town.east)
    routes.route(other)
    typed = {"position": 4, "category": town.container.pk, "area": town.west.pk, "priority": 2, "is_active": "on"}
    typed |= {"service_amount": 1, "service_unit": "working_days", "_tried": "1"}
    assert "1 openstaande melding krijgt" in manager.post(f"{RULES}add/", typed).text
    assert not RoutingRule.objects.exists()
    manager.post(f"{RULES}add/", typed | {"open_ones": "earlier"})
    moved = Melding.objects.get(pk=melding.pk)
    assert (moved.deadline, Melding.objects.get(pk=other.pk).deadline) == (TUESDAY_ENDS, other.deadline)


def test_who_may_not_change_a_term_is_not_told(triager: Client, town: Town, melding: Melding) -> None:
    assert save(triager, town.container, 1, open_ones="earlier").status_code == 403
    assert Melding.objects.get().deadline == melding.deadline


def test_the_neighbours_row_is_not_there(manager: Client, neighbour: Town) -> None:
    assert save(manager, neighbour.container, 1).status_code == 404


def test_who_goes_back_has_all_that_they_typed(manager: Client, town: Town, melding: Melding) -> None:
    page: Any = save(manager, town.container, 1, open_ones="back", name_texts_nl="Andere bak")
    form = page.context["adminform"].form
    assert (page.status_code, form["service_amount"].value()) == (200, "1")
    assert "Andere bak" in page.text
    assert "errornote" not in page.text
    assert amount_of(town.container) == 3
