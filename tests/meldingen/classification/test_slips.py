import pytest

from meldingen.classification.slips import Near, Slips


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("gevalen", True),
        ("gevalllen", True),
        ("gevlalen", True),
        ("gevillen", False),
        ("evallen", False),
        ("gevaln", False),
    ],
)
def test_a_word_is_known_with_a_letter_less_or_more_or_two_changed_round(word: str, found: bool) -> None:
    slips = Slips[str]()
    slips.enter("gevallen", "fell")
    assert slips.values_of(word) == ({"fell"} if found else set())


def test_of_a_short_word_only_a_letter_more_is_known() -> None:
    slips = Slips[str]()
    slips.enter("water", "water")
    assert slips.values_of("waater") == {"water"}
    assert slips.values_of("watr") == slips.values_of("waetr") == set()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("watr", "water"),
        ("wather", "water"),
        ("wtaer", "water"),
        ("watir", "water"),
        ("kint", "kind"),
        ("knd", "kind"),
        ("ater", "ater"),
        ("wtr", "wtr"),
        ("wind", "wind"),
    ],
)
def test_a_short_word_is_known_by_one_slip_that_keeps_its_first_letter(typed: str, meant: str) -> None:
    near = Near()
    for word in ("water", "kind"):
        near.enter(word)
    assert near.word_of(typed) == meant
