from meldingen.notifications import mails
from meldingen.notifications.models import Delivery
from meldingen.record.models import Event, Melding
from tests.factories import Town, follower_of, mail_due, recipient_of, reporter_of


def receipt(melding: Melding) -> Event:
    return mails.mailed_events([melding.pk]).get(kind=Event.Kind.RECEIVED)


def test_of_the_receipt_its_reporter_hears_and_no_follower(town: Town) -> None:
    melding = town.melding()
    reporter_of(melding)
    follower_of(melding)
    (mail,) = mails.news_of([receipt(melding)])
    assert (mail.recipient, mail.purpose) == (recipient_of(melding), Delivery.Purpose.RECEIPT)


def test_of_what_is_suspect_nobody_hears(town: Town) -> None:
    melding = town.melding(is_suspect=True)
    reporter_of(melding)
    assert mails.news_of([receipt(melding)]) == []


def test_an_alarm_is_no_mail_that_waits_for_people(town: Town) -> None:
    melding = town.melding()
    reporter_of(melding)
    own = mail_due(receipt(melding), due_at=melding.received_at)
    alarm = mail_due(receipt(melding), purpose=Delivery.Purpose.ALARM, due_at=melding.received_at)
    assert list(mails.unsent_mails([melding.pk])) == [own]
    assert alarm not in mails.to_people()
