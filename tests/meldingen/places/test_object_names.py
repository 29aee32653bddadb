import pytest
from django.utils import translation

from meldingen.languages import Texts
from meldingen.places import object_names
from meldingen.places.models import AssetKind


@pytest.mark.parametrize(
    ("language", "names", "words"),
    [
        ("nl", ["Container"], "de container"),
        ("nl", ["Container", "Bankje"], "de container of het bankje"),
        ("nl", ["Lichtmast", "Verkeersbord", "Afvalbak"], "de lichtmast, het verkeersbord of de afvalbak"),
        ("nl", ["LED-lamp"], "de LED-lamp"),
        ("en", ["Lamp post", "Bin"], "the lamp post or the bin"),
    ],
)
def test_kinds_stand_in_a_sentence(language: str, names: list[str], words: str) -> None:
    kinds = [AssetKind(name_texts=Texts(**{language: name})) for name in names]
    with translation.override(language):
        assert object_names.with_articles(kinds) == words
