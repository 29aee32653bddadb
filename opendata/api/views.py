"""The addresses under /data/api/v1/. Everything is scoped to the municipality of the host."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from meldingen.api.answers import NotHere, WrongIn
from meldingen.api.paging import link_pages, page_of
from meldingen.api.query import Query, read
from meldingen.tenancy.models import Municipality
from meldingen.tenancy.requests import municipality
from opendata import queries
from opendata.api.serializers import (
    ComparisonQuery,
    ComparisonSerializer,
    DatasetsSerializer,
    FiguresQuery,
    FiguresSerializer,
)
from opendata.disclosure import Dimension, Period
from opendata.disclosure.intervals import Interval, Quantity
from opendata.disclosure.tables import AREAS
from opendata.figures.asking import PERIOD, Answer, CannotAnswer, Counted, Figure, Question, compare
from opendata.figures.days import unlike_days
from opendata.figures.rates import count_by
from opendata.figures.reading import Shelf
from opendata.figures.verdict import Verdict, unjudged_in_words
from opendata.figures.view import Measure
from opendata.formats.csv import safe
from opendata.registration import Registration, registration_of

MOST_PERIODS = 120
CACHE = "max-age=300"  # not "public": titles, verdicts and caveats are in the language of who reads
_ABOUT = gettext_lazy("figures")
_NUMBERS = ("trekking", "aantal", "ondergrens", "bovengrens")
_SIDES = {
    "wijk": "metWijk",
    "buurt": "metBuurt",
    "hoofdcategorie": "metHoofdcategorie",
    "categorie": "metCategorie",
    "afhandeltijd": "metAfhandeltijd",
}


class DatasetsView(APIView):
    """What is published."""

    operation, about = "listDatasets", _ABOUT

    @extend_schema(summary=gettext_lazy("The datasets"), responses=DatasetsSerializer)
    def get(self, request: Request) -> Response:
        """Each with its newest period."""
        read(request, Query)
        here = municipality(request._request)
        summaries = queries.summaries(here, registration_of(here), Shelf(here).newest_of())
        return _for_a_while({"datasets": [_dataset(one) for one in summaries]})


class FiguresView(APIView):
    """Figures: filtered, grouped, added up."""

    operation, about = "listFigures", _ABOUT

    @extend_schema(
        summary=gettext_lazy("Figures, filtered, grouped and added up"),
        parameters=[FiguresQuery],
        responses={(200, "application/json"): FiguresSerializer, (200, "text/csv"): str},
    )
    def get(self, request: Request) -> HttpResponse:
        """A page of rows; only those of this page are computed."""
        query, here = read(request, FiguresQuery), municipality(request._request)
        groups = query.get("groep", ())
        by = tuple(Dimension(name) for name in groups if name != PERIOD)
        question = Question(_periods(here, query), _where(query), by, PERIOD in groups)
        number, size = query["page"], query["pageSize"]
        try:
            answer = Answer.to(here, question)
            if query["format"] == "csv" and "page" not in request.query_params and len(answer.keys) > size:
                raise _cut_off(len(answer.keys), size)
            count = count_by(Measure(query["maat"]), answer)
            figures = answer.figures(page_of(answer.keys, number, size))
            rows = [_row(figure, count(figure), query["maat"]) for figure in figures]
        except CannotAnswer as error:
            raise _refusal(error, **{PERIOD: "van"}) from error
        if query["format"] == "csv":
            return link_pages(_csv(here, answer, rows), request, len(answer.keys), number, size)
        body = {"aantalRijen": len(answer.keys), "rijen": rows, "voorbehoud": _caveats(registration_of(here), [answer])}
        return link_pages(_for_a_while(body), request, len(answer.keys), number, size)


class ComparisonView(APIView):
    """Two selections beside each other, with a verdict."""

    operation, about = "compareFigures", _ABOUT

    @extend_schema(
        summary=gettext_lazy("Two selections compared, with a verdict"),
        parameters=[ComparisonQuery],
        responses=ComparisonSerializer,
    )
    def get(self, request: Request) -> Response:
        """The pairs, the one that differs most first. It pays for being chosen: its certainty is 1 − 0.1/k."""
        query, here = read(request, ComparisonQuery), municipality(request._request)
        by = tuple(Dimension(name) for name in query.get("groep", ()))
        there = {name: query.get(other, query.get(name)) for name, other in _SIDES.items()}
        periods, others = _two_runs(query)
        one = _side(here, Question(periods, _where(query), by))
        other = _side(here, Question(others, _where(there), by), **_names_there(query))
        try:
            counts = tuple(count_by(Measure(query["maat"]), side) for side in (one, other))
            pairs = sorted(compare(one, other, (counts[0], counts[1])), key=_by_difference)
        except CannotAnswer as error:
            raise _refusal(error) from error
        registration = registration_of(here)
        why_not = unlike_days(registration, periods, others) or _unlike_areas(query, there)
        body = {
            "zekerheid": pairs[0][1].level,
            "oordeel": [why_not] if why_not else pairs[0][1].in_words(_names(pairs[0][0], one, other)),
            "rijen": [_pair(figure, verdict, is_like=not why_not) for figure, verdict in pairs],
            "voorbehoud": _caveats(registration, [one, other]),
        }
        return _for_a_while(body)


def _unlike_areas(one: dict[str, Any], other: dict[str, Any]) -> str:
    """Why numbers of two areas are not judged; empty for rates, and for the same area twice."""
    here, there = _where(one), _where(other)
    is_elsewhere = any(here.get(each) != there.get(each) for each in AREAS)
    return unjudged_in_words() if is_elsewhere and one["maat"] == Measure.COUNT else ""


def _periods(here: Municipality, query: dict[str, Any]) -> tuple[Period, ...]:
    """From the first to the last, all of one kind."""
    first = query.get("van") or query.get("tot") or Shelf(here).newest()
    if first is None:
        raise NotHere(_("Nothing has been published yet."))
    return _run(first, query.get("tot") or first, "tot")


def _two_runs(query: dict[str, Any]) -> tuple[tuple[Period, ...], tuple[Period, ...]]:
    """The periods of the two sides: as many of the other as of the one, or they cannot be held against each other."""
    first = query["periode"]
    one = _run(first, query.get("tot", first), "tot")
    if "metPeriode" not in query:
        return one, one
    other = _run(query["metPeriode"], query.get("metTot", query["metPeriode"]), "metTot")
    if len(one) != len(other):
        words = _("These are %(one)d periods and %(other)d: compare as many with as many.")
        raise _unlike("metTot" if "metTot" in query else "metPeriode", words % {"one": len(one), "other": len(other)})
    return one, other


def _unlike(name: str, words: str) -> WrongIn:
    return WrongIn({"query": {name: [ErrorDetail(words, "unlike_periods")]}})


def _run(first: Period, last: Period, name: str) -> tuple[Period, ...]:
    if first.kind is not last.kind or last < first:
        raise _unlike(name, _("Name a period of the same kind as the first one, and not before it."))
    number = (last.year - first.year) * (12 // first.kind.months) + last.number - first.number + 1
    if number > MOST_PERIODS:
        words = _("These are %(number)d periods; at most %(most)d at once.") % {"number": number, "most": MOST_PERIODS}
        raise WrongIn({"query": {name: [ErrorDetail(words, "too_many")]}})
    years = range(first.year, last.year + 1)
    return tuple(one for year in years for one in Period.all_of(year, first.kind) if first <= one <= last)


def _where(query: dict[str, Any]) -> dict[Dimension, tuple[str, ...]]:
    return {Dimension(name): query[name] for name in _SIDES if query.get(name)}


def _names_there(query: Mapping[str, Any]) -> dict[str, str]:
    """What the other side was called by who asked: a name that both sides share is blamed as it stands."""
    return {mine: theirs for mine, theirs in ({PERIOD: "metPeriode"} | _SIDES).items() if query.get(theirs)}


def _side(here: Municipality, question: Question, **names: str) -> Answer:
    try:
        answer = Answer.to(here, question)
        len(answer.keys)  # whether there is anything to compare
    except CannotAnswer as error:
        raise _refusal(error, **names) from error
    return answer


def _refusal(error: CannotAnswer, **names: str) -> WrongIn:
    """What has no name is about the question as a whole: what it groups by is what can be changed."""
    wrong = error.wrong.items()
    return WrongIn({"query": {names.get(name, name) or "groep": [ErrorDetail(*words[::-1])] for name, words in wrong}})


def _names(figure: Figure, one: Answer, other: Answer) -> tuple[str, str]:
    """What the two numbers of a pair are of: the row, what was asked, and the periods."""
    row = [words for name, words in figure.cells.items() if not name.endswith("code")][-1:]

    def side(answer: Answer) -> str:
        chosen_codes = [code for codes in answer.question.where.values() for code in codes][:3]
        periods = answer.question.periods
        when = str(periods[0]) if len(periods) == 1 else f"{periods[0]} – {periods[-1]}"
        return ", ".join([*row, *chosen_codes, when])

    return side(one), side(other)


def _row(figure: Figure, number: Counted | None, measure: str) -> dict[str, Any]:
    numbers = dict.fromkeys(_NUMBERS) if number is None else _number(number.quantity, number.quantity.interval())
    return figure.cells | numbers | {"maat": measure}


def _by_difference(pair: tuple[Figure, Verdict]) -> float:
    return -abs(float(pair[1].difference.value))


def _pair(figure: Figure, verdict: Verdict, *, is_like: bool) -> dict[str, Any]:
    return figure.cells | {
        "een": _number(verdict.one, verdict.one.interval()),
        "ander": _number(verdict.other, verdict.other.interval()),
        "verschil": _number(verdict.difference, verdict.interval),
        "meerDanRuis": not verdict.is_noise if is_like else None,
        "kans": round(verdict.chance, 4) if is_like else None,
    }


def _number(quantity: Quantity, interval: Interval) -> dict[str, float]:
    """Whole numbers as such; of others that were counted sixteenths at the finest, which a float holds exactly."""
    figures = (quantity.value, quantity.estimate, interval.lower, interval.upper)
    numbers = (int(one) if one.denominator == 1 else float(one) for one in figures)
    return dict(zip(_NUMBERS, numbers, strict=True))


def _caveats(registration: Registration, answers: Sequence[Answer]) -> list[dict[str, Any]]:
    of_period = {str(draw.drawn.period): draw.caveats(registration) for answer in answers for draw in answer.draws}
    return [{"periode": period, "voorbehoud": words} for period, words in of_period.items() if words]


def _cut_off(number: int, most: int) -> WrongIn:
    """A table is added up by who opens it: a part of it that does not say so would mislead."""
    words = _(
        "This has %(number)d rows, and a CSV holds %(most)d. Ask for a page (page=1), for less, or take alles.csv."
    )
    return WrongIn({"query": {"format": [ErrorDetail(words % {"number": number, "most": most}, "too_many")]}})


def _csv(here: Municipality, answer: Answer, rows: Sequence[dict[str, Any]]) -> HttpResponse:
    """The rows, so that no spreadsheet runs a name in them; each with its caveats, for a CSV has no head."""
    caveats = {one["periode"]: "; ".join(one["voorbehoud"]) for one in _caveats(registration_of(here), [answer])}
    every = "; ".join(dict.fromkeys(caveats.values()))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*(rows[0] if rows else []), "voorbehoud"])
    for row in rows:
        caveat = caveats.get(row[PERIOD], "") if PERIOD in row else every
        writer.writerow([safe(value) for value in (*row.values(), caveat)])
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Cache-Control"] = CACHE
    return response


def _dataset(summary: queries.Summary) -> dict[str, Any]:
    table = summary.dataset.table
    return {
        "dataset": summary.dataset.slug,
        "titel": summary.dataset.title,
        "dimensies": [str(dimension) for dimension in table.dimensions],
        "per": str(table.period_kind),
        "periodes": summary.number,
        "nieuwste": summary.latest.release.period,
    }


def _for_a_while(body: dict[str, Any]) -> Response:
    response = Response(body)
    response["Cache-Control"] = CACHE
    return response
