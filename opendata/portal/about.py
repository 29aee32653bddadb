"""What meldingen of one area are about, for who looks at figures that know no subjects."""

from collections.abc import Hashable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language

from opendata.datasets.wording import period_in_words
from opendata.disclosure import Dimension, PeriodKind
from opendata.figures.asking import CannotAnswer
from opendata.figures.finding import bounds_in_words
from opendata.figures.living import UNDIVIDED
from opendata.figures.reading import Shelf
from opendata.figures.seeing import see
from opendata.figures.verdict import shown
from opendata.figures.view import Choices, View
from opendata.memory import Memory
from opendata.portal.controls import link_of
from opendata.registration import Registration

MOST = 5
_MOST_IN_MEMORY = 300  # of a kilobyte each


@dataclass(frozen=True)
class Subject:
    """A main subject: its number with its bounds, and where it stands alone through time."""

    name: str
    number: str
    bounds: str
    address: str


@dataclass(frozen=True)
class About:
    """`subjects`: the largest that are precise enough, in `period`; `address`: all of them."""

    period: str
    address: str
    subjects: tuple[Subject, ...]


_memory: Memory[Hashable, About] = Memory(_MOST_IN_MEMORY)


def about(shelf: Shelf, view: View, choices: Choices, registration: Registration) -> About | None:
    """Of the area of a view, from the figures with subjects that know it, of the longest periods; None where there are
    none, where the view knows subjects itself, and where two things are compared.
    """
    if not view.area or view.against or choices.categories:
        return None
    key = (shelf.municipality.pk, shelf.state, registration, view.area, get_language())
    if (kept := _memory.get(key)) is not None:
        return kept
    found = _with_subjects(shelf, view.area)
    if found is None:
        return None
    try:
        return _memory.keep(key, _about(shelf, *found, registration))
    except CannotAnswer:
        return None


def _with_subjects(shelf: Shelf, area: str) -> tuple[View, Choices] | None:
    order = list(PeriodKind)
    for dataset in sorted(shelf.datasets(), key=lambda one: -order.index(one.table.period_kind)):
        pair = shelf.periods(dataset.slug) if Dimension.MAIN_CATEGORY in dataset.table.dimensions else None
        if pair is None:
            continue
        choices = Choices(*pair, shelf.draws(pair[1][-1:])[0].year)
        if area in choices.areas:
            return View(dataset, pair[1][-1], Dimension.MAIN_CATEGORY, area=area), choices
    return None


def _about(shelf: Shelf, view: View, choices: Choices, registration: Registration) -> About:
    base = reverse("data_dataset", args=[view.dataset.slug])
    rows = see(shelf, view, choices, registration, UNDIVIDED).rows
    subjects = tuple(
        Subject(row.name, shown(row.mine.quantity), bounds_in_words(row.mine), f"{base}?{link_of(row, view)}")
        for row in rows
        if row.mine and not row.is_rest and not row.mine.is_quiet
    )
    return About(period_in_words(view.period), f"{base}?{view.query()}", subjects[:MOST])
