"""What a model learns from: the handled meldingen of one municipality, or examples in a file."""

import hashlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone, translation

from meldingen import calendar
from meldingen.categories.models import Category
from meldingen.classification.bound import Room
from meldingen.files.reading import BrokenFile
from meldingen.files.sheets import read_lines
from meldingen.record import workflow
from meldingen.record.models import Event, Melding
from meldingen.routing import prediction
from meldingen.routing.models import TrainedModel
from meldingen.tenancy.models import Municipality

MIN_HANDLED = 200
MAX_EXAMPLES = 200_000
COLUMNS = ("category", "text")
PAGE = 2_000  # rows that are asked for at a time
PROGRESS_EVERY = 10_000  # texts between two words of progress

Say = Callable[[str], None]
Row = tuple[str, int, datetime, int, str, Any]  # text, category, moment, pk, who said the category, what they had seen


class ExamplesError(Exception):
    """A file of examples that cannot be used: `line` (from 1, 0 for the whole file), `column` and what is wrong."""

    def __init__(self, line: int, column: str, wrong: str) -> None:
        where = f"line {line}, column {column}: " if line else ""
        super().__init__(f"{where}{wrong}")
        self.line = line
        self.column = column


@dataclass(frozen=True)
class Corpus:
    """Texts (n,) with labels (n,) `main|sub`, in order of time; days (n,) where they are known; blind (n,): whether who
    gave the label had seen no guess, None where nobody ever did.

    is_newest: there were more, and only the newest are in it, with some older ones of rare categories.
    """

    source: TrainedModel.TrainedOn
    texts: list[str]
    labels: list[str]
    days: list[date] | None = None
    is_newest: bool = False
    blind: list[bool] | None = None

    def __len__(self) -> int:
        return len(self.texts)

    def fingerprint(self) -> str:
        """Equal for an equal corpus: a SHA-256 over every text, label, day and whether it is blind, in order."""
        digest = hashlib.sha256()
        for i, (text, label) in enumerate(zip(self.texts, self.labels, strict=True)):
            day = self.days[i].isoformat() if self.days else ""
            blind = str(int(self.blind[i])) if self.blind else ""
            digest.update("\x1f".join((label, day, blind, text)).encode("utf-8", "surrogatepass") + b"\x1e")
        return digest.hexdigest()


def handled_corpus(municipality: Municipality, say: Say = lambda _: None) -> Corpus:
    """The closed meldingen of a municipality that have a text and a category and are no spam, oldest first.

    Not those of which words were struck out, nor those that are older than a text may teach (`learning_days`).

    Read from the newest on, and no further than training looks: what is rare is looked up by its category then. `say`
    hears in words how far it is.
    """
    labels = {category.pk: prediction.label_of(category) for category in _categories(municipality)}
    room, rows, last = Room(set(labels.values())), [], None
    for last in _newest_first(municipality):
        if room.takes(len(last[0]), labels[last[1]]):
            rows.append(last)
            if len(rows) % PROGRESS_EVERY == 0:
                say(f"Read the newest {len(rows)} handled meldingen")
        if room.is_full:
            break
    if last is not None and room.is_full:
        say(f"Looking up older meldingen of rare categories, beside the newest {len(rows)}")
        rows += _rare(municipality, room, labels, before=last)
    rows.sort(key=lambda row: (row[2], row[3]))
    return Corpus(
        TrainedModel.TrainedOn.HANDLED,
        [row[0] for row in rows],
        [labels[row[1]] for row in rows],
        [calendar.local_day(row[2], municipality.time_zone) for row in rows],
        is_newest=room.is_full,
        blind=[_is_blind(by, saw) for *_others, by, saw in rows],
    )


def _is_blind(by: str, saw: Any) -> bool:
    """Whether who said the category had seen no guess: a former system shows none, and a model sees its own."""
    return by == Melding.CategoryBy.IMPORT or (by != Melding.CategoryBy.MODEL and saw == [])


def _newest_first(municipality: Municipality) -> Iterator[Row]:
    """Page by page: who stops early has not asked for the rest, and a pooled connection needs no cursor for it."""
    page = list(_handled_rows(municipality, before=None)[:PAGE])
    while page:
        yield from page
        page = list(_handled_rows(municipality, before=page[-1])[:PAGE]) if len(page) == PAGE else []


def _handled_rows(municipality: Municipality, before: Row | None) -> QuerySet[Melding, Row]:
    """Newest first, of those older than the row `before`: the first few cost as much as they are, whatever the rest."""
    since = timezone.now() - timedelta(days=municipality.learning_days)
    rows = Melding.objects.of(municipality).filter(
        state__in=workflow.TEACHING, category__isnull=False, struck_at__isnull=True, received_at__gte=since
    )
    rows = rows.exclude(text="")
    if before is not None:
        _text, _category, moment, pk, *_others = before
        # The first condition says nothing new, but an index is read by it.
        rows = rows.filter(Q(received_at__lt=moment) | Q(received_at=moment, pk__lt=pk), received_at__lte=moment)
    kinds = (Event.Kind.RECEIVED, Event.Kind.RECATEGORISED)
    last = Event.objects.filter(melding=OuterRef("pk"), kind__in=kinds).order_by("-pk")
    rows = rows.annotate(saw=Subquery(last.values("codes__saw")[:1])).order_by("-received_at", "-pk")
    return rows.values_list("text", "category_id", "received_at", "pk", "category_by", "saw")


def _rare(municipality: Municipality, room: Room, labels: dict[int, str], before: Row) -> list[Row]:
    """What is older than the row `before` and still wanted: one query for each category that has seen too little."""
    found_rows = []
    for category_id, label in labels.items():
        lack = room.lack(label)
        rows = _handled_rows(municipality, before).filter(category_id=category_id)
        found_rows += [row for row in rows[:lack] if room.takes(len(row[0]), label)] if lack else []
    return found_rows


def examples(path: Path, municipality: Municipality) -> Corpus:
    """The examples of a CSV file with the columns `category` (`main|sub`) and `text`. Raises ExamplesError.

    A file is sorted by category as people write it, and training takes the given order as time: they are shuffled,
    always in the same way.
    """
    labels = {prediction.label_of(category) for category in _categories(municipality)}
    rows = sorted(set(_rows(path, labels)))
    random.Random(0).shuffle(rows)  # noqa: S311 - an order, not a secret
    return Corpus(TrainedModel.TrainedOn.EXAMPLES, [text for _, text in rows], [label for label, _ in rows])


def _categories(municipality: Municipality) -> Iterator[Category]:
    return Category.objects.of(municipality).select_related("parent").iterator()


def _rows(path: Path, labels: set[str]) -> Iterator[tuple[str, str]]:
    try:
        with translation.override("en"):  # as all that training says
            lines = list(islice(read_lines(path, COLUMNS), MAX_EXAMPLES + 1))
    except BrokenFile as error:
        raise ExamplesError(0, "", str(error).removesuffix(".")) from error
    if len(lines) > MAX_EXAMPLES:
        raise ExamplesError(0, "", f"more than {MAX_EXAMPLES} examples")
    for line in lines:
        if line.wrong:
            raise ExamplesError(line.number, line.column, line.wrong)
        yield _row(line.number, line.cells, labels)


def _row(line: int, row: dict[str, str], labels: set[str]) -> tuple[str, str]:
    label, text = row["category"], row["text"]
    if label not in labels:
        raise ExamplesError(line, "category", f"{label[:60]!r} is no category of this municipality")
    if not text:
        raise ExamplesError(line, "text", "it is empty")
    return label, text
