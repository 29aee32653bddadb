"""The tasks send what their use cases left."""

from django.core import mail

from meldingen.accounts import invitations, resetting, tasks
from meldingen.accounts.invitations import Rights
from meldingen.tenancy.models import ResetRequest
from tests.factories import Town


def test_each_may_run_twice(town: Town) -> None:
    town.member(user__email="nel@example.org")
    made = invitations.invite(town.municipality, "sam@example.org", Rights("reader"), town.member("manager"))
    resetting.ask(town.municipality, "nel@example.org")
    request_id = ResetRequest.objects.get().pk
    for _time in range(2):
        tasks.send_invitation(made.pk)
        tasks.answer_reset(request_id)
    assert [message.to for message in mail.outbox] == [["sam@example.org"], ["nel@example.org"]]
