import pytest

from meldingen.tenancy.contrast import contrast


# As the checker of WebAIM gives them.
@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000", "#fff", 21),
        ("#fff", "#ffffff", 1),
        ("#767676", "#FFF", 4.54),
        ("#777", "#fff", 4.47),
        ("#00f", "#fff", 8.59),
    ],
)
def test_contrast_is_that_of_wcag_whichever_comes_first(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)
