"""The audit log for managers: filtered, page by page, and as a file; of their own municipality alone."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from meldingen.tenancy import auditing
from meldingen.tenancy.auditing import Kind
from meldingen.tenancy.models import AuditEntry
from tests.factories import Town
from tests.staff import at

LOG, FILE = "/beheer/logboek/", "/beheer/logboek.csv"


def targets(client: Client, **query: Any) -> list[str]:
    return [each.target for each in client.get(LOG, query).context["lines"]]


def file_of(client: Client, **query: Any) -> list[str]:
    answer: Any = client.get(FILE, query)
    return b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()


@pytest.fixture
def filled(town: Town) -> Town:
    """One look of a triager in May, one of a reader in June, and a failure."""
    triager, reader = town.member(user__username="tim"), town.member("reader", user__username="ria")
    for user, month, reference in ((triager, 5, "AAAA1111"), (reader, 6, "BBBB2222")):
        AuditEntry.objects.create(
            municipality=town.municipality, kind="contact_shown", actor=user, target=f"melding:{reference}",
            happened_at=datetime(2026, month, 31 if month == 5 else 1, 21, 59, tzinfo=UTC),
        )  # fmt: skip
    auditing.keep(town.municipality, Kind.SIGN_IN_FAILED, None)
    return town


def test_who_what_and_when(filled: Town, manager: Client) -> None:
    tim = AuditEntry.objects.get(target="melding:AAAA1111").actor_id
    assert targets(manager) == ["", "BBBB-2222", "AAAA-1111"]
    assert targets(manager, who=tim) == ["AAAA-1111"]
    assert targets(manager, what="contact_shown") == ["BBBB-2222", "AAAA-1111"]
    assert targets(manager, what="contact_shown", end="2026-05-31") == ["AAAA-1111"]
    assert targets(manager, start="2026-06-01", what="contact_shown") == ["BBBB-2222"]


def test_a_day_that_is_none_is_said_and_filters_nothing(filled: Town, manager: Client) -> None:
    page = manager.get(LOG, {"start": "gisteren"})
    assert (page.status_code, len(page.context["lines"])) == (200, 3)
    assert page.context["form"].has_error("start")


def test_somebody_of_another_municipality_is_not_there(filled: Town, manager: Client, neighbour: Town) -> None:
    theirs = neighbour.member()
    auditing.keep(neighbour.municipality, Kind.SIGNED_IN, theirs)
    for query in ({"who": theirs.pk}, {"who": "x"}, {"what": "alles"}):
        assert manager.get(LOG, query).status_code == 404
        assert manager.get(FILE, query).status_code == 404


def test_another_municipalitys_log_is_out_of_reach(filled: Town, neighbour: Town) -> None:
    stranger = at(neighbour, neighbour.member("manager"))
    assert targets(stranger) == []
    assert len(file_of(stranger)) == 1
    ours = at(neighbour, filled.member("manager"))
    assert [ours.get(address).status_code for address in (LOG, FILE)] == [302, 302]


def test_only_a_manager(filled: Town, triager: Client) -> None:
    assert [triager.get(address).status_code for address in (LOG, FILE)] == [403, 403]


def test_fifty_lines_a_page_and_then_the_older_ones(town: Town, manager: Client) -> None:
    for number in range(60):
        auditing.keep(town.municipality, Kind.CONTACT_SHOWN, None, f"melding:AAAA{number:04d}")
    first = manager.get(LOG)
    assert len(first.context["lines"]) == 50
    older = targets(manager, before=first.context["older"])
    assert (len(older), older[0], older[-1]) == (10, "AAAA-0009", "AAAA-0000")
    assert targets(manager, before="x' or 1") == targets(manager)


def test_a_page_costs_the_same_however_long_the_log(
    town: Town, manager: Client, django_assert_max_num_queries: Any
) -> None:
    manager.get(LOG)
    for _number in range(120):
        auditing.keep(town.municipality, Kind.SIGNED_IN, town.member(), "user:1")
    with django_assert_max_num_queries(9):
        manager.get(LOG)


def test_the_file_has_what_the_page_has_and_no_formula(filled: Town, manager: Client) -> None:
    evil = filled.member(user__first_name='=HYPERLINK("http://kwaad.example")')
    auditing.keep(filled.municipality, Kind.SIGNED_IN, evil)
    lines = file_of(manager)
    assert lines[0] == "moment;wie;wat;waarvan;bijzonderheden;netwerk"
    assert len(lines) == 5
    assert "'=HYPERLINK" in lines[1]
    assert file_of(manager, what="contact_shown", end="2026-05-31")[1].startswith("2026-05-31T23:59:00+02:00;tim;")
