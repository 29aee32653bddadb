from meldingen.handling.desk.bulk_words import WORDS
from meldingen.handling.models import BulkAct


def test_each_act_has_its_words_of_one_and_of_many() -> None:
    assert set(WORDS) == set(BulkAct.Kind)
    for words in WORDS.values():
        for say in (words.ask, words.fit, words.button, words.done):
            assert say(1) != say(412)
            assert "412" in say(412)
