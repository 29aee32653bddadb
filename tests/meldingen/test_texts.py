import pytest

from meldingen import texts


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("a\x00b\x07", "ab"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("tab\tblijft", "tab\tblijft"),
        ("\ud800", ""),
        ("👨‍👩‍👧 \u202eabc", "👨‍👩‍👧 \u202eabc"),
        ("cafe\u0301", "café"),
        ("\u0132sbaan aan de d\u0133k", "IJsbaan aan de dijk"),
        ("Dorpsstraat\u00a012", "Dorpsstraat 12"),
        ("１２ ﬁets", "12 fiets"),
        ("con\u00adtai\u200bner", "container"),
    ],
)
def test_it_is_in_one_spelling_without_what_nobody_types(typed, clean):
    assert texts.clean(typed) == clean


@pytest.mark.parametrize("typed", ["auto´s", "het ¨ding¨", "x ̓ ´\u0301", "Ａ´ﬁ", "\ufdfa"])
def test_an_accent_that_stands_alone_breaks_no_word(typed):
    once = texts.normal(typed)
    assert " \u0301" not in once
    assert texts.normal(once) == once


def test_the_normal_form_keeps_control_characters_for_whoever_refuses_them():
    assert texts.normal("e\u0301\0") == "é\0"
