"""The subjects that somebody may mean who types words."""

from django.urls import reverse

from opendata.datasets import Dataset
from opendata.datasets.wording import Words
from opendata.disclosure import REST, Dimension, PeriodKind
from opendata.figures.reading import Shelf
from opendata.figures.view import Choices, View

MOST = 6
SHORTEST = 3  # letters of a word by which a subject is looked for


def subjects_like(shelf: Shelf, typed: str) -> list[tuple[str, str]]:
    """The subjects whose name has every word that was typed, each with the address of its figures."""
    wanted = [word for word in typed.casefold().split() if len(word) >= SHORTEST]
    datasets = sorted(shelf.datasets(), key=_order)
    pair = shelf.periods(datasets[0].slug) if datasets and wanted else None
    if pair is None:
        return []
    choices = Choices(*pair, shelf.draws(pair[1][-1:])[0].year)
    words, base = Words(choices.year.fixed), reverse("data_dataset", args=[pair[0].slug])
    names = {code: words.name(level, code) for code, level in choices.categories.items() if code != REST}
    like = sorted((name, code) for code, name in names.items() if all(word in name.casefold() for word in wanted))
    return [(name, f"{base}?{View(pair[0], pair[1][-1], category=code).query()}") for name, code in like[:MOST]]


def _order(dataset: Dataset) -> tuple[bool, bool, int]:
    """The figures that know most subjects first, of these the ones of the shortest periods."""
    of = dataset.table.dimensions
    return (
        Dimension.CATEGORY not in of,
        Dimension.MAIN_CATEGORY not in of,
        list(PeriodKind).index(dataset.table.period_kind),
    )
