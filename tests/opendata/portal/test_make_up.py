"""Who lives in what is looked at and in what it is held against."""

import pytest
from django.test import Client

from meldingen.places.models import Area
from tests.factories import Town


@pytest.fixture
def counted_town(seen_town: Town) -> Town:
    for area, inhabitants, older in ((seen_town.west, 1250, 20), (seen_town.east, 2100, 9)):
        figures = {"households": 600, "density": 4000, "ages": {"p_65_plus": older}, "figures_source": "CBS 2025"}
        Area.objects.of(seen_town.municipality).filter(code=area.code).update(inhabitants=inhabitants, **figures)
    return seen_town


def table(onlooker: Client, query: str) -> str:
    page = onlooker.get(f"/data/buurt-per-maand/?{query}", headers={"accept-language": "nl"}).text
    return page.partition('<section class="make-up"')[2].partition("</section>")[0]


def test_two_areas_stand_side_by_side(onlooker: Client, counted_town: Town) -> None:
    west, east = counted_town.west, counted_town.east
    found = table(onlooker, f"gebied={west.code}&met={east.code}&maat=inwoners")
    assert found.index(f"{west.code}</th>") < found.index(f"{east.code}</th>")
    assert found.index(">1.250</td>") < found.index(">2.100</td>")
    assert found.count("CBS 2025") == 1


def test_one_area_stands_beside_the_whole_town_where_that_is_known(onlooker: Client, counted_town: Town) -> None:
    towns = Area.objects.of(counted_town.municipality).filter(level=Area.Level.GEMEENTE)
    query = f"gebied={counted_town.west.code}&met=rest"
    towns.update(inhabitants=9876)
    assert "Hele gemeente</th>" in table(onlooker, query)
    assert "9.876" in table(onlooker, query)
    towns.update(inhabitants=None, households=None)
    assert "Hele gemeente</th>" not in table(onlooker, query)


def test_the_whole_town_has_no_such_table(onlooker: Client) -> None:
    assert table(onlooker, "per=periode") == ""
