"""Who lives in the area that is looked at, beside who lives in what it is held against."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from analytics.grid import Living, MakeUp
from opendata.datasets.wording import Words, ages_in_words
from opendata.figures.view import Choices, View


@dataclass(frozen=True)
class MakeUpTable:
    """`name`: whose it is. A column for each area; `rows`: what is told, and its words for each of them. `sources`: who
    counted.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    sources: tuple[str, ...]


def make_up_of(view: View, choices: Choices, known: Mapping[str, MakeUp] | None) -> MakeUpTable | None:
    """The area beside the one that it is compared with, or else the whole town, where anything is known of that. None
    where no area is looked at.
    """
    if known is None:
        return None
    fixed = choices.year.fixed
    words = Words(fixed)
    name = words.name(choices.areas[view.area], view.area)
    sides = [(name, known.get(view.area, MakeUp()))]
    town = known.get(fixed.municipality.code)
    if view.against in choices.areas:
        sides.append((words.name(choices.areas[view.against], view.against), known.get(view.against, MakeUp())))
    elif town is not None and town.living != Living():
        sides.append((_("Whole town"), town))
    made = [one for _name, one in sides]
    if view.against in choices.areas:
        name = _("%(one)s and %(other)s") % {"one": name, "other": sides[1][0]}
    sources = tuple(dict.fromkeys(one.source for one in made if one.source))
    return MakeUpTable(name, tuple(one for one, _known in sides), tuple(_rows(made)), sources)


def _rows(made: Sequence[MakeUp]) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield _("Inhabitants"), tuple(_whole(one.living.inhabitants) for one in made)
    yield _("Households"), tuple(_whole(one.living.households) for one in made)
    yield _("Inhabitants per km²"), tuple(_whole(one.density) for one in made)
    for key, words in ages_in_words().items():
        shares = [one.ages.get(key) for one in made]
        if any(share is not None for share in shares):
            yield words, tuple(_whole(share, "\N{NO-BREAK SPACE}%") for share in shares)


def _whole(number: int | None, unit: str = "") -> str:
    """Unknown stays unknown."""
    return _("unknown") if number is None else f"{number_format(number, force_grouping=True)}{unit}"
