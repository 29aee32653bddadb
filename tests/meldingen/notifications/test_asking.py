from typing import Any

import pytest

from meldingen import queueing
from meldingen.notifications.asking import ask
from meldingen.notifications.models import LinkRequest
from tests.factories import Town, reporter_of


def test_asking_keeps_no_address_and_puts_one_number_into_a_queue(
    town: Town, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    published = []
    monkeypatch.setattr(queueing, "_publish", lambda task, ids: published.append((task.name.rsplit(".", 1)[-1], ids)))
    with django_capture_on_commit_callbacks(execute=True):
        ask(town.municipality, "67D0B5GA", "sam@example.org")
    kept = LinkRequest.objects.get()
    assert published == [("send_link", (kept.pk,))]
    assert "sam" not in f"{kept.reference}{kept.address_key}"


def test_it_asks_the_database_the_same_whether_or_not_the_two_belong_together(
    town: Town, django_assert_num_queries: Any
) -> None:
    melding = town.melding()
    reporter_of(melding, "sam@example.org")
    for reference, address in ((melding.reference, "sam@example.org"), ("67D0B5GA", "niemand@example.org")):
        with django_assert_num_queries(3):  # the row, and a savepoint around it
            ask(town.municipality, reference, address)
