"""Coordinators hear of a threat, those who have an address; no word of it is in the mail."""

import pytest

from meldingen.handling import triage, undoing
from meldingen.notifications import recipients, staff_mail
from meldingen.notifications.models import Delivery
from meldingen.record.models import Melding
from tests.factories import Town
from tests.meldingen.notifications.conftest import Mailbox
from tests.meldingen.notifications.reporters import html, plain, reported
from tests.threats import threaten


def called(town: Town) -> tuple[Melding, triage.Case]:
    melding = reported(town, text="Ik weet u te wonen.", name="Jansen")
    case = triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member())
    threaten(case)
    return melding, case


def test_each_coordinator_reads_where_it_stands_and_no_word_of_it(town: Town, mailbox: Mailbox) -> None:
    for name in ("marijke", "karim"):
        town.member("coordinator", user__email=f"{name}@example.org")
    town.member("triage", user__email="fatima@example.org")
    melding, _case = called(town)
    staff_mail.tell(recipients.coordinators(town.municipality).pk)
    mails = mailbox.mails()
    assert {mail["To"] for mail in mails} == {"marijke@example.org, karim@example.org"}
    assert mails[0]["Subject"] == "1 dreiging"
    for words in (plain(mails[0]), html(mails[0])):
        assert f"/beheer/meldingen/melding/{melding.pk}/change/" in words
        assert not [typed for typed in ("te wonen", "Jansen", "Aangifte", melding.follow_token) if typed in words]


def test_without_a_coordinator_who_has_an_address_nothing_waits(town: Town) -> None:
    town.member("coordinator")
    called(town)
    assert not Delivery.objects.filter(purpose=Delivery.Purpose.THREAT).exists()


def test_who_undoes_it_takes_the_mail_back(town: Town, settings: pytest.FixtureRequest, mailbox: Mailbox) -> None:
    settings.UNDO_SECONDS = 120  # type: ignore[attr-defined]
    town.member("coordinator", user__email="marijke@example.org")
    melding = reported(town)
    after = melding.events.latest("id").pk
    case = triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member())
    threaten(case)
    undoing.undo(case, after)
    assert not Delivery.objects.filter(purpose=Delivery.Purpose.THREAT).exists()
