from pathlib import Path
from xml.etree import ElementTree

import pytest

from meldingen.categories.subjects import COMMON, OTHER, PICTOGRAMS, pictogram

SPRITE = Path(__file__).resolve().parents[3] / "meldingen" / "static" / "meldingen" / "pictograms.svg"


def test_each_common_subject_has_one_pictogram() -> None:
    assert sorted(code for codes in PICTOGRAMS.values() for code in codes) == sorted(COMMON)


def test_each_pictogram_is_drawn() -> None:
    drawn = {each.attrib["id"] for each in ElementTree.parse(SPRITE).iter() if "id" in each.attrib}
    assert drawn == {*PICTOGRAMS, OTHER}


@pytest.mark.parametrize(
    ("codes", "name"),
    [
        (["lamp-brandt-niet"], "straatverlichting"),
        (["geluid", "ratten", "hondenpoep", "overig-dieren"], "dieren"),
        (["kapotte-bestrating"], "anders"),
        ([], "anders"),
    ],
)
def test_what_most_are_about_is_drawn(codes: list[str], name: str) -> None:
    assert pictogram(codes) == name
