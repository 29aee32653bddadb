"""Areas in classes of one colour."""

from opendata.pictures.choropleth import COLOURS, Choropleth, Colouring, choropleth
from opendata.pictures.outlines import Outlines, Spot

WORDS = {
    "quiet": "te onzeker",
    "unknown": "geen getal",
    "between": "%(lower)s tot %(upper)s",
    "from": "%(lower)s of meer",
}


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


def test_a_colour_says_no_more_than_its_number() -> None:
    wide = [Colouring(str(n), "Buurt", float(n), "getal", False, 0.0, 20.0) for n in range(1, 11)]
    sure = [Colouring(str(n), "Buurt", float(n), "getal", False, n - 0.1, n + 0.1) for n in range(1, 11)]
    assert {shape.kind for shape in drawn(*wide).shapes} == {"quiet"}
    assert {shape.kind for shape in drawn(*sure).shapes} == {"class"}
    assert {shape.kind for shape in drawn(*wide[:2], *sure[2:]).shapes} == {"quiet", "class"}


def test_classes_do_not_overlap_in_words() -> None:
    legend = [one.words for one in drawn(*(area(str(number), float(number)) for number in range(1, 11))).legend]
    assert legend[0].startswith("0 tot ")
    assert legend[-1].endswith(" of meer")


def test_a_name_stands_on_the_map_where_it_fits() -> None:
    spots = {"A": Spot(10, 10, 200), "B": Spot(10, 10, 20)}
    shapes = Outlines(640, 400, {"A": "M0 0", "B": "M0 0"}, spots)
    found = choropleth(shapes, [area("A", 1), area("B", 2)], str, WORDS).shapes
    assert [shape.label.words if shape.label else None for shape in found] == ["Buurt A", None]


def test_a_place_without_a_border_is_not_drawn() -> None:
    assert choropleth(Outlines(1, 1, {}), [area("overig", 3)], str, WORDS).shapes == ()


def test_a_class_without_an_area_is_not_in_the_legend() -> None:
    found = drawn(*(area(str(number), value) for number, value in enumerate([1.0] * 20 + [100.0])))
    assert {one.fill for one in found.legend} == {shape.fill for shape in found.shapes}
