"""The neighbour's staff walks the whole registry and finds nothing of the town."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db.models import ForeignKey
from django.test import Client
from django.urls import reverse

from meldingen.handling.desk.actions import ACTIONS
from meldingen.record.models import Melding
from meldingen.staffsite.site import site
from meldingen.tenancy.models import Team
from opendata import releases
from opendata.disclosure import Period
from opendata.models import Hold, OtherData
from tests.factories import PASSWORD, Town
from tests.staff import SECRET, at, full_melding, name_everything

MODELS = sorted(site._registry, key=lambda model: model._meta.label)
NAMES = [model._meta.label for model in MODELS]


@pytest.fixture
def filled(town: Town) -> Town:
    """The town with a row of every model of meldingen, and the secret in all their names."""
    town.melding(received_at=datetime(2026, 5, 5, 12, tzinfo=UTC), category=town.dumping)
    full_melding(town)
    name_everything(town)
    about = {"title": SECRET, "owner": SECRET, "licence": "CC0", "address": "https://elders.example/lampen"}
    OtherData.objects.create(municipality=town.municipality, **about)
    return town


@pytest.fixture
def drawn(transactional_db: None, filled: Town) -> Town:
    """The same with what was published; a draw needs transactions of its own."""
    releases.publish(filled.municipality, Period.month(2026, 5))
    own = {"municipality": filled.municipality, "held_by": filled.member()}
    Hold.objects.create(**own, period="2026-06", reason=SECRET, until=date(2026, 9, 1))
    return filled


@pytest.fixture
def stranger(filled: Town, neighbour: Town) -> Client:
    """A manager of the neighbour, at the neighbour's host."""
    return at(neighbour, neighbour.member("manager"))


def rows_of(model: Any, town: Town) -> Any:
    admin: Any = site._registry[model]
    return model._base_manager.filter(**{admin.municipality_path: town.municipality.pk})


def of_town(model: Any, town: Town) -> Any:
    row = rows_of(model, town).last()
    assert row is not None, f"the walk needs a row of {model._meta.label}"
    return row


def address(model: Any, page: str, *args: int) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def nothing_in(response: Any) -> bool:
    """Whether an answer is a refusal or a page without the secret."""
    return response.status_code in (302, 403, 404, 405) or SECRET not in response.content.decode()


def test_every_row_is_out_of_reach_and_no_list_names_one(drawn: Town, stranger: Client) -> None:
    for model in MODELS:
        row = of_town(model, drawn)
        for page in ("change", "history", "delete"):
            assert stranger.get(address(model, page, row.pk)).status_code in (403, 404), (model, page)
            assert stranger.post(address(model, page, row.pk)).status_code in (403, 404, 405), (model, page)
        lists = stranger.get(address(model, "changelist"))
        assert lists.status_code == 200
        assert nothing_in(lists), model
        assert nothing_in(stranger.get(address(model, "changelist"), {"q": SECRET[:6]})), model


def test_no_filter_offers_or_accepts_a_row_of_the_town(drawn: Town, stranger: Client) -> None:
    for model in MODELS:
        relations = [field for field in model._meta.fields if isinstance(field, ForeignKey)]
        row = of_town(model, drawn)
        for field in relations:
            for query in (f"{field.name}__id__exact", field.name, f"{field.name}__exact"):
                answer = stranger.get(address(model, "changelist"), {query: getattr(row, field.attname) or 1})
                assert nothing_in(answer), (model, query)


def test_autocomplete_finds_nothing(drawn: Town, stranger: Client) -> None:
    for model in MODELS:
        for field in (f for f in model._meta.fields if isinstance(f, ForeignKey)):
            names = {"app_label": model._meta.app_label, "model_name": str(model._meta.model_name)}
            answer = stranger.get("/beheer/autocomplete/", {**names, "field_name": field.name, "term": SECRET})
            assert nothing_in(answer), (model, field)


def test_no_action_touches_a_row_of_the_town(drawn: Town, stranger: Client) -> None:
    for model in MODELS:
        row = of_town(model, drawn)
        posted = {"action": "delete_selected", "_selected_action": [row.pk], "index": 0, "post": "yes"}
        assert nothing_in(stranger.post(address(model, "changelist"), posted))
        assert model._base_manager.filter(pk=row.pk).exists()


def test_forms_to_add_or_change_offer_no_row_of_the_town(stranger: Client, filled: Town, neighbour: Town) -> None:
    full_melding(neighbour, category=neighbour.dumping)
    for model in (m for m in MODELS if rows_of(m, neighbour).exists()):
        page = stranger.get(address(model, "change", of_town(model, neighbour).pk))
        assert page.status_code == 200
        assert nothing_in(page) or model is Melding
        assert nothing_in(stranger.get(address(model, "add")))


def test_a_row_of_the_town_cannot_be_posted_as_a_choice(stranger: Client, filled: Town, neighbour: Town) -> None:
    rule = {"position": 1, "priority": 2, "is_active": "on", "_tried": "1", "team": filled.roads.pk}
    answer = stranger.post("/beheer/meldingen/routingrule/add/", rule)
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()


@pytest.mark.parametrize("name", ACTIONS)
def test_no_melding_of_the_town_can_be_acted_on(stranger: Client, filled: Town, name: str) -> None:
    melding = Melding.objects.filter(municipality=filled.municipality).latest("pk")
    before = melding.events.count()
    assert stranger.post(f"/beheer/meldingen/melding/{melding.pk}/{name}/doen/", {"text": "x"}).status_code == 404
    assert melding.events.count() == before


def test_a_colleague_of_the_town_is_nobody_at_the_neighbours_site(filled: Town, neighbour: Town) -> None:
    client = at(neighbour, filled.member("manager"))
    for model in MODELS:
        assert client.get(address(model, "changelist"))["Location"].startswith("/beheer/login/")
    assert client.post(f"/beheer/meldingen/melding/{Melding.objects.latest('pk').pk}/take/doen/").status_code == 302


def test_a_colleague_of_the_town_cannot_log_in_at_the_neighbours(filled: Town, neighbour: Town) -> None:
    client = Client(headers={"host": neighbour.host})
    data = {"username": filled.member().username, "password": PASSWORD}
    wrong = client.post("/beheer/login/", data | {"password": "onjuist"}).context["form"].non_field_errors()
    elsewhere = client.post("/beheer/login/", data)
    assert elsewhere.status_code == 200
    assert elsewhere.context["form"].non_field_errors() == wrong


def test_a_superuser_without_a_membership_sees_nothing(filled: Town, neighbour: Town) -> None:
    chief = filled.member("manager")
    chief.is_superuser = True
    chief.save()
    Team.objects.create(municipality=neighbour.municipality, slug="buren", name="Burenteam")
    answer = at(neighbour, chief).get("/beheer/tenancy/team/")
    assert answer.status_code == 302
    assert "Burenteam" not in answer.content.decode()


def test_rows_are_not_found_by_their_type_and_number(stranger: Client, filled: Town) -> None:
    assert stranger.get(f"/beheer/r/1/{filled.roads.pk}/").status_code == 404
