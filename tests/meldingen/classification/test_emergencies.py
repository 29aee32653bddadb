import pytest

from meldingen.classification.emergencies import is_emergency


@pytest.mark.parametrize(
    "text",
    [
        "Er hangt een GASLUCHT in het portiek",
        "container staat   in\nbrand",
        "man ligt bewusteloos op het bankje",
        "Es riecht nach Gas im Keller",
        "Stromkabel liegt offen",
        "There is a downed power line",
        "people were injured",
    ],
)
def test_it_sees_what_may_not_wait(text):
    assert is_emergency(text)


@pytest.mark.parametrize(
    "text",
    [
        "De brandkraan lekt",
        "De lantaarn brandt overdag",
        "brandnetels langs het pad",
        "Die Lampe brennt den ganzen Tag",
        "firehouse lawn is overgrown",
        "",
    ],
)
def test_it_leaves_alone_what_only_looks_like_it(text):
    assert not is_emergency(text)
