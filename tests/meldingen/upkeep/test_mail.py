from datetime import timedelta

import pytest
from django.utils import timezone

from meldingen.notifications import bounces, recipients, verp
from meldingen.notifications.models import Delivery, Recipient
from meldingen.record.models import Reporter
from meldingen.upkeep import mail
from tests.factories import Town, mail_due, reporter_of
from tests.meldingen.notifications.reports import failure


@pytest.fixture(autouse=True)
def bouncing(settings: object) -> None:
    settings.BOUNCE_ADDRESS = "bounce@mail.example"  # type: ignore[attr-defined]


def _bounce(delivery: Delivery, status: str = "5.1.1") -> None:
    bounces.take(failure(verp.envelope_of(delivery.pk), status))


def _sentences(town: Town) -> list[str]:
    return [defect.sentence for defect in mail.look(town.municipality)]


def _bounced_receipt(town: Town, status: str = "5.1.1") -> str:
    melding = town.melding(text="Geheim")
    reporter_of(melding, f"{melding.reference}@example.org")
    _bounce(mail_due(melding.events.get()), status)
    return melding.reference


def test_a_melding_whose_mail_came_back_is_named(town: Town, neighbour: Town) -> None:
    _bounced_receipt(neighbour)
    reference = _bounced_receipt(town)
    (defect,) = mail.look(town.municipality)
    assert f"{reference[:4]}-{reference[4:]}" in defect.sentence
    assert "example.org" not in defect.sentence
    assert defect.path.startswith("/beheer/meldingen/melding/")


def test_one_is_named_once_and_why_differs(town: Town) -> None:
    for status in ("5.1.1", "5.2.2", "5.7.1"):
        _bounced_receipt(town, status)
    assert len({sentence.rpartition(":")[2] for sentence in _sentences(town)}) == 3


def test_who_left_another_address_is_named_no_more(town: Town) -> None:
    _bounced_receipt(town)
    Reporter.objects.update(email="goed@example.org")
    assert _sentences(town) == []


def test_after_two_weeks_nobody_calls_any_more(town: Town) -> None:
    _bounced_receipt(town)
    Delivery.objects.update(bounced_at=timezone.now() - timedelta(days=15))
    assert _sentences(town) == []


def test_a_mailbox_of_ours_is_named_until_its_address_is_another(town: Town) -> None:
    town.roads.email = "wegen@example.org"
    town.roads.save()
    event = town.melding().events.get()
    _bounce(mail_due(event, recipients.team_mailbox(town.roads), purpose="work"))
    (defect,) = mail.look(town.municipality)
    assert "Wegen" in defect.sentence
    assert defect.path == f"/beheer/tenancy/team/{town.roads.pk}/change/"
    town.roads.email = "wegen2@example.org"
    town.roads.save()
    assert _sentences(town) == []


def test_the_duty_mailbox_is_grave(town: Town) -> None:
    type(town.municipality).objects.filter(pk=town.municipality.pk).update(duty_email="piket@example.org")
    town.municipality.refresh_from_db()
    _bounce(mail_due(town.melding(danger="gas").events.get(), purpose="alarm"))
    (defect,) = mail.look(town.municipality)
    assert defect.is_grave
    assert Recipient.objects.get(kind="duty").bounce_code == "5.1.1"


def test_mails_that_never_went_out_are_counted(town: Town) -> None:
    melding = town.melding()
    reporter_of(melding)
    mail_due(melding.events.get(), due_at=None, attempts=12)
    (sentence,) = _sentences(town)
    assert "1" in sentence


def test_a_list_costs_the_same_however_long(town: Town, django_assert_max_num_queries: object) -> None:
    for _ in range(5):
        _bounced_receipt(town)
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        assert len(_sentences(town)) == 5
