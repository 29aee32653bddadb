import time
from pathlib import Path
from typing import Any

from django.db import connection

from meldingen.notifications.models import Delivery
from meldingen.record.models import Melding
from meldingen.routing.models import Prediction
from tests.factories import Town
from tests.journeys.machinery import Browser, predictions_held_up, until
from tests.learned import CONTAINER


def finished(number: int) -> Any:
    return (
        Prediction.objects.count() == number
        and Melding.objects.filter(state="assigned").count() == number
        and Delivery.objects.filter(sent_at__isnull=False).count() == number
    )


def one_prediction_and_one_receipt_each(mailbox: Path, number: int) -> None:
    assert Prediction.objects.count() == Melding.objects.count() == number
    mails = [path.read_text() for path in mailbox.glob("*.eml")]
    assert len(mails) == number
    for melding in Melding.objects.all():
        assert sum(melding.reference[:4] + "-" + melding.reference[4:] in mail for mail in mails) == 1
        assert [e.kind for e in melding.events.all()] == ["received", "classified", "routed", "moved"]


def somebody_waits_for_a_lock() -> Any:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0] > 0


def test_from_the_form_to_the_file(town: Town, browser: Any, worker: Any, mailbox: Path) -> None:
    worker.start()
    token = browser.report(CONTAINER, town.west, email="melder@example.org")
    until(lambda: finished(1))
    melding = Melding.objects.get(follow_token=token)
    assert (melding.category, melding.category_by) == (town.container, "model")
    assert (melding.team, melding.state) == (town.cleaning, "assigned")
    assert melding.deadline is not None
    one_prediction_and_one_receipt_each(mailbox, 1)
    log = worker.log.read_text()
    assert "melder@example.org" not in log
    assert CONTAINER not in log


def test_a_worker_that_is_killed_in_mid_task_and_five_meldingen_later(
    town: Town, browser: Any, worker: Any, mailbox: Path
) -> None:
    worker.start()
    with predictions_held_up():
        browser.report(CONTAINER, town.west, email="melder1@example.org")
        until(somebody_waits_for_a_lock)
        worker.kill()
    for number in range(2, 7):
        Browser(browser.client).report(CONTAINER, town.east, email=f"melder{number}@example.org")
    worker.start()
    until(lambda: finished(6))
    one_prediction_and_one_receipt_each(mailbox, 6)


def test_a_process_that_is_killed_in_mid_task_is_replaced_and_the_task_done_again(
    town: Town, browser: Any, worker: Any, mailbox: Path
) -> None:
    worker.start()
    with predictions_held_up():
        browser.report(CONTAINER, town.west, email="melder@example.org")
        until(somebody_waits_for_a_lock)
        worker.kill_children()
    until(lambda: finished(1))
    one_prediction_and_one_receipt_each(mailbox, 1)


def test_a_melding_comes_in_while_the_broker_is_down(
    town: Town, browser: Any, broker: Any, worker: Any, mailbox: Path
) -> None:
    browser.report(CONTAINER, town.west, email="voor@example.org")
    broker.stop()
    started = time.monotonic()
    token = Browser(browser.client).report(CONTAINER, town.west, email="tijdens@example.org")
    assert time.monotonic() - started < 2
    assert Melding.objects.get(follow_token=token).state == "new"
    broker.start()
    worker.start()
    until(lambda: finished(2))
    one_prediction_and_one_receipt_each(mailbox, 2)


def test_danger_is_urgent_in_the_row_while_no_worker_works_and_who_is_on_duty_hears_of_it_once_one_does(
    town: Town, browser: Any, broker: Any, worker: Any, mailbox: Path
) -> None:
    town.municipality.duty_email = "piket@example.org"
    town.municipality.save()
    broker.stop()
    token = browser.report("Er is brand in de container", town.west)
    melding = Melding.objects.get(follow_token=token)
    assert (melding.priority, melding.danger, melding.team) == (Melding.Priority.URGENT, "life", None)
    broker.start()
    worker.start()
    until(lambda: Delivery.objects.filter(sent_at__isnull=False).exists() and Prediction.objects.exists())
    (path,) = mailbox.glob("*.eml")
    assert "piket@example.org" in path.read_text()
    melding.refresh_from_db()
    assert (melding.priority, melding.team, melding.state) == (Melding.Priority.URGENT, None, "new")


def sessions_of_the_worker() -> Any:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return {pid for (pid,) in cursor.fetchall()}


def test_a_worker_keeps_its_connections_and_makes_new_ones_when_they_are_lost(
    town: Town, browser: Any, worker: Any, mailbox: Path
) -> None:
    worker.start()
    for number in range(1, 5):
        Browser(browser.client).report(CONTAINER, town.west, email=f"melder{number}@example.org")
    until(lambda: finished(4))
    kept = sessions_of_the_worker()
    for number in range(5, 9):
        Browser(browser.client).report(CONTAINER, town.west, email=f"melder{number}@example.org")
    until(lambda: finished(8))
    assert kept & sessions_of_the_worker()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM unnest(%s) AS pid", [list(sessions_of_the_worker())])
    Browser(browser.client).report(CONTAINER, town.west, email="melder9@example.org")
    until(lambda: finished(9))
    one_prediction_and_one_receipt_each(mailbox, 9)
