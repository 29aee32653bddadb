"""From what a view shows to its pictures."""

from collections.abc import Callable

from opendata.figures.seeing import Sight
from opendata.pictures.line import WIDE
from opendata.portal import drawing
from tests.factories import Town

BUURTEN = "buurt-per-maand"
See = Callable[..., Sight]


def test_a_line_has_a_point_for_each_period_and_marks_what_is_compared(sight: See) -> None:
    found = drawing.line_of(sight(BUURTEN, per="periode"), WIDE)
    assert found is not None
    (line,) = found.series
    assert len(line.marks) == 2
    assert line.path.count("M") == 2  # nothing was published between December and April


def test_two_areas_are_two_lines(sight: See, seen_town: Town) -> None:
    found = drawing.line_of(sight(BUURTEN, gebied=seen_town.west.code, met=seen_town.east.code), WIDE)
    assert found is not None
    assert len(found.series) == 2


def test_the_map_has_every_area_that_has_a_border(sight: See, seen_town: Town) -> None:
    found = drawing.map_of(seen_town.municipality, sight(BUURTEN, toon="kaart"))
    assert found is not None
    assert {shape.code for shape in found.shapes} == {seen_town.west.code, seen_town.east.code}
    assert drawing.map_of(seen_town.municipality, sight("categorie-per-maand")) is None


def test_shapes_are_made_once(seen_town: Town, db: None) -> None:
    first = drawing.shapes(seen_town.municipality, 2026)
    assert drawing.shapes(seen_town.municipality, 2026) is first


def test_every_row_has_a_bar_or_none(sight: See) -> None:
    found = drawing.bars_of(sight(BUURTEN, maat="inwoners"))
    assert [bar is None for bar in found] == [False, True, True]
    assert len(drawing.paper_bars_of(sight(BUURTEN)).rows) == 3
