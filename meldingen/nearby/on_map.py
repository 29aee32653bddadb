"""What the public map shows: single meldingen of categories that the town decided to show, from `public_meldingen`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from meldingen.categories.models import Category
from meldingen.nearby.models import PublicMelding
from meldingen.places import areas, geo
from meldingen.places.models import Asset
from meldingen.tenancy.models import Municipality

MOST = 2000  # on the map at once
DECIMALS = 5
PAGE = 40  # in the list
PAGES = 50


@dataclass(frozen=True)
class Spot:
    """One melding as everybody may know it: `buurt` is the name of the one in which its grid point lies, if any."""

    category: Category
    asset: Asset | None
    longitude: float
    latitude: float
    buurt: str
    received_on: date
    solved_on: date | None

    @property
    def place(self) -> tuple[float, float]:
        """Longitude and latitude as the map gets them."""
        return round(self.longitude, DECIMALS), round(self.latitude, DECIMALS)

    @property
    def mark(self) -> str:
        """By it a row of the list finds its dot on the map: all that is known of it, as town-map.js says it too."""
        longitude, latitude = self.place
        return (
            f"{longitude} {latitude} {self.received_on} {self.solved_on or ''} {self.asset or ''} {self.category.name}"
        )


def categories(municipality: Municipality) -> QuerySet[Category]:
    """Those of which single meldingen are shown, by name."""
    own = Category.objects.of(municipality).filter(public_as=Category.PublicAs.KAART, public_from__isnull=False)
    return own.filter(is_confidential=False).order_by("name_texts__nl", "pk")


def page_of(municipality: Municipality, category: Category | None, number: int) -> tuple[list[Spot], bool]:
    """So many of the newest, from the page with this number (1 is the first); and whether there are older ones."""
    first = (number - 1) * PAGE
    rows = list(_rows(municipality, category)[first : first + PAGE + 1])
    return _spots(municipality, rows[:PAGE]), len(rows) > PAGE


def spots(municipality: Municipality, category: Category | None) -> list[Spot]:
    """At most MOST, the newest first."""
    return _spots(municipality, _rows(municipality, category)[:MOST])


def _rows(municipality: Municipality, category: Category | None) -> QuerySet[PublicMelding]:
    rows = PublicMelding.objects.of(municipality).filter(on_map=True)
    rows = rows.filter(category=category) if category else rows
    # The order of a day says nothing of the order in which they came.
    return rows.select_related("category", "asset__kind").order_by("-received_on", "category", "place", "pk")


def _spots(municipality: Municipality, rows: Sequence[PublicMelding] | QuerySet[PublicMelding]) -> list[Spot]:
    names = dict(areas.buurten(municipality).values_list("pk", "name"))
    places = geo.locate(municipality, [row.place for row in rows])
    return [_spot(row, names.get(at.buurt_id or 0, "")) for row, at in zip(rows, places, strict=True)]


def _spot(row: PublicMelding, buurt: str) -> Spot:
    longitude, latitude = geo.to_door(row.place)
    return Spot(row.category, row.asset, longitude, latitude, buurt, row.received_on, row.solved_on)
