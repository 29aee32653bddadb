"""A view: what somebody looks at in a dataset, as a handful of finite choices. It is an address and nothing more."""

import enum
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from opendata.datasets import Dataset
from opendata.disclosure import REST, Dimension, DisclosureError, Period
from opendata.disclosure.tables import AREAS
from opendata.figures.asking import Where
from opendata.figures.reading import Year

REST_OF_TOWN = "rest"
LONGEST = 80  # characters of a value; no code is longer
# What others hang onto an address that is passed on. It asks nothing of us.
TRACES = ("utm_", "fbclid", "gclid")


class Measure(enum.StrEnum):
    """What is counted: meldingen, or meldingen by who lives there."""

    COUNT = "aantal"
    PER_INHABITANT = "inwoners"
    PER_HOUSEHOLD = "huishoudens"


class Shape(enum.StrEnum):
    """How it is shown."""

    CHART = "grafiek"
    MAP = "kaart"
    TABLE = "tabel"


class WrongView(ValueError):
    """Why an address is no view: for each parameter that is at fault, words."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        super().__init__("; ".join(wrong))
        self.wrong = dict(wrong)


@dataclass(frozen=True)
class View:
    """`by` is what the rows are told apart by, None the period. `against`: the rest of the town, the code of another
    area, or another period; empty where nothing is compared. `chosen`: the list of differences from which the area or
    subject was chosen, as the dimension of it, or the code of what the list lies in.
    """

    dataset: Dataset
    period: Period
    by: Dimension | None = None
    area: str = ""
    category: str = ""
    measure: Measure = Measure.COUNT
    against: str = ""
    shape: Shape = Shape.CHART
    chosen: str = ""

    def query(self) -> str:
        """Its address behind the question mark: every choice that is not what an address without it means."""
        choices = {
            "gebied": self.area,
            "onderwerp": self.category,
            "periode": str(self.period),
            "per": "periode" if self.by is None else str(self.by),
            "maat": "" if self.measure is Measure.COUNT else str(self.measure),
            "met": self.against,
            "toon": "" if self.shape is Shape.CHART else str(self.shape),
            "gekozen": self.chosen,
        }
        return urlencode({name: value for name, value in choices.items() if value})

    def changed(self, **choices: object) -> "View":
        """The same view with other choices. What goes with areas alone falls away where there are none, and what was
        chosen from a list falls away with the choice.
        """
        if not choices.keys() <= {"shape"}:
            choices.setdefault("chosen", "")
        view = replace(self, **choices)  # type: ignore[arg-type]  # each is of the type of its field
        if view.by not in AREAS and view.shape is Shape.MAP:
            view = replace(view, shape=Shape.CHART)
        return view

    @property
    def against_period(self) -> Period | None:
        """The period that it is compared with, if it is one."""
        try:
            return Period.parse(self.against)
        except DisclosureError:
            return None

    @property
    def against_area(self) -> bool:
        return bool(self.against) and self.against_period is None


@dataclass(frozen=True)
class Choices:
    """What can be chosen of a dataset: its released periods, oldest first, and the keys of the year of one of them."""

    dataset: Dataset
    periods: Sequence[Period]
    year: Year

    @cached_property
    def areas(self) -> dict[str, Dimension]:
        """Code -> level, wijken before their buurten. The rest value is no place."""
        dimension = self.area_dimension
        if dimension is None:
            return {}
        wijken = [code for code in self.year.grid.values(Dimension.WIJK) if code != REST]
        if dimension is Dimension.WIJK:
            return dict.fromkeys(wijken, Dimension.WIJK)
        levels: dict[str, Dimension] = {}
        belongs = self.year.grid.coarse[Dimension.WIJK]
        for wijk in wijken:
            if wijk != self.year.grid.gemeente:  # which stands in for the wijk of buurten that lie in none
                levels[wijk] = Dimension.WIJK
            levels |= {code: Dimension.BUURT for code, around in belongs.items() if around == wijk}
        return levels

    @cached_property
    def categories(self) -> dict[str, Dimension]:
        """Code -> level. A main category that is its own only category is there once, as the category."""
        dimensions = self.dataset.table.dimensions
        if Dimension.CATEGORY in dimensions:
            mains = dict.fromkeys(self.year.grid.values(Dimension.MAIN_CATEGORY), Dimension.MAIN_CATEGORY)
            return mains | dict.fromkeys(self.year.grid.values(Dimension.CATEGORY), Dimension.CATEGORY)
        if Dimension.MAIN_CATEGORY in dimensions:
            return dict.fromkeys(self.year.grid.values(Dimension.MAIN_CATEGORY), Dimension.MAIN_CATEGORY)
        return {}

    def others(self, area: str) -> tuple[str, ...]:
        """The other places of the same level: together the rest of the town."""
        level = self.areas[area]
        return tuple(code for code in self.year.grid.values(level) if code not in (area, REST))

    @property
    def area_dimension(self) -> Dimension | None:
        """By what area its rows are told apart; None where they are not."""
        return next((one for one in self.dataset.table.dimensions if one in AREAS[1:]), None)

    @property
    def bys(self) -> tuple[Dimension | None, ...]:
        """By what rows can be told apart."""
        return (None, *(one for one in self.dataset.table.dimensions if one is not Dimension.GEMEENTE))

    def list_of(self, area: str, category: str, chosen: str) -> tuple[Dimension, str] | None:
        """The list from which an area or subject was chosen: by what its rows were told apart, and the code of what
        they lay in, empty for all of the town. None where it cannot be.
        """
        for code, levels in ((area, self.areas), (category, self.categories)):
            level = levels.get(code)
            if level is None:
                continue
            if chosen == str(level):
                return level, ""
            if code in self._inside(level, levels.get(chosen), chosen):
                return level, chosen
        return None

    def _inside(self, finer: Dimension, coarser: Dimension | None, code: str) -> set[str]:
        """What of a finer dimension lies within a value of a coarser one; nothing the other way round."""
        if coarser not in (Dimension.WIJK, Dimension.MAIN_CATEGORY) or finer not in (
            Dimension.BUURT,
            Dimension.CATEGORY,
        ):
            return set()
        return {value for value, around in self.year.grid.parents(finer, coarser).items() if around == code}

    def where(self, view: View, area: str | None = None) -> Where:
        """What is counted; of another area than that of the view when one is named."""
        conditions: dict[Dimension, tuple[str, ...]] = {}
        code = view.area if area is None else area
        if code == REST_OF_TOWN:
            conditions[self.areas[view.area]] = self.others(view.area)
        elif code:
            conditions[self.areas[code]] = (code,)
        if view.category:
            conditions[self.categories[view.category]] = (view.category,)
        return conditions


def asked(query: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Parameter -> value, of what is no more than an address; WrongView for what no view has, and for two of one."""
    wrong: dict[str, str] = {}
    values_of: dict[str, str] = {}
    for name, values in query.items():
        if name.startswith(TRACES):
            continue
        if name not in _NAMES:
            words = _("There is no choice %(name)s. There are: %(known)s.")
            wrong[name[:LONGEST]] = words % {"name": name[:LONGEST], "known": ", ".join(_NAMES)}
        elif len(values) > 1:
            wrong[name] = _("Choose one value for this, not %(number)d.") % {"number": len(values)}
        elif values and values[0]:
            values_of[name] = values[0]
    if wrong:
        raise WrongView(dict(list(wrong.items())[:20]))
    return values_of


def period_of(query: Mapping[str, str], newest: Period) -> Period:
    """The period that is asked for, without one the newest. WrongView for what is no period."""
    if "periode" not in query:
        return newest
    try:
        return Period.parse(query["periode"])
    except DisclosureError as error:
        words = _("Write a month as 2026-07, a quarter as 2026-Q3, a year as 2026.")
        raise WrongView({"periode": words}) from error


def view_of(query: Mapping[str, str], period: Period, choices: Choices) -> View:
    """The view that is asked for. WrongView with all that is wrong at once."""
    wrong = dict(_wrong(query, period, choices))
    if wrong:
        raise WrongView(wrong)
    area, category = query.get("gebied", ""), query.get("onderwerp", "")
    view = View(
        choices.dataset,
        period,
        _by(query, choices),
        area,
        category,
        Measure(query.get("maat", Measure.COUNT)),
        query.get("met", ""),
        Shape(query.get("toon", Shape.CHART)),
        query.get("gekozen", ""),
    )
    return view.changed()


def nearest_view(query: Mapping[str, str], choices: Choices) -> View:
    """What is left of a question that cannot be answered: each choice by itself that is there. It is not shown, it only
    says what was chosen.
    """
    try:
        period = period_of(query, choices.periods[-1])
    except WrongView:
        period = choices.periods[-1]
    period = period if period in choices.periods else choices.periods[-1]
    alone = {name: value for name, value in query.items() if name not in ("met", "gekozen")}
    wrong = dict(_wrong(alone, period, choices))
    view = view_of({name: value for name, value in alone.items() if name not in wrong}, period, choices)
    other = query.get("met", "")
    return replace(view, against=other[:LONGEST])


def _by(query: Mapping[str, str], choices: Choices) -> Dimension | None:
    """Without a word of it: all rows of the dataset, and through time as soon as one of them is chosen. Where one row
    alone would be left, that row through time.
    """
    area, category = query.get("gebied", ""), query.get("onderwerp", "")
    if "per" not in query:
        return None if area or category else next((one for one in choices.bys if one is not None), None)
    by = None if query["per"] == "periode" else Dimension(query["per"])
    if by in (choices.areas.get(area), choices.categories.get(category)):
        return None
    other = query.get("met", "")
    return None if by in AREAS and (other == REST_OF_TOWN or other in choices.areas) else by


def _wrong(query: Mapping[str, str], period: Period, choices: Choices) -> Iterator[tuple[str, str]]:
    bys = ["periode" if one is None else str(one) for one in choices.bys]
    finite: dict[str, list[str]] = {"per": bys, "maat": list(Measure), "toon": list(Shape)}
    for name, values in finite.items():
        if name in query and query[name] not in values:
            yield name, _("Choose from these: %(known)s.") % {"known": ", ".join(values)}
    if query.get("gebied", "") and query["gebied"] not in choices.areas:
        yield "gebied", _unknown_area(query["gebied"], choices)
    if query.get("onderwerp", "") and query["onderwerp"] not in choices.categories:
        words = _("There is no subject %(code)s in the figures of %(year)d of this dataset.")
        yield "onderwerp", words % {"code": query["onderwerp"][:LONGEST], "year": choices.year.fixed.year}
    if query.get("maat", "aantal") != "aantal" and choices.area_dimension is None:
        yield "maat", _("This dataset knows no areas, so it cannot be counted by who lives there.")
    if "met" in query:
        yield from _wrong_comparison(query, period, choices)
    if "gekozen" in query:
        chosen = choices.list_of(query.get("gebied", ""), query.get("onderwerp", ""), query["gekozen"])
        if chosen is None or "met" not in query:
            yield "gekozen", _("What is compared was not chosen from such a list.")


def _wrong_comparison(query: Mapping[str, str], period: Period, choices: Choices) -> Iterator[tuple[str, str]]:
    other = query["met"]
    try:
        other_period = Period.parse(other)
    except DisclosureError:
        if not query.get("gebied", ""):
            yield "met", _("Choose an area first, then with which other it is compared.")
        elif query["gebied"] == other:
            yield "met", _("Choose another area than the one that is compared.")
        elif other == REST_OF_TOWN:
            if query["gebied"] in choices.areas and not choices.others(query["gebied"]):
                yield "met", _("There is no other area of this kind.")
        elif other not in choices.areas:
            yield "met", _unknown_area(other, choices)
        return
    if other_period == period:
        yield "met", _("Choose another period than the one that is compared.")
    elif other_period.kind is not period.kind:
        yield "met", _("Compare periods of one kind: a month with a month, a year with a year.")
    elif other_period not in choices.periods:
        yield "met", _("There are no figures of %(period)s.") % {"period": other_period}


def _unknown_area(code: str, choices: Choices) -> str:
    if choices.area_dimension is None:
        return _("This dataset knows no areas.")
    words = _("There is no area %(code)s in the figures of %(year)d (borders of %(vintage)d).")
    fixed_grid = choices.year.fixed
    return words % {"code": code[:LONGEST], "year": fixed_grid.year, "vintage": fixed_grid.vintage}


_NAMES = ("gebied", "onderwerp", "periode", "per", "maat", "met", "toon", "gekozen")
