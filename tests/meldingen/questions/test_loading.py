"""Questions from a file."""

from collections.abc import Callable
from pathlib import Path

import pytest

from meldingen.files.reading import BrokenFile
from meldingen.questions.loading import load_questions
from meldingen.questions.models import Question
from tests.factories import Town

HEAD = "vraag,categorie,soort,vraag_nl,vraag_en,keuzes_nl,keuzes_en,verplicht,volgorde\n"
COLOUR = "kleur,container-vol,een,Welke kleur?,Which colour?,Wit|Rood,White|Red,ja,20\n"
Load = Callable[[str], list[str]]


@pytest.fixture
def load(town: Town, tmp_path: Path) -> Load:
    def run(rows: str) -> list[str]:
        path = tmp_path / "vragen.csv"
        path.write_text(HEAD + rows)
        lines: list[str] = []
        load_questions(town.municipality, path, tell=lines.append)
        return lines

    return run


def test_a_row_becomes_a_question(load: Load, town: Town) -> None:
    load(COLOUR)
    question = Question.objects.of(town.municipality).get()
    assert (question.category, question.kind, question.is_required, question.position) == (
        town.container, "one", True, 20,
    )  # fmt: skip
    assert (dict(question.choice_texts), question.version) == ({"nl": "Wit\nRood", "en": "White\nRed"}, 1)


def test_a_main_category_asks_for_all_under_it(load: Load, town: Town) -> None:
    load("nummer,afval,tekst,Welk nummer?,,,,,\n")
    assert Question.objects.get().category == town.waste


def test_loaded_again_it_says_what_changed_and_makes_a_version(load: Load) -> None:
    load(COLOUR)
    assert load(COLOUR) == []
    lines = load(COLOUR.replace("Welke kleur?", "Welke tint?"))
    assert lines == ["kleur, vraag_nl: “Welke kleur?” wordt “Welke tint?”"]
    assert Question.objects.get().version == 2


def test_a_column_that_the_file_does_not_have_leaves_its_texts(load: Load, town: Town, tmp_path: Path) -> None:
    load(COLOUR)
    path = tmp_path / "kort.csv"
    path.write_text("vraag,categorie,soort,vraag_nl\nkleur,container-vol,een,Welke tint?\n")
    load_questions(town.municipality, path)
    assert dict(Question.objects.get().question_texts) == {"nl": "Welke tint?", "en": "Which colour?"}


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("Kleur!,container-vol,tekst,Wat?,,,,,\n", "kolom vraag:"),
        (COLOUR + COLOUR, "regel 3, kolom vraag:"),
        ("kleur,bestaat-niet,tekst,Wat?,,,,,\n", "kolom categorie:"),
        ("kleur,container-vol,foto,Wat?,,,,,\n", "kolom soort:"),
        ("kleur,container-vol,tekst,,,,,,\n", "kolom vraag_nl:"),
        ("kleur,container-vol,een,Wat?,,Wit,,,\n", "kolom keuzes_nl:"),
        ("kleur,container-vol,tekst,Wat?,,,,misschien,\n", "kolom verplicht:"),
        ("kleur,container-vol,tekst,Wat?,,,,,vier\n", "kolom volgorde:"),
        ("", "geen vragen"),
    ],
)
def test_what_is_broken_is_named_and_nothing_is_loaded(load: Load, row: str, column: str) -> None:
    with pytest.raises(BrokenFile, match=column):
        load(row)
    assert not Question.objects.exists()
