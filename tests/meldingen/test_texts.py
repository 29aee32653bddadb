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
def test_it_is_in_one_spelling_without_what_nobody_types(typed: str, clean: str) -> None:
    assert texts.clean(typed) == clean


@pytest.mark.parametrize("typed", ["auto´s", "het ¨ding¨", "x ̓ ´\u0301", "Ａ´ﬁ", "\ufdfa"])
def test_an_accent_that_stands_alone_breaks_no_word(typed: str) -> None:
    once = texts.normal(typed)
    assert " \u0301" not in once
    assert texts.normal(once) == once


def test_the_normal_form_keeps_control_characters_for_whoever_refuses_them() -> None:
    assert texts.normal("e\u0301\0") == "é\0"


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("jan@example.nl\u200b", "jan@example.nl"),
        ("\u202ajan@example.nl\u202c", "jan@example.nl"),
        ("\u2066jan@example.nl\u2069", "jan@example.nl"),
        ("jan\u00ad@example.nl", "jan@example.nl"),
        ("\ufeffjan@exam\u200dple.nl", "jan@example.nl"),
        ("jan\u00a0@example.nl", "jan@example.nl"),
        (" jan @ example. nl ", "jan@example.nl"),
        ("jan@example.nl.", "jan@example.nl"),
        ("ｊan＠example.nl", "jan@example.nl"),
        ("sam@ex\ud800ample.org\x00", "sam@example.org"),
        ("o'brien@example.nl", "o'brien@example.nl"),
        ("geen adres", "geen adres"),
        ("", ""),
    ],
)
def test_an_address_loses_what_nobody_sees(typed: str, clean: str) -> None:
    assert texts.clean_address(typed) == clean


@pytest.mark.parametrize(
    "typed", ["\u202a+31 6 12345678\u202c", "\u200e+31 6 1234\u200b5678\ufeff", "+31\u00a06 12345678"]
)
def test_a_telephone_number_loses_what_nobody_sees(typed: str) -> None:
    assert texts.clean_phone(typed) == "+31 6 12345678"
