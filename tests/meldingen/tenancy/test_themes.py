import pytest
from django.core.exceptions import ValidationError

from meldingen.tenancy import themes


def test_the_default_can_be_read() -> None:
    themes.check_theme({})
    assert len(themes.defaults()) == 24


def test_what_a_town_does_not_say_is_as_in_the_default() -> None:
    css = themes.stylesheet({"action": "#7a0019"})
    assert "--town-action: #7a0019;" in css
    assert "--town-paper: #fff;" in css


@pytest.mark.parametrize(
    ("theme", "words"),
    [
        ({"achtergrond": "#fff"}, "achtergrond .*paper"),
        ({"action": "rood"}, "action .*rood"),
        ({"action": "#12345"}, "action"),
        ({"action": ["#123456"]}, "action"),
        ({"paper": "#fff;} body{display:none"}, "paper"),
        ({"font": "url(https://elders.example/f)"}, "font"),
        ({"radius": "100vw"}, "radius"),
        ({"drawing": "../../logo"}, "drawing"),
        ("lindewaard", "standaard"),
    ],
)
def test_what_a_theme_cannot_say_is_refused_by_name(theme: object, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        themes.check_theme(theme)


@pytest.mark.parametrize(
    ("theme", "words"),
    [
        ({"ink": "#999"}, r"ink \(#999\) .*paper .*2[.,]84.*4[.,]5"),
        ({"on-action": "#34495e"}, r"on-action .*action .*1[.,]00"),
        ({"action": "#777777"}, r"action .*4[.,]47"),
        ({"paper": "#000"}, r"ink .*paper"),
        ({"heading": "#767676", "tint": "#d8d8d8"}, r"heading \(#767676\) .*tint .*3[.,]1"),
        ({"map-water": "#4a6a7a"}, r"map-name .*map-water"),
        ({"map-name": "#999"}, r"map-name \(#999\) .*map-land"),
        ({"action": "#ffd400", "on-action": "#fff"}, r"action \(#ffd400\) .*paper \(#fff\) .*1[.,]43.*4[.,]5"),
    ],
)
def test_text_that_is_hard_to_read_is_refused_with_what_was_measured(theme: dict[str, str], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        themes.check_theme(theme)


@pytest.mark.parametrize(
    "theme",
    [{"font": '"Open Sans", sans-serif'}, {"radius": "0"}, {"radius": "1.5rem"}, {"ink": "#000"}, {"drawing": "dorp"}],
)
def test_a_theme_says_letters_corners_and_colours(theme: dict[str, str]) -> None:
    themes.check_theme(theme)


def test_each_theme_has_an_address_of_its_own() -> None:
    assert themes.digest({"action": "#7a0019"}) != themes.digest({})
    assert themes.digest({"action": "#7a0019"}) == themes.digest({"action": "#7a0019"})
