from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from analytics.learning import corpus
from analytics.learning.corpus import ExamplesError
from meldingen.categories.models import Category
from meldingen.classification import bound
from meldingen.languages import Texts
from meldingen.record import events, lifecycle
from meldingen.record.models import Melding
from meldingen.routing.models import TrainedModel
from tests.factories import Town
from tests.sure import sure

EARLIER, LATER = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)


def handled(town: Town, **values: Any) -> Melding:
    melding = town.melding(**({"category": town.container} | values))
    lifecycle.move(melding, "solved", actor=events.SWEEP)
    return melding


def written(tmp_path: Path, content: bytes | str) -> Path:
    path = tmp_path / "examples.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_closed_meldingen_with_text_and_category_are_learnt_from_oldest_first(town: Town, neighbour: Town) -> None:
    handled(town, text="nieuw", received_at=LATER)
    handled(town, text="oud", received_at=EARLIER, category=town.dumping)
    handled(town, text="")
    handled(town, text="zonder", category=None)
    handled(neighbour, text="van de buren")
    town.melding(text="nog open", category=town.container)
    found = corpus.handled_corpus(town.municipality)
    assert (found.texts, found.labels) == (["oud", "nieuw"], ["afval|dumping", "afval|container-vol"])
    assert found.days == [EARLIER.date(), LATER.date()]


@pytest.mark.parametrize("state", ["spam", "threat", "withdrawn"])
def test_nothing_is_learnt_from_what_nobody_judged_by_its_words(town: Town, state: str) -> None:
    lifecycle.move(town.melding(category=town.container), state, actor=events.SWEEP)
    assert len(corpus.handled_corpus(town.municipality)) == 0


def test_nothing_is_learnt_from_a_text_with_words_struck_out(town: Town) -> None:
    melding = handled(town)
    Melding.objects.filter(pk=melding.pk).update(struck_at=LATER)
    assert len(corpus.handled_corpus(town.municipality)) == 0


def test_a_text_teaches_for_as_long_as_the_municipality_says(town: Town) -> None:
    now = timezone.now()
    for days in (99, 101):
        handled(town, received_at=now - timedelta(days=days))
    town.municipality.learning_days = 100
    assert len(corpus.handled_corpus(town.municipality)) == 1


def test_the_day_is_that_of_the_municipality(town: Town) -> None:
    handled(town, received_at=datetime(2026, 6, 30, 22, 30, tzinfo=UTC))
    assert corpus.handled_corpus(town.municipality).days == [date(2026, 7, 1)]


def test_a_main_category_is_its_own_label(town: Town) -> None:
    handled(town, category=town.waste)
    assert corpus.handled_corpus(town.municipality).labels == ["afval"]


@pytest.fixture
def little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bound, "MAX_TOTAL", 40)
    monkeypatch.setattr(bound, "ENOUGH", 3)


def test_only_the_newest_are_read_and_of_rare_categories_a_few_older_ones(town: Town, little_room: None) -> None:
    for day in range(1, 10):
        handled(town, text=f"container {day:02}", received_at=datetime(2026, 3, day, tzinfo=UTC))
    for day in range(1, 6):
        handled(town, text=f"b{day}", received_at=datetime(2025, 3, day, tzinfo=UTC), category=town.dumping)
    found, everything = corpus.handled_corpus(town.municipality), [f"container {day:02}" for day in range(1, 10)]
    assert found.is_newest
    assert found.texts == ["b3", "b4", "b5", *everything[-3:]]
    assert found.days == sorted(sure(found.days))


def test_what_came_at_the_same_moment_is_read_once(town: Town, little_room: None) -> None:
    for number in range(8):
        handled(town, text=f"container {number:02}", received_at=EARLIER)
    found = corpus.handled_corpus(town.municipality).texts
    assert len(found) == len(set(found)) < 8


def test_a_history_is_read_page_by_page_and_each_melding_once(
    town: Town, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    monkeypatch.setattr(corpus, "PAGE", 2)
    for number in range(5):
        handled(town, text=f"container {number}", received_at=EARLIER if number < 4 else LATER)
    with django_assert_num_queries(4):
        found = corpus.handled_corpus(town.municipality)
    assert sorted(found.texts) == [f"container {number}" for number in range(5)]
    assert found.texts[-1] == "container 4"


def test_training_keeps_all_that_was_read(town: Town, little_room: None) -> None:
    for number in range(8):
        handled(town, text=f"container {number:02}", received_at=EARLIER)
        handled(town, text=f"bank {number}", received_at=LATER, category=town.dumping)
    found = corpus.handled_corpus(town.municipality)
    assert bound.within_bounds(list(map(len, found.texts)), found.labels) == list(range(len(found)))


def test_reading_says_how_far_it_is(town: Town, little_room: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus, "PROGRESS_EVERY", 2)
    said: list[str] = []
    for number in range(8):
        handled(town, text=f"container {number:02}")
    corpus.handled_corpus(town.municipality, said.append)
    assert said == [
        "Read the newest 2 handled meldingen",
        "Looking up older meldingen of rare categories, beside the newest 3",
    ]


def test_the_number_of_queries_does_not_grow(town: Town, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(5):
        handled(town)
    with django_assert_num_queries(2):
        assert len(corpus.handled_corpus(town.municipality)) == 5


def test_the_fingerprint_changes_with_a_text_a_label_or_the_order(town: Town) -> None:
    def of(*rows: tuple[str, str]) -> str:
        return corpus.Corpus(TrainedModel.TrainedOn.EXAMPLES, [t for _, t in rows], [c for c, _ in rows]).fingerprint()

    one, two = ("a", "x"), ("b", "y")
    assert of(one, two) == of(one, two)
    assert len({of(one, two), of(two, one), of(one), of(("a", "xb"), ("", "y")), of(("ax", ""), two)}) == 5


def test_examples_are_read_shuffled_always_in_the_same_way_and_once_each(town: Town, tmp_path: Path) -> None:
    rows = [f"afval|container-vol,tekst {n}" for n in range(20)] + ["afval|dumping,bank"] * 2
    path = written(tmp_path, "\ufeffcategory,text\n" + "\n".join(rows) + "\n")
    found = corpus.examples(path, town.municipality)
    assert sorted(found.texts) == sorted({f"tekst {n}" for n in range(20)} | {"bank"})
    assert found.texts != sorted(found.texts)
    assert found == corpus.examples(path, town.municipality)
    assert dict(zip(found.texts, found.labels, strict=True))["bank"] == "afval|dumping"


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        ("category,text\nafval|dumping,bank\nafval|onbekend,x\n", 3, "category"),
        ("category,text\nafval|dumping,  \n", 2, "text"),
        ("category,text\nafval|dumping\n", 2, "text"),
        ("categorie,tekst\na,b\n", 0, ""),
        ("category,text,Text\na,b,c\n", 0, ""),
        ("", 0, ""),
        (b"category,text\n\xff\xfe,x\n", 0, ""),
        ('category,text\nafval|dumping,"open\n', 2, "text"),
        ("category,text\nafval|container-vol\x00,x\n", 2, "category"),
    ],
)
def test_a_broken_file_is_refused_by_line_and_column(
    town: Town, tmp_path: Path, content: bytes | str, line: int, column: str
) -> None:
    with pytest.raises(ExamplesError) as refused:
        corpus.examples(written(tmp_path, content), town.municipality)
    assert (refused.value.line, refused.value.column) == (line, column)


def test_a_file_that_is_not_there_is_refused(town: Town, tmp_path: Path) -> None:
    with pytest.raises(ExamplesError, match="cannot be opened"):
        corpus.examples(tmp_path / "niets.csv", town.municipality)


def test_examples_come_as_a_spreadsheet_writes_them(town: Town, tmp_path: Path) -> None:
    path = written(tmp_path, "sep=;\r\nCategory ;TEXT;\r\nafval|dumping; Bank\u00a0kapot;\r\n;;\r\n")
    assert corpus.examples(path, town.municipality).texts == ["Bank kapot"]


def test_a_neighbours_category_is_no_category_here(town: Town, neighbour: Town, tmp_path: Path) -> None:
    Category.objects.create(municipality=neighbour.municipality, slug="alleen-daar", name_texts=Texts(nl="Alleen daar"))
    with pytest.raises(ExamplesError):
        corpus.examples(written(tmp_path, "category,text\nalleen-daar,x\n"), town.municipality)


def test_imported_meldingen_with_text_count_as_handled(town: Town) -> None:
    handled(town, source=Melding.Source.IMPORT)
    assert len(corpus.handled_corpus(town.municipality)) == 1


def test_it_says_of_each_label_whether_a_guess_was_in_sight(town: Town) -> None:
    def chosen(saw: list[str] | None, by: str = "staff") -> Melding:
        melding = town.melding(received_at=EARLIER)
        values = {"category": town.container, "category_by": by}
        lifecycle.change(melding, events.Recategorised(saw=saw), actor=events.by(town.member()), **values)
        lifecycle.move(melding, "solved", actor=events.SWEEP)
        return melding

    for saw, by in (([], "staff"), (["afval|dumping"], "staff"), (None, "staff"), ([], "model"), (None, "import")):
        chosen(saw, by)
    learnt = corpus.handled_corpus(town.municipality)
    assert learnt.blind == [True, False, False, False, True]
    assert learnt.fingerprint() != replace(learnt, blind=[False] * 5).fingerprint()
