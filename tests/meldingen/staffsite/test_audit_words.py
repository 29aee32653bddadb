"""Lines of the audit log in the words of colleagues."""

from typing import Any

import pytest
from django.utils import translation

from meldingen.staffsite.audit_words import Line, lines_of
from meldingen.tenancy import auditing
from meldingen.tenancy.auditing import Kind
from meldingen.tenancy.models import AuditEntry
from tests.factories import Town


def line(town: Town, target: str = "", codes: dict[str, Any] | None = None) -> Line:
    auditing.keep(town.municipality, Kind.SETTING_CHANGED, None, target, codes)
    with translation.override("en"):
        return lines_of(town.municipality, [AuditEntry.objects.latest("pk")])[0]


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("", ""),
        ("melding:7K3D9QXA", "7K3D-9QXA"),
        ("invitation:4", "invitation 4"),
        ("team:3", "Team 3"),
        ("user:999999", ""),
        ("user:x", ""),
        ("gone:3", "gone:3"),
    ],
)
def test_a_target(town: Town, target: str, words: str) -> None:
    assert line(town, target).target == words


def test_a_colleague_by_name(town: Town) -> None:
    user = town.member(user__first_name="Nel", user__last_name="Bos")
    assert line(town, f"user:{user.pk}").target == "Nel Bos"


def test_who_did_it_to_themselves_is_named_once(town: Town) -> None:
    user = town.member()
    auditing.keep(town.municipality, Kind.SIGNED_IN, user, f"user:{user.pk}")
    (entry,) = lines_of(town.municipality, [AuditEntry.objects.get()])
    assert (entry.who, entry.target) == (user.username, "")


def test_a_change_of_rights_in_names(town: Town) -> None:
    codes = {"role": {"from": "reader", "to": "manager"}, "teams": {"from": [], "to": [town.roads.pk, 0]}}
    assert line(town, "user:1", codes).details == ["role: Reader → Manager", "teams: nothing → Wegen, 0"]


def test_a_setting_by_the_name_that_it_has_on_its_page(town: Town) -> None:
    codes = {"requires_code": {"from": False, "to": True}, "gone_since": 3}
    details = line(town, f"municipality:{town.municipality.pk}", codes).details
    assert details == ["gone_since: 3", "ask colleagues for a code at sign-in: no → yes"]


def test_a_page_of_lines_asks_people_and_teams_once(town: Town, django_assert_num_queries: Any) -> None:
    for _number in range(20):
        auditing.keep(town.municipality, Kind.RIGHTS_GIVEN, None, f"user:{town.member().pk}", {"teams": [1]})
    entries = list(AuditEntry.objects.select_related("actor"))
    with django_assert_num_queries(2):
        lines_of(town.municipality, entries)
