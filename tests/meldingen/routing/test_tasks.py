import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from meldingen import queueing
from meldingen.categories.models import Category
from meldingen.languages import Texts
from meldingen.notifications.models import Delivery
from meldingen.record import events, lifecycle
from meldingen.record.models import Melding
from meldingen.routing import prediction, routes
from meldingen.routing import tasks as routing_tasks
from meldingen.routing.models import Prediction
from tests.factories import RoutingRuleFactory, Town
from tests.learned import CONTAINER, learn


@pytest.fixture(autouse=True)
def fresh_process() -> None:
    prediction.forget_models()
    queueing._Pause.until = 0.0


def test_a_melding_is_classified_and_routed(town: Town) -> None:
    learn(town)
    melding = town.melding(text=CONTAINER)
    routing_tasks.classify_and_route(melding.pk)
    melding.refresh_from_db()
    assert (melding.category, melding.team, melding.state) == (town.container, town.cleaning, "assigned")
    assert [e.kind for e in melding.events.all()] == ["received", "classified", "routed", "moved"]


def test_a_second_time_changes_nothing(town: Town, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    learn(town)
    melding = town.melding(text=CONTAINER)
    routing_tasks.classify_and_route(melding.pk)
    with django_assert_num_queries(3):  # savepoint, a look, release
        routing_tasks.classify_and_route(melding.pk)
    assert (melding.events.count(), Prediction.objects.count()) == (4, 1)


def test_the_number_of_queries_does_not_grow_with_rules_or_categories(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    learn(town)
    for number in range(20):
        Category.objects.create(municipality=town.municipality, slug=f"meer-{number}", name_texts=Texts(nl="Meer"))
    melding = town.melding(text=CONTAINER)
    routing_tasks.classify_and_route(town.melding(text=CONTAINER).pk)
    with django_assert_num_queries(14):
        routing_tasks.classify_and_route(melding.pk)


def test_all_is_written_at_once_and_no_border_is_read(
    town: Town, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    learn(town)
    RoutingRuleFactory.create(municipality=town.municipality, area=town.wijk, team=town.roads)
    melding = town.melding(text=CONTAINER, point=town.point())
    with django_assert_max_num_queries(14) as done:
        routing_tasks.classify_and_route(melding.pk)
    statements = [query["sql"] for query in done.captured_queries]
    assert len([sql for sql in statements if sql.startswith(('UPDATE "meldingen_melding"', "INSERT"))]) == 3
    assert [sql for sql in statements if "geometry" in sql or '"point"' in sql or '"search"' in sql] == []
    melding.refresh_from_db()
    assert (melding.category, melding.team, melding.state) == (town.container, town.roads, "assigned")
    assert [e.kind for e in melding.events.all()] == ["received", "classified", "routed", "moved"]


def test_what_a_colleague_took_up_is_predicted_but_not_routed(town: Town) -> None:
    learn(town)
    melding = town.melding(text=CONTAINER, category=town.dumping, category_by="staff")
    lifecycle.move(melding, "in_progress", actor=events.SWEEP)
    routing_tasks.classify_and_route(melding.pk)
    melding.refresh_from_db()
    assert (melding.team, melding.state, melding.category) == (None, "in_progress", town.dumping)
    assert Prediction.objects.filter(melding=melding).exists()


def test_a_melding_that_keeps_killing_workers_goes_to_people(town: Town) -> None:
    learn(town)
    once, again = town.melding(text=CONTAINER), town.melding(text=CONTAINER)
    routing_tasks.classify_and_route.apply(args=(once.pk,), retries=1)
    routing_tasks.classify_and_route.apply(args=(again.pk,), retries=2)
    assert Prediction.objects.get(melding=once).action == "route"
    assert (Prediction.objects.get(melding=again).action, again.prediction.reason) == ("people", "worker_lost")


def test_an_imported_melding_is_left_alone(town: Town) -> None:
    learn(town)
    melding = town.melding(text=CONTAINER, source=Melding.Source.IMPORT)
    routing_tasks.classify_and_route(melding.pk)
    assert not Prediction.objects.exists()


def test_a_melding_that_is_gone_is_no_error(db: None) -> None:
    routing_tasks.classify_and_route(123456789)


def test_twice_at_once_is_as_once(transactional_db: None) -> None:
    town = Town()
    learn(town)
    meldingen = [town.melding(text=CONTAINER) for _ in range(5)]
    errors = []

    def work() -> None:
        try:
            for melding in meldingen:
                routing_tasks.classify_and_route(melding.pk)
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert Prediction.objects.count() == 5
    assert all(m.events.count() == 4 for m in meldingen)
    assert connection.vendor == "postgresql"


@pytest.fixture
def waiting(town: Town) -> list[Melding]:
    """Ten that came in a flood some time ago, and one of the neighbour."""
    learn(town)
    long_ago = timezone.now() - timedelta(minutes=1)
    return [town.melding(text=CONTAINER, received_at=long_ago) for _number in range(10)]


def test_in_a_flood_one_task_takes_the_others_along(town: Town, neighbour: Town, waiting: list[Melding]) -> None:
    other = neighbour.melding(received_at=timezone.now() - timedelta(minutes=1))
    routing_tasks.classify_and_route(waiting[4].pk)
    assert set(Melding.objects.filter(municipality=town.municipality).values_list("state", "team")) == {
        ("assigned", town.cleaning.pk)
    }
    assert [event.kind for event in waiting[0].events.all()] == ["received", "classified", "routed", "moved"]
    assert prediction.is_due(Melding.objects.get(pk=other.pk))


def test_ten_taken_along_cost_one_update_each_and_nothing_else(
    town: Town, waiting: list[Melding], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(14 + 9):
        routing_tasks.classify_and_route(waiting[0].pk)
    assert not Melding.objects.filter(prediction_due_at__isnull=False).exists()


def test_what_came_just_now_is_left_to_its_own_task(town: Town, waiting: list[Melding]) -> None:
    now = town.melding(text=CONTAINER)
    routing_tasks.classify_and_route(waiting[0].pk)
    assert prediction.is_due(Melding.objects.get(pk=now.pk))


def test_one_that_fails_takes_no_other_down(
    town: Town, waiting: list[Melding], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    route = routes.route

    def fails(melding: Melding, **options: Any) -> bool | None:
        if melding.pk == waiting[7].pk:
            raise RuntimeError("broken")
        return route(melding, **options)

    monkeypatch.setattr(routes, "route", fails)
    routing_tasks.classify_and_route(waiting[0].pk)
    assert Melding.objects.get(pk=waiting[0].pk).state == "assigned"
    assert Melding.objects.filter(prediction_due_at__isnull=False).count() == 9
    with pytest.raises(RuntimeError):
        routing_tasks.classify_and_route(waiting[7].pk)


@pytest.mark.parametrize(("values", "told"), [({}, 1), ({"external_id": "7"}, 0), ({"source": "import"}, 0)])
def test_no_team_is_mailed_because_of_an_import(town: Town, values: dict[str, Any], told: int) -> None:
    learn(town)
    type(town.cleaning).objects.filter(pk=town.cleaning.pk).update(email="schoon@example.org")
    melding = town.melding(text=CONTAINER, **values)
    Melding.objects.filter(pk=melding.pk).update(prediction_due_at=melding.received_at)  # as an import leaves it
    routing_tasks.classify_and_route(melding.pk)
    melding.refresh_from_db()
    assert (melding.team, melding.state) == (town.cleaning, "assigned")
    assert Delivery.objects.filter(purpose=Delivery.Purpose.WORK).count() == told
