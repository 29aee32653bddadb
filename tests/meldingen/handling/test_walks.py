"""No row of acts and undoings, by colleagues and reporters, leaves a melding, its history or its mails in disorder."""

import random
from typing import Any

import pytest
from pytest_django import Settings

from meldingen.notifications.models import Mailbox
from tests.factories import Town
from tests.meldingen.handling.laws import Watch, nobody_else_reads
from tests.meldingen.handling.walk import NAMES, World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("published")]


@pytest.fixture(autouse=True)
def waiting(settings: Settings) -> None:
    """As on a running town."""
    settings.UNDO_SECONDS = 120


def walk(seed: int, length: int, mailoutbox: list[Any]) -> None:
    """The same steps each time for the same seed; what fails names them."""
    mailoutbox.clear()
    Mailbox.objects.all().delete()
    chance, world = random.Random(seed), World(Town(host=f"stad{seed}.example"), Town(host=f"buren{seed}.example"))
    watch, steps = Watch(world), [("mail", 0, 0, 0)]
    try:
        watch.look()
        for _number in range(length):
            steps.append((chance.choice(NAMES), chance.randrange(3), chance.randrange(5), chance.randrange(60)))
            if world.play(steps[-1]):
                watch.look()
        world.play(steps[0])
        watch.look()
        nobody_else_reads(world)
    except BaseException as error:
        error.add_note(f"seed {seed}: {steps[1:]}")
        raise


def test_whatever_people_do_and_take_back(mailoutbox: list[Any]) -> None:
    for seed in range(2):
        walk(seed, 30, mailoutbox)


@pytest.mark.slow
def test_whatever_many_people_do_for_long(mailoutbox: list[Any]) -> None:
    for seed in range(100, 104):
        walk(seed, 60, mailoutbox)
