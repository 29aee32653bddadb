import pytest

from meldingen.classification.features import spellings
from meldingen.classification.streets import without_streets


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Zo kan het niet langer in de Eikenweg", "Zo kan het niet langer in de"),
        ("Schorspad 3 niet in orde", "niet in orde"),
        ("Gat. Kerkpad 12a ligt open", "Gat. ligt open"),
        ("De lamp in de Dorpsstraat 12 brandt niet", "De lamp in de brandt niet"),
    ],
)
def test_a_name_of_a_street_says_nothing_of_what_it_is_about(text: str, rest: str) -> None:
    assert " ".join(without_streets(text).split()) == rest


@pytest.mark.parametrize(
    "text",
    [
        "Fietspad kapot bij de brug",
        "Het Fietspad is kapot",
        "De straat ligt open",
        "Weg is glad",
        "op het schoolplein",
        "",
    ],
)
def test_what_is_no_name_stays(text: str) -> None:
    assert without_streets(text) == text


def test_a_model_reads_no_oak_in_a_street_and_knows_the_street() -> None:
    counted = spellings("Zo kan het niet langer in de Eikenweg")
    assert {kind: "eikenweg" in text for kind, text in counted.items()} == {
        "words": True, "letters": False, "concepts": False,
    }  # fmt: skip
