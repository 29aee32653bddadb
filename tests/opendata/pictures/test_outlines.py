"""Borders as shapes."""

from opendata.pictures.outlines import WIDTH, outlines


def square(west: float, south: float, size: float) -> dict[str, object]:
    ring = [
        [west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south],
    ]  # fmt: skip
    return {"type": "MultiPolygon", "coordinates": [[ring]]}


def test_north_is_up_and_the_box_is_filled() -> None:
    found = outlines({"A": square(5, 52, 0.1), "B": square(5, 52.1, 0.1)})
    assert found.paths["A"].startswith("M")
    tops = {code: min(float(pair.split()[1]) for pair in path[1:-1].split("L")) for code, path in found.paths.items()}
    assert tops["B"] == 0 < tops["A"]
    assert found.width == WIDTH


def test_neighbours_share_their_border() -> None:
    found = outlines({"A": square(5, 52, 0.1), "B": square(5.1, 52, 0.1)})
    edges = [set(path[1:-1].split("L")) for path in found.paths.values()]
    assert len(edges[0] & edges[1]) == 2


def test_points_on_the_way_are_left_out_and_what_is_smaller_than_a_dot_has_no_shape() -> None:
    whole = square(5, 52, 0.1)
    ring = [[5, 52], [5.05, 52], [5.1, 52], [5.1, 52.1], [5, 52.1], [5, 52]]
    more = {"type": "Polygon", "coordinates": [ring]}
    assert outlines({"A": whole}).paths["A"] == outlines({"A": more}).paths["A"]
    assert outlines({"A": whole, "B": square(5, 52, 0.00001)}).paths["B"] == ""


def test_without_borders_there_is_an_empty_picture() -> None:
    assert outlines({}).paths == {}
    assert outlines({"A": None}).paths == {}
