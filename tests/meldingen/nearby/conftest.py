from datetime import date
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.db import connection, transaction
from django.db.models import QuerySet

from meldingen.categories.models import Category
from meldingen.languages import Texts
from meldingen.places.models import Asset, AssetKind
from meldingen.record.models import Melding
from tests.factories import CategoryFactory, Town
from tests.plans import count_rows

CORNER = (85500.0, 436500.0)  # of the grid


def public_category(town: Town, slug: str = "lamp", **values: Any) -> Category:
    """A category of which single meldingen are public at once, by a decision of long ago."""
    public = {"public_as": "kaart", "prompt_after_hours": 0, "map_after_hours": 0, "decided_on": date(2020, 1, 1)}
    own = {"municipality": town.municipality, "parent": town.waste, "name_nl": "Lamp brandt niet"}
    made: Category = CategoryFactory.create(slug=slug, **own | public | values)
    return made


_MANY = """
INSERT INTO meldingen_melding ({names}) SELECT {values} FROM meldingen_melding m, generate_series(1, 4000) AS n
WHERE m.id = %s
"""


def plan_among_many(melding: Melding, rows: QuerySet[Any]) -> str:
    """How the database finds these rows among thousands like this melding, each at a place of its own."""
    own = {
        "id": "m.id + n", "reference": "lpad(n::text, 8, '0')", "follow_token": "lpad(n::text, 43, '0')",
        "point": "ST_Translate(m.point, 40 * (n %% 64), 40 * (n / 64))",
    }  # fmt: skip
    columns = [str(field.column) for field in Melding._meta.concrete_fields if not field.generated]
    values = [own.get(name, f"m.{name}") for name in columns]
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_MANY.format(names=", ".join(columns), values=", ".join(values)), [melding.pk])
        count_rows("meldingen_melding")
        plan = rows.explain()
        transaction.set_rollback(True)
    return plan


def at(east: float = 0, north: float = 0) -> Point:
    """So many metres from a corner of the grid."""
    return Point(CORNER[0] + east, CORNER[1] + north, srid=28992)


@pytest.fixture
def lamp(town: Town) -> Category:
    return public_category(town)


@pytest.fixture
def reported(town: Town, lamp: Category) -> Melding:
    """One that is public: confirmed, at a place."""
    return town.melding(category=lamp, category_by="staff", point=at(20, -20))


@pytest.fixture
def kind(town: Town) -> AssetKind:
    names = {"name_texts": Texts(nl="Lamp"), "plural_texts": Texts(nl="Lampen")}
    return AssetKind.objects.create(municipality=town.municipality, slug="lamp", **names)


def asset(town: Town, kind: AssetKind, number: str, **values: Any) -> Asset:
    place = {"point": at(), "buurt": town.west} | values
    return Asset.objects.create(municipality=town.municipality, kind=kind, number=number, **place)
