"""The audit log is added to and never changed, and goes after its term."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from meldingen.tenancy import auditing, colleagues
from meldingen.tenancy.auditing import Kind
from meldingen.tenancy.models import AuditEntry
from tests import owner
from tests.factories import Town


def test_a_line_says_who_what_and_from_which_network(town: Town) -> None:
    user = town.member()
    with auditing.from_network("192.0.2.0/24"):
        auditing.keep(town.municipality, Kind.SIGNED_IN, user, f"user:{user.pk}", {"code": True})
    line = AuditEntry.objects.of(town.municipality).get()
    assert (line.actor, line.kind, line.target, line.codes) == (user, "signed_in", f"user:{user.pk}", {"code": True})
    assert line.network == "192.0.2.0/24"
    assert auditing.network() == ""


def test_a_change_names_what_differs_and_nothing_else(town: Town) -> None:
    old, new = {"role": "reader", "name": "x"}, {"role": "manager", "name": "x"}
    auditing.keep_change(town.municipality, Kind.RIGHTS_CHANGED, None, "user:1", old, new)
    auditing.keep_change(town.municipality, Kind.RIGHTS_CHANGED, None, "user:1", old, old)
    assert AuditEntry.objects.get().codes == {"role": {"from": "reader", "to": "manager"}}


@pytest.mark.parametrize("sql", ["UPDATE tenancy_auditentry SET kind = 'idle'", "DELETE FROM tenancy_auditentry"])
def test_the_application_may_not_change_a_line(town: Town, sql: str) -> None:
    auditing.keep(town.municipality, Kind.SIGNED_IN, None)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("sql", ["UPDATE tenancy_auditentry SET kind = 'idle'", "DELETE FROM tenancy_auditentry"])
def test_the_owner_of_the_tables_neither(town: Town, sql: str) -> None:
    auditing.keep(town.municipality, Kind.SIGNED_IN, None)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        owner.as_owner(sql)


def test_what_is_older_than_its_term_goes(town: Town, neighbour: Town) -> None:
    for where in (town.municipality, neighbour.municipality):
        for days in (364, 366):
            then = timezone.now() - timedelta(days=days)
            AuditEntry.objects.create(municipality=where, kind="idle", target=f"days:{days}", happened_at=then)
    assert auditing.forget(town.municipality) == 1
    assert [line.target for line in AuditEntry.objects.of(town.municipality)] == ["days:364"]
    assert AuditEntry.objects.of(neighbour.municipality).count() == 2


def test_no_term_is_so_short_that_it_hides_what_was_done(town: Town) -> None:
    with pytest.raises(DatabaseError, match="keeps_its_audit_log"), transaction.atomic():
        type(town.municipality).objects.filter(pk=town.municipality.pk).update(audit_days=1)


def test_a_colleague_who_is_added_by_a_command_is_in_it(town: Town) -> None:
    colleagues.add(town.municipality, "eerste", None)
    line = AuditEntry.objects.get()
    assert (line.kind, line.actor, line.codes) == ("rights_given", None, {"role": {"from": None, "to": "manager"}})
