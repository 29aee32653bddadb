import pytest
from django.core import mail
from pytest_django import Settings

from meldingen.notifications import sending, verp
from tests.factories import Town, mail_due, reporter_of

ADDRESS = "bounce@mail.example"


@pytest.fixture(autouse=True)
def bouncing(settings: Settings) -> None:
    settings.BOUNCE_ADDRESS = ADDRESS


def test_each_mail_has_an_address_of_its_own() -> None:
    assert verp.envelope_of(7).startswith("bounce+7-")
    assert verp.delivery_of(verp.envelope_of(7)) == 7
    assert verp.envelope_of(7) != verp.envelope_of(8)


@pytest.mark.parametrize("spell", [str.upper, lambda text: f"<{text}>", lambda text: f" {text}\r\n"])
def test_it_is_read_however_servers_spell_it(spell: object) -> None:
    assert verp.delivery_of(spell(verp.envelope_of(7))) == 7  # type: ignore[operator]


def test_a_stranger_makes_none_up() -> None:
    ours = verp.envelope_of(7)
    others = [
        ours.replace("+7-", "+8-"),
        "bounce+7-aaaaaaaaaaaaaaaa@mail.example",
        "bounce@mail.example",
        "",
        "x+7-y@z",
    ]
    others += [ours.replace("mail.example", "evil.example"), f"a{ours}", f"{ours}a", ours.replace("+7-", "+٧-")]
    assert [verp.delivery_of(each) for each in others] == [None] * len(others)


def test_an_address_of_before_a_new_key_is_known(settings: Settings) -> None:
    ours = verp.envelope_of(7)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 9
    assert verp.delivery_of(ours) == 7
    settings.SECRET_KEY_FALLBACKS = []
    assert verp.delivery_of(ours) is None


def test_who_reads_the_mail_sees_the_municipality(town: Town, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    melding = town.melding()
    reporter_of(melding)
    delivery = mail_due(melding.events.get())
    sending.send(delivery.pk)
    (sent,) = mail.outbox
    assert sent.from_email == verp.envelope_of(delivery.pk)
    assert sent.message()["From"].endswith("<contact@example.org>")


def test_without_an_address_for_it_nothing_changes(settings: Settings) -> None:
    settings.BOUNCE_ADDRESS = ""
    assert verp.envelope_of(7) == ""
    assert verp.delivery_of("bounce+7-aaaaaaaaaaaaaaaa@mail.example") is None
