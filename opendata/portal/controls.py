"""What a reader can choose of a view, and the addresses of the views beside it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from opendata.datasets.declared import dimension_in_words
from opendata.datasets.wording import Words, period_in_words
from opendata.disclosure import REST, Dimension
from opendata.disclosure.tables import AREAS
from opendata.figures.seeing import Row
from opendata.figures.view import REST_OF_TOWN, Choices, Measure, Shape, View


@dataclass(frozen=True)
class Option:
    """A line of a list, or a link."""

    value: str
    words: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Group:
    """Lines of a list under one heading; without words they stand above all headings."""

    words: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Control:
    """A list to choose from: its parameter, its label, its lines."""

    name: str
    label: str
    groups: tuple[Group, ...]


def label_of(name: str) -> str:
    """What a page calls a parameter; one that no page offers is called as it stands in the address."""
    labels = {
        "gebied": _("Area"),
        "onderwerp": _("Subject"),
        "periode": _("Period"),
        "maat": _("Counted"),
        "met": _("Compare with"),
    }
    return labels.get(name, name)


def controls(view: View, choices: Choices) -> list[Control]:
    """The lists of a dataset, in the order in which people read them."""
    words = Words(choices.year.fixed)
    groups_of = {
        "gebied": tuple(_areas(view, choices, words, view.area, _("Whole town"))),
        "onderwerp": tuple(_categories(view, choices, words)),
        "periode": (_periods(view, choices),),
        "maat": (_measures(view),) if choices.areas else (),
        "met": tuple(_against(view, choices, words)),
    }
    return [Control(name, label_of(name), groups) for name, groups in groups_of.items() if groups]


def tabs(view: View, choices: Choices) -> list[Option]:
    """The same figures as a chart, on a map, in a table. The map is of all areas."""
    names = {Shape.CHART: _("Chart"), Shape.MAP: _("Map"), Shape.TABLE: _("Table")}
    options = []
    for shape, words in names.items():
        other = view.changed(shape=shape)
        if shape is Shape.MAP:
            if choices.area_dimension is None:
                continue
            inside = view.area if choices.areas.get(view.area) is not choices.area_dimension else ""
            against = "" if view.against_area else view.against
            other = view.changed(shape=shape, by=choices.area_dimension, area=inside, against=against)
        options.append(Option(other.query(), words, shape is view.shape))
    return options


def told_apart(view: View, choices: Choices) -> list[Option]:
    """Through time, or by what else the rows can be told apart."""
    options = []
    for by in choices.bys:
        words = _("Through time") if by is None else _("By %(dimension)s") % {"dimension": dimension_in_words(by)}
        other = view.changed(by=by, against="" if by is not view.by and by in AREAS else view.against)
        if by in (choices.areas.get(view.area), choices.categories.get(view.category)) and by is not None:
            words = words if by in AREAS else _("%(words)s, all subjects") % {"words": words}
            other = other.changed(**({"area": ""} if by in AREAS else {"category": ""}), against="")
        options.append(Option(other.query(), words, by is view.by))
    return options


def link_of(row: Row, view: View) -> str:
    """The row alone, through time; empty for what is no choice. What has no rate is led to by its number."""
    if view.by is None or view.by is Dimension.HANDLING_TIME or row.key == REST:
        return ""
    row_alone = {"area": row.key} if view.by in AREAS else {"category": row.key}
    around = view.area if view.by in AREAS else view.category
    chosen = (around or str(view.by)) if view.against else ""  # chosen by its difference, for which it pays there too
    measure = Measure.COUNT if row.mine is None else view.measure
    return view.changed(by=None, shape=Shape.CHART, chosen=chosen, measure=measure, **row_alone).query()


def _areas(view: View, choices: Choices, words: Words, code_chosen: str, none: str) -> Iterator[Group]:
    """Wijken; where there are buurten, each under its wijk."""
    if not choices.areas:
        return
    yield Group("", (Option("", none, not code_chosen),))
    if choices.area_dimension is Dimension.WIJK:
        lines = [Option(code, words.name(level, code), code == code_chosen) for code, level in choices.areas.items()]
        yield Group(_("Districts"), tuple(sorted(lines, key=lambda line: line.words)))
        return
    within: dict[str, list[Option]] = {}
    for code, level in choices.areas.items():
        wijk = code if level is Dimension.WIJK else choices.year.grid.coarse[Dimension.WIJK][code]
        name = words.name(level, code)
        label = _("%(name)s (whole district)") % {"name": name} if level is Dimension.WIJK else name
        within.setdefault(words.name(Dimension.WIJK, wijk), []).append(Option(code, label, code == code_chosen))
    for name in sorted(within):
        yield Group(name, tuple(within[name]))


def _categories(view: View, choices: Choices, words: Words) -> Iterator[Group]:
    if not choices.categories:
        return
    lines = [
        (level, Option(code, words.name(level, code), code == view.category))
        for code, level in choices.categories.items()
    ]
    yield Group("", (Option("", _("All subjects"), not view.category),))
    for level, name in ((Dimension.MAIN_CATEGORY, _("Main subjects")), (Dimension.CATEGORY, _("Subjects"))):
        of_level = sorted((line for one, line in lines if one is level), key=lambda line: line.words)
        if of_level:
            yield Group(name, tuple(of_level))


def _periods(view: View, choices: Choices) -> Group:
    options = (
        Option(str(one), capfirst(period_in_words(one)), one == view.period) for one in reversed(choices.periods)
    )
    return Group("", tuple(options))


def _measures(view: View) -> Group:
    names = {
        Measure.COUNT: _("Numbers"),
        Measure.PER_INHABITANT: _("Per 1,000 inhabitants"),
        Measure.PER_HOUSEHOLD: _("Per 1,000 households"),
    }
    return Group("", tuple(Option(one, words, one is view.measure) for one, words in names.items()))


def _against(view: View, choices: Choices, words: Words) -> Iterator[Group]:
    # Through time each period stands beside the one of a year before, also when nothing is chosen.
    first = [Option("", _("A year before") if view.by is None else _("Nothing"), not view.against)]
    if view.area and choices.others(view.area):
        first.append(Option(REST_OF_TOWN, capfirst(_("the rest of the town")), view.against == REST_OF_TOWN))
    yield Group("", tuple(first))
    others = [one for one in reversed(choices.periods) if one != view.period]
    if others:
        lines = (Option(str(one), capfirst(period_in_words(one)), str(one) == view.against) for one in others)
        yield Group(_("Another period"), tuple(lines))
    if view.area:
        level = choices.areas[view.area]
        areas = [
            Option(code, words.name(level, code), code == view.against)
            for code, one in choices.areas.items()
            if one is level and code != view.area
        ]
        if areas:
            yield Group(_("Another area"), tuple(sorted(areas, key=lambda line: line.words)))
