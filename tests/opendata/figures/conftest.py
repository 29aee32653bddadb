"""A town of which three months are published, the first with other borders, for tests that only read."""

from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command

from analytics import grid
from meldingen.places.models import Area
from opendata import releases
from opendata.disclosure import Period
from opendata.figures.reading import Shelf
from opendata.figures.seeing import Sight, see
from opendata.figures.view import Choices, View, asked, period_of, view_of
from tests.factories import AreaFactory, Town
from tests.opendata.conftest import APRIL, MAY, publishing_town

DECEMBER = Period.month(2025, 12)
Look = Callable[..., tuple[View, Choices]]


@pytest.fixture(scope="module")
def seen_town(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Town]:
    """In the east live fewer than 300 people."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        made = publishing_town(host="beeld.example")
        grid.fix(made.municipality, DECEMBER.year)
        _draw_new_borders(made)
        for month in (APRIL, MAY, DECEMBER):
            releases.publish(made.municipality, month)
        yield made
        call_command("flush", interactive=False, verbosity=0)


def _draw_new_borders(town: Town) -> None:
    parent = None
    for area, inhabitants in ((town.gemeente, 5000), (town.wijk, 1200), (town.west, 1000), (town.east, 200)):
        own = {"code": area.code, "level": area.level, "geometry": area.geometry, "inhabitants": inhabitants}
        made = AreaFactory.create(municipality=town.municipality, vintage=2026, parent=parent, **own)
        parent = parent if area.level == Area.Level.BUURT else made


@pytest.fixture
def look(db: None, seen_town: Town) -> Look:
    """What an address asks for, with what can be chosen there."""

    def looking(dataset: str, **query: str) -> tuple[View, Choices]:
        shelf = Shelf(seen_town.municipality)
        found = shelf.periods(dataset)
        assert found is not None
        chosen = asked({name: [value] for name, value in query.items()})
        period = period_of(chosen, found[1][-1])
        choices = Choices(*found, shelf.draws([period])[0].year)
        return view_of(chosen, period, choices), choices

    return looking


@pytest.fixture
def sight(look: Look, seen_town: Town) -> Callable[..., Sight]:
    """What an address shows."""

    def seeing(dataset: str, **query: str) -> Sight:
        return see(Shelf(seen_town.municipality), *look(dataset, **query))

    return seeing
