"""How much the first view of the map of the invented town weighs on the way to a telephone and to a desk."""

import gzip
from math import floor, log, pi, radians, tan

import pytest

from meldingen.management.commands.demo_town import FOLDER, load_streets, load_town
from meldingen.places import tiles
from meldingen.places.areas import bounds
from tests.sure import sure

MOST = 150_000
SIDE = 512  # pixels of a square
CANVASES = [(390, 420), (700, 560)]  # of the map: on a telephone, and on a desk


def at(longitude: float, latitude: float, z: float) -> tuple[float, float]:
    """The place in squares of this zoom, from the west and the north."""
    high = (1 - log(tan(pi / 4 + radians(latitude) / 2)) / pi) / 2
    return (longitude + 180) / 360 * 2**z, high * 2**z


@pytest.mark.slow
@pytest.mark.parametrize("canvas", CANVASES)
def test_the_squares_of_the_opening_view_are_small(db: None, canvas: tuple[int, int]) -> None:
    town = load_town(FOLDER / "lindewaard")
    load_streets(town, FOLDER / "lindewaard")
    west, south, east, north = sure(bounds(town))
    for z in (11, 12, 13, 14, 15):  # whichever the browser chooses, and nearer
        left, top = at((west + east) / 2, (south + north) / 2, z)
        columns = range(floor(left - canvas[0] / SIDE / 2), floor(left + canvas[0] / SIDE / 2) + 1)
        lines = range(floor(top - canvas[1] / SIDE / 2), floor(top + canvas[1] / SIDE / 2) + 1)
        squares = [gzip.compress(tiles.square(town, z, x, y)) for x in columns for y in lines]
        assert sum(map(len, squares)) <= MOST
