"""The bare SQL of `make bench` still fits what the product stores."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from meldingen.intake.receiving import submit
from meldingen.intake.submission import Submission
from meldingen.places import geo
from meldingen.record.models import Melding
from tests.benchmarks.bare import Bare
from tests.factories import Town
from tests.sure import sure


@pytest.fixture
def bare(transactional_db: None, town: Town) -> Iterator[Bare]:
    """Bare work in a town with one melding that the product took in."""
    longitude, latitude = geo.to_door(town.west.geometry.point_on_surface)
    said = Submission(text="Volle container", longitude=longitude, latitude=latitude, email="iemand@example.org")
    melding = submit(town.municipality, said)
    dsn: dict[str, Any] = dict(connection.get_connection_params())
    wanted: dict[str, Any] = {name: dsn[name] for name in ("host", "port", "user", "password", "dbname") if name in dsn}
    place = sure(melding.point)
    work = Bare(wanted, town.municipality.pk, (place.x, place.y), [melding.follow_token], melding.pk, ["SELECT 1"])
    yield work
    work.connection.close()


def test_a_report_in_bare_sql_stores_what_the_product_stores(bare: Bare) -> None:
    bare.submit()
    first, second = Melding.objects.order_by("pk")
    assert (first.text, first.buurt_id, first.state) == (second.text, second.buurt_id, second.state)
    assert first.reference != second.reference


@pytest.mark.parametrize("name", ["newest", "inbox", "follow"])
def test_a_page_in_bare_sql_can_be_asked(bare: Bare, name: str) -> None:
    bare.work(name)()
