import pytest

from meldingen.phones import is_number, number_to_dial, phones, without_phones


def dialled_in(text: str) -> list[str]:
    return [phone.number_to_dial for phone in phones(text)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Raak de paal niet aan en bel 112.", ["112"]),
        ("Is er direct gevaar? Bel 112. Staat de boom in een tuin?", ["112"]),
        ("Gevaar? 112 bellen!", ["112"]),
        ("Call 112 first, or 0900-8844.", ["112", "09008844"]),
        ("Storingsnummer 0800 9009 of 0800-1234567", ["08009009", "08001234567"]),
        ("Bel 14 0123, 14-010 of 140123", ["140123", "14010", "140123"]),
        ("010-1234567 8 uur", ["0101234567"]),
        ("010 123 45 67 of (010) 123 45 67", ["0101234567", "0101234567"]),
        ("0181 12 34 56", ["0181123456"]),
        ("06-12345678, 06 12 34 56 78", ["0612345678", "0612345678"]),
        ("088-1234567", ["0881234567"]),
        ("+31 (0)10 1234567, +31 10 123 45 67", ["+31101234567", "+31101234567"]),
        ("0900-8844 2 keer", ["09008844"]),
    ],
)
def test_numbers_as_people_write_them_are_seen(text: str, numbers: list[str]) -> None:
    assert dialled_in(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Dorpsstraat 112",
        "112 meter",
        "lantaarn nummer 112",
        "container 0412",
        "0412-345",
        "van 01-02-2026 30 dagen",
        "06-12-2026 30 dagen",
        "12-06-2026",
        "NL12RABO0123456789",
        "2014 0123",
        "www.x.nl/0101234567",
        "jo0612345678@x.nl",
        "€ 14.012",
        "0101234567890123",
    ],
)
def test_other_figures_are_left_alone(text: str) -> None:
    assert dialled_in(text) == []


def test_where_it_stands_is_said() -> None:
    text = "Bel 14 0123 of kom langs"
    (phone,) = phones(text)
    assert text[phone.start : phone.end] == "14 0123"


@pytest.mark.parametrize("text", ["0" * 50_000, "06 " * 20_000, "112 " * 20_000, "(010) 1" * 9_000])
def test_no_text_keeps_a_page_busy(text: str) -> None:
    list(phones(text))


def test_dialling_leaves_out_what_is_there_for_the_eye() -> None:
    assert number_to_dial("+31 (0)10 - 123 45 67") == "+31101234567"


@pytest.mark.parametrize("text", ["06 12345678", "+31 (0)10-123.45.67", "14 0123", "0031612345678", "06–12345678"])
def test_a_number_of_any_country_is_one_however_it_is_written(text: str) -> None:
    assert is_number(text)


@pytest.mark.parametrize(
    "text", ["", "abc", "nul zes", "06", "12345", "06 12345678 na zes uur", "x0612345678", "٠٦١٢٣٤٥"]
)
def test_what_nobody_can_dial_is_no_number(text: str) -> None:
    assert not is_number(text)


def test_a_text_without_its_telephone_numbers_keeps_all_other_digits() -> None:
    assert without_phones("Bel 14 0123 of 06 12345678: 212 keer.") == "Bel  of : 212 keer."
