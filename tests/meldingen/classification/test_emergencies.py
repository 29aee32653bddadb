from pathlib import Path
from time import process_time
from typing import Any

import pytest

from meldingen.classification import likening
from meldingen.classification.dangers import Kind
from meldingen.classification.emergencies import find_danger, is_emergency, named_danger

TAILS = Path(__file__).with_name("sentences")


def sentences(name: str, folder: Path = likening.SENTENCES) -> list[str]:
    """The lines of a list."""
    return [line for line in (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines() if line]


def test_it_sees_what_may_not_wait() -> None:
    assert [text for text in sentences("emergencies") if not is_emergency(text)] == []


@pytest.mark.parametrize("tail", sentences("tails", TAILS))
def test_what_people_add_takes_nothing_away(tail: str) -> None:
    texts = [text for text in sentences("emergencies")[::4] if named_danger(text)]
    assert [text for text in texts if not is_emergency(f"{text.rstrip('.!')} {tail}")] == []


@pytest.mark.parametrize(
    "tail", ["auto's rijden kriskras door elkaar", "er staat ook een afvalcontainer", "fietsers moeten er omheen"]
)
def test_what_people_add_to_a_hazard_takes_nothing_away(tail: str) -> None:
    texts = [text for text in sentences("hazards") if named_danger(text)]
    assert [text for text in texts if named_danger(f"{text.rstrip('.!')}, {tail}") is None] == []


def test_what_is_dangerous_and_hurt_nobody_is_a_kind_of_its_own() -> None:
    assert [text for text in sentences("hazards") if find_danger(text) != Kind.HAZARD] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Het ruikt hier naar gas", Kind.GAS),
        ("Er is brand", Kind.LIFE),
        ("Er is brand en het ruikt naar gas", Kind.GAS),
        ("Het putdeksel is weg en er ligt een gewonde man", Kind.LIFE),
        ("Het putdeksel is weg", Kind.HAZARD),
        ("De lamp is kapot", None),
    ],
)
def test_the_strongest_kind_counts(text: str, kind: Kind | None) -> None:
    assert find_danger(text) is kind
    assert is_emergency(text) is (kind in (Kind.GAS, Kind.LIFE))


def test_it_leaves_alone_what_only_looks_like_it() -> None:
    assert [(text, find_danger(text)) for text in sentences("everyday") if find_danger(text)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gisteren stond de schuur in brand", False),
        ("Gisteren stond de schuur in brand. Nu ruik ik gas.", True),
        ("Sinds gisteren staat de schuur in brand", True),
        ("Er is elke week brand in een container", False),
        ("Het ruikt elke week naar gas", True),
        ("Als er brand is in de flat", False),
        ("Als de muur dreigt om te vallen", True),
        ("Vorig jaar hing hier een gaslucht", False),
        ("Vorig jaar rook het naar gas en nu weer", True),
        ("er is brand in een container met resten hout", True),
        ("Straks slaat het over, er is brand bij een school", True),
        ("kom snel voordat het te laat is er staat een huis in brand", True),
        ("The house is on fire and might explode", True),
        ("Es brennt und es könnte auf das Haus übergreifen", True),
        ("Gestern brannte der Container", False),
        ("Yesterday there was a fire in the bushes", False),
    ],
)
def test_what_passed_or_may_come_is_none_but_what_lasts_is(text: str, found: bool) -> None:
    assert is_emergency(text) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("geen gaslucht", False),
        ("er is niemand gewond", False),
        ("hij reageert niet, man is bewusteloos", True),
        ("nobody was injured", False),
        ("no people around, man is unconscious", True),
        ("het ruikt niet naar gas", False),
        ("There isn't a fire", False),
        ("kan niet weg overal brand", True),
        ("we kunnen er niet uit brand in het portiek", True),
        ("geen grap brand in flat", True),
        ("This is no joke fire in the building", True),
        ("dit is geen oefening er is brand", True),
    ],
)
def test_what_is_denied_is_none_but_not_all_that_follows_a_no(text: str, found: bool) -> None:
    assert is_emergency(text) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Er is brand, kan er iemand komen", True),
        ("Kan iemand snel komen er is brand in de flat", True),
        ("Ik ben bang, er loopt een man met een pistool", True),
        ("Ik ben bang dat hier brand komt", False),
        ("De man die hier altijd zit ligt bewusteloos op de bank", True),
        ("I'm worried, a man is lying unconscious on the sidewalk", True),
        ("I am worried that someone will be injured", False),
        ("Könnte bitte jemand kommen, ein Mann liegt bewusstlos im Park", True),
        ("Es ist eine Frage der Zeit bis jemand angefahren wird", False),
    ],
)
def test_a_fear_is_none_but_who_is_afraid_may_report_one(text: str, found: bool) -> None:
    assert is_emergency(text) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("het ruikt hier\nnaar gas", True),
        ("de schuur staat in\r\nbrand", True),
        ("Es riecht hier\rnach Gas", True),
        ("gisteren gemeld\ner is brand", True),
        ("het ruikt hier\n\nde monteur van het gas was er", False),
        ("het ruikt hier\r\n \r\nde monteur van het gas was er", False),
    ],
)
def test_a_line_break_is_in_a_sentence_or_ends_it(text: str, found: bool) -> None:
    assert is_emergency(text) is found


@pytest.mark.parametrize("mark", "'’‘ʼ´`")
def test_apostrophes_are_read(mark: str) -> None:
    texts = [
        "My husband can't breathe",
        "My wife won't wake up",
        "There's a fire",
        "He's unconscious",
        "THERE'S A FIRE",
    ]
    assert all(is_emergency(text.replace("'", mark)) for text in texts)
    assert not is_emergency("There isn't a fire".replace("'", mark))


def test_words_far_apart_or_in_another_sentence_are_no_danger() -> None:
    assert is_emergency("gas in de straat, denk ik, het ruikt")
    assert not is_emergency("gas " + "en dan nog iets " * 4 + "ruikt")
    assert not is_emergency("De monteur van het gas was hier. Het ruikt naar verf.")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mijn buurman heeft een hartaanvel", True),
        ("hij heeft een hartaanval gehd, hartinfrct", True),
        ("fiets ist angeschlossen", False),
        ("de hond is vermist", False),
    ],
)
def test_a_long_word_that_decides_alone_may_miss_or_mix_up_a_letter(text: str, found: bool) -> None:
    assert is_emergency(text) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("iemnd is int water gevalen", True),
        ("man in het waater gevallen", True),
        ("iemnad licht bewusteloos op straat", True),
        ("Fietsers rijden nu over het voetpad", False),
        ("Beste buren, iemnd heeft gisteren bij de haven zijn tas laten liggen, en die is gevalen in het water", False),
    ],
)
def test_in_a_few_hasty_words_each_may_have_a_slip(text: str, found: bool) -> None:
    assert is_emergency(text) is found


@pytest.mark.parametrize("text", ["112", "SOS!", "help", "Help. Help!", "au secours", "Hilfe"])
def test_a_cry_for_help_and_no_more_is_one(text: str) -> None:
    assert is_emergency(text)


@pytest.mark.parametrize("text", ["Het is bij nummer 112", "112 bladeren op straat. Help", "hulp bij de aanvraag"])
def test_the_same_words_beside_others_are_none(text: str) -> None:
    assert not is_emergency(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Het putdeksel is weg, niemand heeft er last van", None),
        ("Het putdeksel is weg", Kind.HAZARD),
        ("Er is brand, niemand heeft er last van", Kind.LIFE),
    ],
)
def test_who_says_that_nobody_is_in_danger_of_a_thing_denies_a_hazard_only(text: str, kind: Kind | None) -> None:
    assert find_danger(text) is kind


def test_some_dangers_need_their_words_nearer_than_others() -> None:
    assert is_emergency("Er ligt een oude man op de stoep")
    assert not is_emergency("Er ligt iets dat een vrouw van de winkel hier liet liggen op de stoep")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Evde yangın çıktı", Kind.LIFE),
        ("EVDE YANGIN CIKTI", Kind.LIFE),
        ("Śmierdzi gazem na klatce", Kind.GAS),
        ("Smierdzi gazem na klatce", Kind.GAS),
        ("Дитина тоне", Kind.LIFE),
        ("Відкритий люк на дорозі", Kind.HAZARD),
        ("رائحة غاز", Kind.GAS),
        ("الأشجار تحتاج إلى تقليم", None),
    ],
)
def test_other_alphabets_are_read_with_and_without_their_marks(text: str, kind: Kind | None) -> None:
    assert find_danger(text) == kind


@pytest.mark.parametrize(
    "text", ["ES RIECHT NACH GAS", "Gebaeude stuerzt ein", "Gebäude stürzt ein", "ｇａｓｌｕｃｈｔ", "gas\u00adlucht"]
)
def test_spelling_does_not_matter(text: str) -> None:
    assert is_emergency(text)


@pytest.mark.parametrize("text", ["", "\x00", "\ud800", ",", "|", "😀", "@person", "*", "_"])
def test_text_without_words_is_none(text: str) -> None:
    assert not is_emergency(text)


@pytest.mark.parametrize("text", [None, 3, float("nan"), b"gaslucht"])
def test_what_is_no_text_is_refused(text: Any) -> None:
    with pytest.raises(TypeError):
        is_emergency(text)


@pytest.mark.parametrize("text", ["gas " * 50_000, "gas.\n" * 50_000, "man ligt, tree road " * 9_000, "ﷺ" * 100_000])
def test_no_text_keeps_a_worker_busy(text: str) -> None:
    started = process_time()
    is_emergency(text)
    assert process_time() - started < 0.5


def test_a_usual_text_takes_about_a_millisecond() -> None:
    texts = sentences("everyday")
    find_danger(texts[0])  # reads the lists
    started = process_time()
    for text in texts:
        find_danger(text)
    assert (process_time() - started) / len(texts) < 0.003
