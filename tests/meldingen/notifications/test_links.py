import pytest

from meldingen.notifications import links
from meldingen.record.models import Reporter
from tests.meldingen.notifications.reporters import reported


def test_the_key_of_a_mail_names_its_holder(town):
    melding = reported(town)
    assert links.holder(melding, links.key_of(melding, melding.reporter)) == melding.reporter


def test_a_key_outlives_a_change_of_the_secret(town, settings):
    melding = reported(town)
    key = links.key_of(melding, melding.reporter)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "n" * 60
    assert links.holder(melding, key) == melding.reporter
    settings.SECRET_KEY_FALLBACKS = []
    assert links.holder(melding, key) is None


@pytest.mark.parametrize("key", ["", "x", ":", "a:b", "é" * 43, "\0"])
def test_no_other_key_does(town, key):
    assert links.holder(reported(town), key) is None


def test_a_key_is_of_one_melding_and_one_address(town):
    melding, other = reported(town), reported(town)
    key = links.key_of(melding, melding.reporter)
    assert links.holder(other, key) is None
    Reporter.objects.filter(melding=melding).update(email="ander@example.org")
    assert links.holder(melding, key) is None


def test_a_key_of_who_was_forgotten_opens_nothing(town):
    melding = reported(town)
    key = links.key_of(melding, melding.reporter)
    Reporter.objects.all().delete()
    assert links.holder(melding, key) is None
