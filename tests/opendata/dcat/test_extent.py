"""The box around a municipality."""

from analytics.grid import AreaMap, FixedArea, MappedArea
from opendata.dcat.extent import box


def area(code: str, kind: str, coordinates: object) -> MappedArea:
    fixed = FixedArea(code=code, name=code, level="buurt", parent="")
    return MappedArea(fixed, {"type": kind, "coordinates": coordinates}, None, None)


def test_it_holds_every_part_of_every_area() -> None:
    square = [[[5.0, 52.0], [5.5, 52.0], [5.5, 52.25], [5.0, 52.0]]]
    island = [[[[4.5, 51.5], [4.75, 51.5], [4.75, 53.0], [4.5, 51.5]]]]
    drawn = AreaMap(2025, "", (area("BU1", "Polygon", square), area("BU2", "MultiPolygon", island)))
    assert box(drawn) == "POLYGON((4.5 51.5,5.5 51.5,5.5 53.0,4.5 53.0,4.5 51.5))"


def test_of_nothing_there_is_none() -> None:
    assert box(AreaMap(2025, "", ())) == ""
