"""The address at which the interface answers what a view asks."""

from urllib.parse import urlencode

from django.urls import reverse

from opendata.disclosure import Period
from opendata.disclosure.tables import AREAS
from opendata.figures.asking import Where
from opendata.figures.seeing import Sight
from opendata.figures.view import REST_OF_TOWN, Choices, Measure

MOST_CODES = 200  # that the interface takes at once
_THERE = {"wijk": "metWijk", "buurt": "metBuurt"}


def address_of(sight: Sight, choices: Choices) -> str:
    """Of the comparison, where the view is one that the interface knows; else of the figures."""
    view = sight.view
    query = {str(one): ",".join(codes) for one, codes in choices.where(view).items()}
    if view.measure is not Measure.COUNT:
        query["maat"] = str(view.measure)
    there = _other_side(sight, choices)
    if there:
        by = {} if view.by is None else {"groep": str(view.by)}
        return _address("data_api_comparison", {"periode": str(view.period), **query, **there, **by})
    if view.by is None:
        first = _begin(view.period, {row.key for row in sight.rows})
        return _address("data_api_figures", {"van": str(first), "tot": str(view.period), **query, "groep": "periode"})
    return _address("data_api_figures", {"van": str(view.period), **query, "groep": str(view.by)})


def _address(name: str, query: dict[str, str]) -> str:
    return f"{reverse(name)}?{urlencode(query, safe=',')}"


def _other_side(sight: Sight, choices: Choices) -> dict[str, str]:
    """What the view is compared with. Empty where it is with nothing, or with what the interface cannot say: an area of
    another level, the rest of a large town, and who lives in the rest of a town.
    """
    view = sight.view
    if view.against_period is not None:
        return {"metPeriode": view.against}
    if not view.against or (view.against == REST_OF_TOWN and view.measure is not Measure.COUNT):
        return {}
    mine, theirs = (_areas(choices.where(view, area)) for area in (view.area, view.against))
    is_askable = mine.keys() == theirs.keys() and all(len(codes) <= MOST_CODES for codes in theirs.values())
    return {_THERE[level]: ",".join(codes) for level, codes in theirs.items()} if is_askable else {}


def _areas(where: Where) -> dict[str, tuple[str, ...]]:
    return {str(one): codes for one, codes in where.items() if one in AREAS}


def _begin(last: Period, shown: set[str]) -> Period:
    """The first of the periods that are shown without one between them missing: the interface refuses those."""
    first = last
    while str(before := _before(first)) in shown:
        first = before
    return first


def _before(period: Period) -> Period:
    if period.number > 1:
        return Period(period.year, period.kind, period.number - 1)
    return Period(period.year - 1, period.kind, 12 // period.kind.months)
