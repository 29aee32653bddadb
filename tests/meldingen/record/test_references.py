import pytest

from meldingen.record import references


def test_a_reference_has_eight_characters_that_nobody_mishears() -> None:
    reference = references.new_reference()
    assert len(reference) == 8
    assert set(reference) <= set(references.ALPHABET)


@pytest.mark.parametrize(
    "typed",
    [
        "67d0-b5ga", "#67D0B5GA", "67D0\u2011B5GA", "67D0\u2013B5GA", "67D0 \u2014 B5GA", "melding 67D0-B5GA",
        "67D0-B5GA.", "Nr. 67D0/B5GA", "6 7 D 0 B 5 G A", "６７Ｄ０Ｂ５ＧＡ", "(67do-b5ga)", "van 67D0_B5GA in mei",
    ],
)  # fmt: skip
def test_a_reference_is_found_however_it_is_spelt(typed: str) -> None:
    assert references.read_references(typed) == ["67D0B5GA"]


def test_a_misread_letter_is_the_digit_that_it_looks_like() -> None:
    assert references.read_references("o1il-2abc ") == ["01112ABC"]


def test_each_reference_of_a_text_is_read() -> None:
    assert references.read_references("67D0-B5GA, 0A1B2C3D") == ["67D0B5GA", "0A1B2C3D"]


@pytest.mark.parametrize("typed", ["", "67D0-B5G", "67D0-B5GAX", "bushokje U", "a" * 200, "é" * 8])
def test_what_is_no_reference_is_none(typed: str) -> None:
    assert references.read_references(typed) == []


def test_two_references_differ() -> None:
    assert len({references.new_reference() for _ in range(1000)}) == 1000


def test_people_read_a_reference_in_two_halves() -> None:
    assert references.spaced("67D0B5GA") == "67D0-B5GA"


def test_a_follow_token_has_256_bits_and_is_never_the_same() -> None:
    tokens = {references.new_follow_token() for _ in range(100)}
    assert {len(token) for token in tokens} == {43}
    assert len(tokens) == 100
