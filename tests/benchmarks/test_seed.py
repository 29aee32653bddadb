"""What is measured is seeded by the database, as often as somebody asks."""

import pytest
from django.db.models import Count

from meldingen.record.models import Event, Melding
from tests.benchmarks.seed import fill
from tests.factories import Town


@pytest.mark.django_db(transaction=True)
def test_who_fills_twice_gets_new_meldingen_with_a_history_of_their_own() -> None:
    town = Town()
    for number in (20, 30):
        fill(town.municipality, number, 1)
    assert Melding.objects.count() == 52
    received = Event.objects.filter(kind="received").values("melding").annotate(number=Count("pk"))
    assert {row["number"] for row in received} == {1}


@pytest.mark.django_db(transaction=True)
def test_the_oldest_come_first() -> None:
    fill(Town().municipality, 20, 1)
    came = list(Melding.objects.order_by("pk").values_list("received_at", flat=True))[1:]
    assert came == sorted(came)
