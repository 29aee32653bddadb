from meldingen.demo.standard_texts import STANDARD_TEXTS
from meldingen.handling.models import StandardText, check_blanks


def test_each_goes_with_an_act_that_there_is_and_fills_in_what_can_be_filled_in() -> None:
    assert {for_state for _name, for_state, _words in STANDARD_TEXTS} == set(StandardText.ForState.values)
    for name, _for_state, words in STANDARD_TEXTS:
        check_blanks({"nl": words})
        assert len(name) <= 60
