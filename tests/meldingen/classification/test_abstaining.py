import pytest

from meldingen.classification.abstaining import doubt, known_share

KNOWN = frozenset(["de", "lamp", "in", "onze", "straat", "is", "al", "weken", "kapot", "lantaarn"])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("De lamp in onze straat is kapot!", None),
        ("De straatlantaarn is kapot", None),
        ("", "too_short"),
        ("12 34 !?", "too_short"),
        ("ok", "too_short"),
        ("The street light has been broken for weeks", "foreign"),
        ("Die Straßenlaterne ist seit Wochen kaputt", "foreign"),
        ("إنارة الشارع لا تعمل", "foreign"),
        ("xkqj wvrt plmz", "unknown_words"),
        ("مصباح الشارع مكسور", "unknown_words"),
        ("de lamp xkqj wvrt plmz", "unknown_words"),
        ("de xkqj wvrt plmz", "unknown_words"),
    ],
)
def test_it_says_why_a_text_cannot_be_trusted(text: str, reason: str | None) -> None:
    assert doubt(text, KNOWN) == reason


def test_a_compound_with_a_known_part_counts_half() -> None:
    assert known_share("straatmeubilair", KNOWN) == 0.5
    assert known_share("lamp straatmeubilair", KNOWN) == 0.75


@pytest.mark.parametrize(("word", "share"), [("lampjes", 0), ("lampenkap", 0.5), ("x" * 100 + "lamp", 0)])
def test_a_compound_has_two_parts_and_an_end(word: str, share: float) -> None:
    assert known_share(word, KNOWN) == share


def test_a_text_without_words_has_nothing_known() -> None:
    assert known_share("123 😀", KNOWN) == 0.0


def test_a_word_without_end_costs_nothing() -> None:
    assert known_share("x" * 5_000, KNOWN) == 0.0
