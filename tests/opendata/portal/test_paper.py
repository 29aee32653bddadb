"""A picture with its words."""

from opendata.pictures.bars import Bar, on_paper
from opendata.portal.paper import in_lines, paper


def test_words_are_broken_where_they_may_be() -> None:
    assert in_lines("een twee drie", 8) == ["een twee", "drie"]
    assert in_lines("onbreekbaarlangwoord kort", 8) == ["onbreekb", "aarlangw", "oord", "kort"]


def test_nothing_stands_on_top_of_something_else() -> None:
    picture = on_paper([(Bar(1, 0, 2), "a", "1", False)] * 5)
    found = paper("een kop " * 20, ["een zin " * 20], ["bron", "adres"], picture)
    lines = [y for y, _words in (*found.headline, *found.sentences)]
    assert lines == sorted(set(lines))
    assert lines[-1] < found.at[1]
    assert found.at[1] + picture.height < found.foot[0][0] < found.foot[-1][0] < found.height
