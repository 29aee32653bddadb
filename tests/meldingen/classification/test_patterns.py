import pytest

from meldingen.classification.patterns import Patterns, fold


@pytest.fixture
def patterns() -> Patterns[str]:
    found = Patterns[str]()
    for pattern in ("bak", "lamp*", "*container", "*müll*"):
        found.enter(pattern, pattern)
    return found


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("bak", {"bak"}),
        ("bakker", set()),
        ("lampenkap", {"lamp*"}),
        ("straatlamp", set()),
        ("papiercontainer", {"*container"}),
        ("containers", set()),
        ("sperrmuellhaufen", {"*müll*"}),
        ("muellcontainer", {"*müll*", "*container"}),
        ("", set()),
        ("x" * 10_000, set()),
    ],
)
def test_a_word_is_found_by_its_whole_its_head_its_tail_or_a_part(
    patterns: Patterns[str], word: str, names: set[str]
) -> None:
    assert patterns.values_of(word) == names


def test_a_whole_word_alone_can_be_asked_for(patterns: Patterns[str]) -> None:
    assert patterns.whole("bak") == {"bak"}
    assert patterns.whole("lampen") == set()


@pytest.mark.parametrize(
    ("text", "plain"), [("müßig", "muessig"), ("mu\u0308ll", "mull"), ("café", "cafe"), ("één", "een")]
)
def test_accents_do_not_matter(text: str, plain: str) -> None:
    assert fold(text) == plain
