"""A neighbour follows, another reported the same, a team gets it: over a broker, a worker and a mail server."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from meldingen.handling import triage
from meldingen.intake.receiving import submit
from meldingen.intake.submission import Submission
from meldingen.notifications import following
from meldingen.record.models import Melding
from tests.factories import Town
from tests.journeys.machinery import Broker, Worker, until
from tests.journeys.postbox import Postbox

SECRET = "Bello"
REPORTER, OTHER, NEIGHBOUR, TEAM = (f"{name}@example.org" for name in ("melder", "ander", "buur", "wegen"))


@pytest.fixture
def postbox(town: Town, broker: Broker, tmp_path: Path) -> Iterator[Postbox]:
    """What a running worker mails."""
    server = Postbox()
    server.start()
    process = Worker(broker, tmp_path)
    process.environment["EMAIL_URL"] = server.url
    process.start()
    yield server
    process.kill()
    server.stop()


def reported(town: Town, address: str) -> Melding:
    said = Submission(text=f"De bank van {SECRET} is bekrast", buurt_code=town.west.code, email=address, name=SECRET)
    return submit(town.municipality, said)


def to(postbox: Postbox, address: str) -> list[str]:
    """The texts of the mails to an address."""
    return [letter.text() for letter in postbox.letters if letter.recipients == (address,)]


def test_a_neighbour_and_who_reported_the_same_read_along_and_a_team_hears_of_its_work(
    town: Town, postbox: Postbox
) -> None:
    town.roads.email = TEAM
    town.roads.save()
    melding, merged = reported(town, REPORTER), reported(town, OTHER)
    Melding.objects.filter(pk=merged.pk).update(lead=melding)
    following.follow(town.municipality, melding.pk, NEIGHBOUR, "nl")
    until(lambda: len(postbox.letters) == 3)
    (path,) = set(re.findall(r"http://stad.example(/volg/[\w-]{43})\s", to(postbox, NEIGHBOUR)[0]))
    neighbour = Client(headers={"host": town.host})
    neighbour.post(f"{path}/mail", {"say": "confirm"})
    case = triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member())
    triage.assign(case, town.roads)
    until(lambda: len(postbox.letters) == 7)
    triage.answer(case, f"Dank, {SECRET} is gezond.")
    triage.close(case, "solved", "Het gat is dicht.", for_everybody=True)
    until(lambda: len(postbox.letters) == 10)  # the reporter, who confirmed nothing, had three this hour
    assert [len(to(postbox, address)) for address in (REPORTER, OTHER, NEIGHBOUR, TEAM)] == [3, 3, 3, 1]
    for address in (OTHER, NEIGHBOUR):
        assert "Het gat is dicht." in to(postbox, address)[-1]
    others = [text for address in (OTHER, NEIGHBOUR, TEAM) for text in to(postbox, address)]
    assert not [text for text in [*others, neighbour.get(path).text] if SECRET in text]
