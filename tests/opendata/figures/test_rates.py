"""In what areas a selection lies: by who lives there it is divided."""

import pytest

from opendata.disclosure import REST, Dimension
from opendata.figures.asking import Where
from opendata.figures.rates import areas_of
from tests.opendata.disclosure.worlds import make_grid

WIJK, BUURT = Dimension.WIJK, Dimension.BUURT


@pytest.mark.parametrize(
    ("where", "areas"),
    [
        ({}, ()),
        ({Dimension.CATEGORY: ("c0-0",)}, ()),
        ({WIJK: ("WK00", "WK01")}, ("WK00", "WK01")),
        ({BUURT: ("BU0000", "BU0100")}, ("BU0000", "BU0100")),
        ({WIJK: ("WK00",), BUURT: ("BU0000", "BU0100")}, ("BU0000",)),
        ({WIJK: ("GM0001",)}, (REST,)),
    ],
)
def test_a_selection_lies_in_the_finest_areas_that_it_names(where: Where, areas: tuple[str, ...]) -> None:
    assert areas_of(where, make_grid()) == areas
