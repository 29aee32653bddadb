"""Asking for a new password stores the same for every address, and not too often."""

from collections.abc import Callable
from typing import Any

from meldingen.accounts import resetting
from meldingen.limits.senders import Sender
from meldingen.tenancy.models import AuditEntry, ResetRequest
from tests.factories import Town

ME, STRANGER = Sender("192.0.2.7/32", "192.0.2.0/24"), Sender("198.51.100.7/32", "198.51.100.0/24")


def test_a_known_and_an_unknown_address_are_stored_alike(town: Town) -> None:
    town.member(user__email="nel@example.org")
    for address in ("nel@example.org", "niemand@example.org"):
        resetting.ask(town.municipality, address)
    rows = list(ResetRequest.objects.of(town.municipality).values_list("address_key", flat=True))
    assert (len(rows), {len(key) for key in rows}) == (2, {64})
    assert not AuditEntry.objects.exists()


def test_the_task_is_asked_after_the_commit(
    town: Town, published: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        resetting.ask(town.municipality, "nel@example.org")
    assert published == [("answer_reset", (ResetRequest.objects.get().pk,))]


def test_one_address_is_asked_for_a_few_times_an_hour_and_nobody_is_told(
    town: Town, limited: Callable[..., Any]
) -> None:
    limited(reset="2/hour")
    for address in ("nel@example.org", "NEL@example.org", "nel@example.org"):
        resetting.ask(town.municipality, address)
    resetting.ask(town.municipality, "ander@example.org")
    assert ResetRequest.objects.count() == 3


def test_one_network_asks_a_few_times_an_hour(limited: Callable[..., Any], db: None) -> None:
    limited(reset_network="2/hour")
    assert [resetting.wait_for_network(ME) > 0 for _number in range(3)] == [False, False, True]
    assert resetting.wait_for_network(STRANGER) == 0


def test_who_works_elsewhere_or_not_any_more_is_no_colleague(town: Town, neighbour: Town) -> None:
    assert resetting.is_colleague(town.municipality, town.member())
    assert not resetting.is_colleague(town.municipality, neighbour.member())
    assert not resetting.is_colleague(town.municipality, town.member(user__is_active=False))
