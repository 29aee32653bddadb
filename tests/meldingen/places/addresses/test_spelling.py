import pytest

from meldingen.places.addresses.spelling import Typed, key_of, readings, says_no_more


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("'s-Gravelandseweg", "s gravelandseweg"),
        ("’s-Gravelandseweg", "s gravelandseweg"),
        ("Ĳsselkade", "ijsselkade"),
        ("Plein 1940", "plein 1940"),
        ("Frère-Orbanlaan", "frere orbanlaan"),
        ("1e  Kerkstraat", "1e kerkstraat"),
    ],
)
def test_names_are_compared_without_what_people_leave_out(name: str, key: str) -> None:
    assert key_of(name) == key


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Dorpsstraat 12", Typed("dorpsstraat", 12)),
        ("dorpsstr. 12a", Typed("dorpsstraat", 12, "A")),
        ("Dorpsstraat 12 A", Typed("dorpsstraat", 12, "A")),
        ("Dorpsstraat 12-3, Assen", Typed("dorpsstraat", 12, "", "3", place="assen")),
        ("Dorpsstraat 12 bis", Typed("dorpsstraat", 12, "", "BIS")),
        ("1234 ab 12", Typed("", 12, postcode="1234AB")),
        ("1234AB", Typed(postcode="1234AB")),
        ("Dorpsstraat 12, 1234 AB Assen", Typed("dorpsstraat", 12, postcode="1234AB", place="assen")),
        ("Plein 1940 12", Typed("plein", 1940, "", "12")),
        ("Dorpsstraat, Assen", Typed("dorpsstraat", place="assen")),
        ("1e Kerkstraat 5", Typed("1e kerkstraat", 5)),
        ("", Typed()),
    ],
)
def test_an_address_is_taken_apart(text: str, typed: Typed) -> None:
    assert readings(text)[0] == typed


def test_a_number_may_belong_to_the_name() -> None:
    assert Typed("plein 1940", 12) in readings("Plein 1940 12")
    assert Typed("plein 1940") in readings("Plein 1940")


@pytest.mark.parametrize(
    ("text", "no_more"),
    [
        ("Molenstraat 12", True),
        ("molenstraat 12, Dorp", True),
        ("Molenstraat 12 achter", False),
        ("Molenstraat 14", False),
        ("بجانب المدرسة", False),
        ("Молинстрат 12", False),
        ("", True),
    ],
)
def test_what_says_no_more_than_the_address_is_known(text: str, no_more: bool) -> None:
    assert says_no_more(text, "Molenstraat 12, 9905 SA Dorp") is no_more
