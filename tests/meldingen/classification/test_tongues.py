import pytest

from meldingen.classification.tongues import tongue_of


@pytest.mark.parametrize(
    ("text", "tongue"),
    [
        ("yardım", "tr"),
        ("yangin var evde", "tr"),
        ("çocuk suya düştü", "tr"),
        ("dziecko w kanale", "pl"),
        ("pożar w domu, pomocy", "pl"),
        ("дитина у воді", "uk"),
        ("طفل في الماء", "ar"),
        ("kind in het water", ""),
        ("Feuer im Haus", ""),
        ("fire in the house", ""),
        ("une personne blessée dans l'eau", ""),
        ("", ""),
        ("112", ""),
    ],
)
def test_the_language_of_a_danger_is_known_by_letters_or_words(text: str, tongue: str) -> None:
    assert tongue_of(text) == tongue
