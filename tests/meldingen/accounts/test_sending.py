"""Mails to colleagues go once, to who they are for, and again when they failed."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from meldingen.accounts import invitations, letters, resetting, sending
from meldingen.accounts.invitations import Rights
from meldingen.tenancy.models import AuditEntry, Invitation, ResetRequest
from tests.factories import Town


@pytest.fixture
def invitation(town: Town) -> Invitation:
    return invitations.invite(town.municipality, "nel@example.org", Rights("triage"), town.member("manager"))


def broken(*_values: Any) -> Any:
    raise OSError("no server")


def test_an_invitation_is_sent_once(invitation: Invitation) -> None:
    for _time in range(2):
        sending.send_invitation(invitation.pk)
    assert [message.to for message in mail.outbox] == [["nel@example.org"]]
    invitation.refresh_from_db()
    assert (invitation.sent_at is not None, invitation.due_at) == (True, None)


def test_one_that_fails_is_due_again_and_given_up_in_the_end(
    invitation: Invitation, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(letters, "invitation_letter", broken)
    sending.send_invitation(invitation.pk)
    invitation.refresh_from_db()
    assert invitation.due_at is not None
    assert invitation.due_at > timezone.now() + timedelta(seconds=10)
    for _time in range(sending.MOST_ATTEMPTS):
        sending.send_invitation(invitation.pk)
    invitation.refresh_from_db()
    assert not invitation.sent_at
    assert not Invitation.objects.filter(due_at__isnull=False).exists()
    assert "nel" not in caplog.text


def test_one_that_was_withdrawn_is_not_sent(town: Town, invitation: Invitation) -> None:
    invitations.withdraw(invitation, town.member("manager"))
    sending.send_invitation(invitation.pk)
    assert mail.outbox == []


def asked(town: Town, address: str) -> int:
    resetting.ask(town.municipality, address)
    return ResetRequest.objects.latest("pk").pk


def test_a_colleague_gets_a_link_and_nobody_else_does(town: Town, neighbour: Town) -> None:
    user = town.member(user__email="nel@example.org")
    neighbour.member(user__email="buur@example.org")
    town.member(user__email="weg@example.org", user__is_active=False)
    for address in ("Nel@example.org", "buur@example.org", "weg@example.org", "niemand@example.org", "x"):
        sending.answer_reset(asked(town, address))
    assert [message.to for message in mail.outbox] == [["nel@example.org"]]
    assert [(line.kind, line.target) for line in AuditEntry.objects.all()] == [("reset_asked", f"user:{user.pk}")]
    assert not ResetRequest.objects.exists()


def test_a_mail_that_fails_leaves_what_was_asked(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.member(user__email="nel@example.org")
    request_id = asked(town, "nel@example.org")
    monkeypatch.setattr(letters, "reset_letter", broken)
    with pytest.raises(OSError, match="no server"):
        sending.answer_reset(request_id)
    assert sending.left_over(timedelta()) == [request_id]


def test_after_a_day_nobody_waits_for_it(town: Town) -> None:
    asked(town, "nel@example.org")
    ResetRequest.objects.update(asked_at=timezone.now() - timedelta(days=2))
    sending.forget_old()
    assert not ResetRequest.objects.exists()
