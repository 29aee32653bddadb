from typing import Any

import pytest

from meldingen.handling import triage
from meldingen.notifications import recipients, staff_mail
from meldingen.notifications.models import Delivery, Recipient
from meldingen.record.models import Melding
from tests.factories import Town
from tests.meldingen.notifications.conftest import Mailbox
from tests.meldingen.notifications.reporters import html, plain, reported

TYPED = ("puilt", "stinkt", "kwaad.example", "Dorpsstraat", "Jansen", "melder@example.org")


@pytest.fixture
def given(town: Town) -> Any:
    """A team with a mailbox that got three meldingen."""
    town.roads.email = "wegen@example.org"
    town.roads.save()
    officer = town.member()
    for _ in range(3):
        melding = reported(town, place_text="Dorpsstraat 12", name="Jansen")
        triage.assign(triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=officer), town.roads)
    return melding


def tell(town: Town) -> None:
    staff_mail.tell(recipients.team_mailbox(town.roads).pk)


def test_a_team_reads_what_and_where_and_no_word_of_a_reporter(town: Town, given: Melding, mailbox: Mailbox) -> None:
    tell(town)
    (mail,) = mailbox.mails()
    assert (mail["To"], mail["Subject"]) == ("wegen@example.org", "3 meldingen voor Wegen")
    for words in (plain(mail), html(mail)):
        assert f"{given.reference[:4]}-{given.reference[4:]}" in words
        assert "Container vol" in words
        assert town.west.name in words
        assert f"http://stad.example/beheer/meldingen/melding/{given.pk}/change/" in words
        assert not [typed for typed in (*TYPED, given.follow_token) if typed in words]


def test_what_comes_within_a_quarter_of_an_hour_waits_for_its_end(town: Town, given: Melding, mailbox: Mailbox) -> None:
    tell(town)
    officer = town.member()
    case = triage.Case(melding_id=reported(town).pk, municipality=town.municipality, actor=officer)
    triage.assign(case, town.roads)
    tell(town)
    assert len(mailbox.mails()) == 1
    waiting = Delivery.objects.get(purpose="work", due_at__isnull=False)
    last = Delivery.objects.filter(sent_at__isnull=False).latest("sent_at").sent_at
    assert last
    assert waiting.due_at == last + staff_mail.PAUSES[Recipient.Kind.TEAM]


def test_the_log_names_the_team_and_no_address(
    town: Town, given: Melding, broken_server: Any, caplog: pytest.LogCaptureFixture
) -> None:
    tell(town)
    assert f"team wegen of {town.municipality.code} not told of 3 meldingen" in caplog.text
    assert "wegen@example.org" not in caplog.text
