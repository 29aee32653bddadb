"""No two colleagues are offered the same melding."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from meldingen.handling import claiming
from meldingen.handling.models import Claim
from meldingen.record.models import Melding
from tests.factories import Town


def following(town: Town) -> QuerySet[Melding]:
    return Melding.objects.of(town.municipality).order_by("pk")


def test_each_is_offered_another_and_then_none(town: Town) -> None:
    first, second = town.melding(), town.melding()
    offered = [claiming.claim(town.municipality, town.member(), following(town)) for _colleague in range(3)]
    assert offered == [first.pk, second.pk, None]


def test_who_goes_on_leaves_the_one_before_to_others(town: Town) -> None:
    first, second = town.melding(), town.melding()
    me = town.member()
    claiming.claim(town.municipality, me, following(town))
    claiming.claim(town.municipality, me, following(town).exclude(pk=first.pk))
    assert list(Claim.objects.values_list("melding", flat=True)) == [second.pk]
    assert claiming.claim(town.municipality, town.member(), following(town)) == first.pk


def test_after_two_minutes_it_is_anybodys(town: Town) -> None:
    melding = town.melding()
    claiming.claim(town.municipality, town.member(), following(town))
    Claim.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert claiming.claim(town.municipality, town.member(), following(town)) == melding.pk
    assert Claim.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_at_the_same_moment_each_gets_their_own() -> None:
    town = Town()
    made = {town.melding().pk for _number in range(4)}
    offered: list[int | None] = []
    gate = threading.Barrier(4)

    def ask(colleague: object) -> None:
        gate.wait()
        offered.append(claiming.claim(town.municipality, colleague, following(town)))  # type: ignore[arg-type]
        connection.close()

    colleagues = [threading.Thread(target=ask, args=(town.member(),)) for _number in range(4)]
    for each in colleagues:
        each.start()
    for each in colleagues:
        each.join()
    assert set(offered) == made
