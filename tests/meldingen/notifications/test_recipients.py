import pytest
from django.db import IntegrityError, connection, transaction

from meldingen.notifications import recipients
from meldingen.notifications.models import Recipient
from tests.factories import Town, follower_of, mail_due, recipient_of
from tests.meldingen.notifications.reporters import reported


def test_who_is_forgotten_leaves_no_address_no_key_and_no_token(town: Town) -> None:
    melding = reported(town)
    mail = mail_due(melding.events.get(), follower_of(melding))
    recipients.forget([melding.pk])
    for recipient in Recipient.objects.all():
        assert (recipient.email, recipient.address_key, recipient.token) == ("", "", None)
    mail.refresh_from_db()
    assert mail.due_at is None


def test_an_address_stands_in_one_place(town: Town) -> None:
    melding = reported(town)
    assert (recipient_of(melding).email, recipient_of(melding).address) == ("", "melder@example.org")
    assert follower_of(melding).address == "volger@example.org"
    with pytest.raises(IntegrityError, match="recipient_address_in_one_place"), transaction.atomic():
        Recipient.objects.filter(kind="reporter").update(email="melder@example.org")


def test_a_key_tells_no_address_and_is_the_same_in_any_case() -> None:
    key = recipients.address_key("Melder@Example.org")
    assert key == recipients.address_key("melder@example.org")
    assert "melder" not in key


def test_a_follower_of_the_neighbour_is_refused_by_the_database(town: Town, neighbour: Town) -> None:
    follower = follower_of(reported(town))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        Recipient.objects.filter(pk=follower.pk).update(melding=reported(neighbour))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
