"""With what an area can be compared by one tap: the rest of the town, its neighbours, and every other of its kind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from analytics.grid import MakeUp
from opendata.datasets.wording import Words
from opendata.disclosure import Dimension
from opendata.figures.living import Counting, counting
from opendata.figures.view import REST_OF_TOWN, Choices, Measure, View
from opendata.portal.controls import Group, Option

NEAR = 6  # areas that are offered above the figures


@dataclass(frozen=True)
class Beside:
    """`near` stand above the figures; `groups` are all of its kind by what they lie in, below them, and none where
    those that are near are all there are. `is_rate`: whether any of them is compared by who lives there.
    """

    near: tuple[Option, ...]
    groups: tuple[Group, ...]
    is_rate: bool


def beside(view: View, choices: Choices, known: Mapping[str, MakeUp] | None) -> Beside | None:
    """None where no area is looked at alone, or there is no other. Meldingen of two areas are compared by how many
    people live there, where that is known of both: else the larger one always has more.
    """
    if not view.area or view.against or not choices.others(view.area):
        return None
    rates = counting(choices.year.fixed, _rate_of(view), known)
    level, words, around = choices.areas[view.area], Words(choices.year.fixed), choices.year.grid.coarse[Dimension.WIJK]
    options: dict[str, Option] = {}
    if (rest := _link(view, REST_OF_TOWN, rates)) is not None:
        options[REST_OF_TOWN] = Option(rest, _("the rest of the town"))
    same = [code for code, one in choices.areas.items() if one is level and code != view.area]
    near = [code for code in same if around.get(code) == around.get(view.area)] if view.area in around else []
    for code in [*near, *(code for code in same if code not in near)]:
        if (link := _link(view, code, rates)) is not None:
            options[code] = Option(link, words.name(level, code))
    shown = [*options.values()][: NEAR + (REST_OF_TOWN in options)]
    groups = tuple(_by_wijk(options, choices, words)) if len(options) > len(shown) else ()
    is_rate = any(f"maat={_rate_of(view)}" in one.value for one in options.values())
    return Beside(tuple(shown), groups, is_rate) if options else None


def _rate_of(view: View) -> Measure:
    return Measure.PER_INHABITANT if view.measure is Measure.COUNT else view.measure


def _link(view: View, code: str, rates: Counting) -> str | None:
    """By who lives there; of what was only counted by its number where that is not known."""
    if rates.factor(view.area) is not None and rates.factor(code, view.area) is not None:
        return view.changed(against=code, measure=rates.measure).query()
    return view.changed(against=code).query() if view.measure is Measure.COUNT else None


def _by_wijk(options: Mapping[str, Option], choices: Choices, words: Words) -> Iterator[Group]:
    """By name; wijken themselves lie in no list."""
    within: dict[str, list[Option]] = {}
    for code, option in options.items():
        if code in choices.areas:
            wijk = choices.year.grid.coarse[Dimension.WIJK].get(code, "")
            name = words.name(Dimension.WIJK, wijk) if wijk and wijk != code else ""
            within.setdefault(name, []).append(option)
    for name in sorted(within):
        yield Group(name, tuple(sorted(within[name], key=lambda one: one.words)))
