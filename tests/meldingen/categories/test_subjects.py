from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError

from meldingen.categories.subjects import COMMON, OTHER, PICTOGRAMS, check_subject, main_subject, pictogram

SPRITE = Path(__file__).resolve().parents[3] / "meldingen" / "static" / "meldingen" / "pictograms.svg"


def test_each_common_subject_has_one_pictogram() -> None:
    assert sorted(code for codes in PICTOGRAMS.values() for code in codes) == sorted(COMMON)


@pytest.mark.parametrize(
    ("code", "main"), [("prullenbak-vol", "afval"), ("afval", "afval"), ("bestaat-niet", ""), ("", "")]
)
def test_each_common_subject_is_of_a_kind(code: str, main: str) -> None:
    assert main_subject(code) == main


def test_a_category_may_be_of_a_subject_or_of_a_kind_and_of_nothing_else() -> None:
    check_subject("prullenbak-vol")
    check_subject("afval")
    with pytest.raises(ValidationError, match="afval-gedumpt"):
        check_subject("iets")


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
