"""Which columns each role gets, decided on the server."""

import pytest

from meldingen.exports.columns import columns_of
from meldingen.tenancy.roles import RIGHTS

CONTACT = ["reporter_name", "reporter_email", "reporter_phone"]
EVERYBODY = [
    "reference", "received_at", "state", "priority", "danger", "main_category", "category", "text", "answers",
    "address", "place_text", "wijk", "buurt", "latitude", "longitude", "asset", "source", "team", "assignee",
    "deadline", "promised_at", "closed_at", "hours_new", "hours_assigned", "hours_in_progress", "hours_planned",
    "hours_waiting", "hours_reopened",
]  # fmt: skip
MARK = ["confidentiality"]
WITH_CONTACT = {
    "reader": EVERYBODY + MARK,
    "telephone": EVERYBODY + CONTACT + MARK,
    "handler": EVERYBODY + CONTACT + MARK,
    "triage": EVERYBODY + CONTACT + MARK,
    "coordinator": EVERYBODY + CONTACT + MARK,
    "manager": EVERYBODY + CONTACT + MARK,
}


def test_there_is_a_list_for_each_role() -> None:
    assert set(WITH_CONTACT) == set(RIGHTS)


@pytest.mark.parametrize("role", WITH_CONTACT)
def test_who_asks_for_contact_details_gets_them_by_right(role: str) -> None:
    assert [column.key for column in columns_of(RIGHTS[role], with_contact=True)] == WITH_CONTACT[role]


@pytest.mark.parametrize("role", WITH_CONTACT)
def test_nobody_gets_them_without_asking(role: str) -> None:
    assert [column.key for column in columns_of(RIGHTS[role], with_contact=False)] == EVERYBODY + MARK


def test_who_has_no_right_has_no_column() -> None:
    assert columns_of(frozenset(), with_contact=True) == []
