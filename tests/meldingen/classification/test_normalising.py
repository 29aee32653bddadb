import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from meldingen.classification.normalising import MAX_CHARS, normalise


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("  Straße\t\nKAPOT ", "straße kapot"),
        ("a\x00b", "a b"),
        ("zacht\u00adgaren\u200b", "zachtgaren"),
        ("ﬁets", "fiets"),
        ("e\u0301e\u0301n", "één"),
        ("\u202e", ""),
        ("gas\u2066luc\u3164ht\U000e0041", "gaslucht"),
        ("eerste\u2028tweede", "eerste tweede"),
        ("H\u0331 T\u0308 J\u030c", "\u1e96 \u1e97 \u01f0"),
    ],
)
def test_it_brings_one_text_to_one_spelling(text: str, normal: str) -> None:
    assert normalise(text) == normal


@given(st.text())
@example("H\u0331")
@example("T\u0308")
@example("J\u030c")
@example("a" * (MAX_CHARS - 4) + "ﷺ")
def test_it_changes_nothing_the_second_time(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


def test_it_cuts_what_nobody_reads() -> None:
    assert len(normalise("ﷺ" * 100_000)) <= MAX_CHARS


def test_it_refuses_what_is_no_text() -> None:
    with pytest.raises(TypeError, match="not float"):
        normalise(float("nan"))  # type: ignore[arg-type]
