import pytest

from meldingen.notifications.quoting import repeats

SAID = "Word rijk! Bel 0900-123 45 67, mail geld@kwaad.example of kijk op WWW.Kwaad.Example/nu. Het gat is diep."


@pytest.mark.parametrize(
    "answer",
    [
        "kijk op www.kwaad.example",
        "mail: geld@KWAAD.example",
        "bel (0900) 1234567",
        "U schreef: mail geld kwaad example of kijk op www!",
        SAID,
    ],
)
def test_words_in_a_row_an_address_and_a_number_are_known_again(answer: str) -> None:
    assert repeats(answer, SAID)


@pytest.mark.parametrize(
    "answer",
    ["", "Het gat is diep.", "Wij maken het gat dicht. Kijk op www.stad.example of bel 14 0123.", "Om 12.30 uur."],
)
def test_what_anybody_would_say_is_ours(answer: str) -> None:
    assert not repeats(answer, SAID)


def test_an_answer_to_no_text_repeats_nothing() -> None:
    assert not repeats("Wij hebben uw melding en gaan er morgen naar kijken.", "")
