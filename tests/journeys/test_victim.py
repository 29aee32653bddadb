"""Somebody aims our mail at a stranger, over the interface, a broker, a worker and a mail server."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import F
from django.test import Client

from meldingen.notifications.models import Delivery, Mailbox, Recipient
from tests.factories import Town
from tests.journeys.machinery import Worker, until
from tests.journeys.postbox import Postbox
from tests.sure import sure

VICTIM = "slachtoffer@example.org"
POISON = "Word rijk op http://kwaad.example/geld, vraag Bello"


@pytest.fixture
def postbox() -> Iterator[Any]:
    server = Postbox()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def worker(town: Town, broker: Any, tmp_path: Path, postbox: Any) -> Iterator[Any]:
    process = Worker(broker, tmp_path)
    process.environment["EMAIL_URL"] = postbox.url
    process.start()
    yield process
    process.kill()


def post(client: Client, town: Town, number: int) -> None:
    body = {
        "text": f"{POISON} {number}",
        "place": {"buurt": town.west.code, "address": POISON},
        "reporter": {"email": VICTIM, "name": POISON},
    }
    answer = client.post("/api/v1/meldingen", body, content_type="application/json")
    assert answer.status_code == 201, answer.content


def hours_pass(number: int) -> None:
    """All that was noted of mails, as if it had been noted so many hours before."""
    earlier = timedelta(hours=number)
    Mailbox.objects.update(single_mails=[])
    Mailbox.objects.update(digest_at=F("digest_at") - earlier)
    Delivery.objects.update(held_at=F("held_at") - earlier, due_at=F("due_at") - earlier)


def looked_at(number: int) -> Any:
    return not Delivery.objects.filter(held_at=None, sent_at=None).exists() and Delivery.objects.count() == number


def test_thirty_posts_with_a_strangers_address_are_three_mails_and_one_digest_without_a_word_of_theirs(
    town: Town, broker: Any, worker: Any, postbox: Any
) -> None:
    client = Client(headers={"host": town.host})
    for number in range(30):
        post(client, town, number)
    until(lambda: looked_at(30))
    assert len(postbox.letters) == 3
    hours_pass(1)
    until(lambda: len(postbox.letters) == 4)
    until(lambda: not Delivery.objects.filter(due_at__isnull=False).exists())
    assert {letter.recipients for letter in postbox.letters} == {(VICTIM,)}
    for letter in postbox.letters:
        assert not re.search("kwaad|rijk|Bello|geld", letter.text(), re.IGNORECASE)
        links = re.findall(r"https?://[^/\s\"<]+", letter.text())
        assert set(links) == {"http://stad.example"}
    # The stranger stops it with one button, and hears no more.
    link = sure(re.search(r"http://stad.example(\S+/niet-ik\?mail=\S+)", postbox.letters[3].text()))[1]
    page = client.get(link)
    key = sure(re.search(r'name="mail" value="([^"]+)"', page.content.decode()))[1]
    client.post(link.partition("niet-ik")[0] + "mail", {"mail": key, "say": "refuse_all"})
    assert not Recipient.objects.filter(stopped_at=None).exists()
    post(client, town, 31)
    until(lambda: looked_at(31))
    assert len(postbox.letters) == 4
