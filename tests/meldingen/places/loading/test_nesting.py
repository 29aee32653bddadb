import pytest
from django.contrib.gis.geos.collections import MultiPolygon

from meldingen.files.reading import BrokenFile
from meldingen.places.loading import nesting
from meldingen.places.loading.layers import Feature
from meldingen.places.models import Area
from tests.factories import square


def town(*buurten: MultiPolygon, wijk: MultiPolygon | None = None) -> list[Area]:
    """A gemeente of 1000 by 1000 metres, its wijk, and buurten; none of them stored."""
    gemeente = Area(code="GM0001", name="Stad", level="gemeente", geometry=square(0, 0))
    around = Area(code="WK000100", name="Wijk", level="wijk", geometry=wijk or square(0, 0), parent=gemeente)
    rows = [
        Area(code=f"BU0001000{n}", name="Buurt", level="buurt", geometry=shape, parent=around)
        for n, shape in enumerate(buurten)
    ]
    return [gemeente, around, *rows]


def check(areas: list[Area]) -> list[str]:
    places = enumerate(areas, start=1)
    return nesting.check(areas, {area.code: Feature("a.gpkg", n, {}, lambda: None) for n, area in places})


def test_what_fits_is_silent() -> None:
    assert check(town(square(0, 0))) == []


def test_a_buurt_far_from_its_gemeente_is_refused_with_how_much_of_it() -> None:
    with pytest.raises(BrokenFile, match=r"a\.gpkg, feature 3: 100 % .*BU00010000 Buurt.*GM0001 Stad"):
        check(town(square(5000, 5000)))


def test_a_buurt_that_lies_for_a_third_outside_is_refused() -> None:
    with pytest.raises(BrokenFile, match=r"33 % .*BU00010001.*GM0001"):
        check(town(square(0, 0, 600), square(800, 0, 300)))


def test_a_small_part_outside_is_said() -> None:
    (said, _uncovered) = check(town(square(100, 0)))
    assert "10 %" in said
    assert "BU00010000" in said


def test_a_buurt_in_the_wrong_wijk_is_refused() -> None:
    with pytest.raises(BrokenFile, match="WK000100"):
        check(town(square(0, 0, 400), wijk=square(600, 600, 400)))


def test_one_buurt_on_another_is_refused() -> None:
    with pytest.raises(BrokenFile, match=r"a\.gpkg, feature 4: BU00010000 Buurt .*BU00010001"):
        check(town(square(0, 0), square(0, 0, 900)))


def test_buurten_that_overlap_a_little_are_said() -> None:
    said = check(town(square(0, 0, 500), square(450, 0, 500)))
    assert any("10 %" in sentence and "BU00010001" in sentence for sentence in said)


def test_a_part_of_the_gemeente_without_a_buurt_is_said() -> None:
    (said,) = check(town(square(0, 0, 500)))
    assert "75 %" in said
    assert "GM0001" in said
