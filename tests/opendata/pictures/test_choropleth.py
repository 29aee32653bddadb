"""Areas in classes of one colour."""

from opendata.pictures.choropleth import COLOURS, Choropleth, Colouring, choropleth
from opendata.pictures.outlines import Outlines

WORDS = {"quiet": "te onzeker", "unknown": "geen getal"}


def drawn(*areas: Colouring, emphasis: str = "") -> Choropleth:
    shapes = Outlines(640, 400, {area.code: "M0 0L1 0L1 1Z" for area in areas})
    return choropleth(shapes, areas, lambda number: f"{number:g}", WORDS, emphasis)


def area(code: str, value: float | None, quiet: bool = False) -> Colouring:
    return Colouring(code, f"Buurt {code}", value, "getal", quiet)


def test_more_is_darker() -> None:
    found = drawn(*(area(str(number), float(number)) for number in range(1, 11)))
    fills = {shape.code: shape.fill for shape in found.shapes}
    assert (fills["1"], fills["10"]) == (COLOURS[0], COLOURS[-1])
    assert len(found.legend) == len(COLOURS)


def test_what_is_unknown_or_too_uncertain_has_no_colour_and_stands_in_the_legend() -> None:
    found = drawn(area("A", 10), area("B", None), area("C", 3, quiet=True))
    assert {shape.code: (shape.kind, shape.fill != "") for shape in found.shapes} == {
        "A": ("class", True), "B": ("unknown", False), "C": ("quiet", False),
    }  # fmt: skip
    assert [one.words for one in found.legend][-2:] == ["te onzeker", "geen getal"]


def test_the_chosen_area_is_drawn_last_so_that_its_edge_is_seen() -> None:
    assert drawn(area("A", 1), area("B", 2), area("C", 3), emphasis="A").shapes[-1].code == "A"


def test_a_place_without_a_border_is_not_drawn() -> None:
    assert choropleth(Outlines(1, 1, {}), [area("overig", 3)], str, WORDS).shapes == ()
