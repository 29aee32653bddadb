"""The page of a dataset: a view of its figures, and the same view as a file. Each is an address, complete without
JavaScript.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from analytics.grid import MakeUp
from meldingen.tenancy.models import Municipality
from meldingen.tenancy.requests import municipality
from opendata import maps, queries
from opendata.datasets import Dataset
from opendata.disclosure import Period, intervals
from opendata.figures.asking import CannotAnswer
from opendata.figures.finding import Finding, finding
from opendata.figures.living import known_of
from opendata.figures.reading import Shelf
from opendata.figures.seeing import Sight, see
from opendata.figures.view import Choices, Shape, View, WrongView, asked, nearest_view, period_of, view_of
from opendata.pictures.bars import BarPicture
from opendata.pictures.choropleth import Choropleth
from opendata.pictures.line import WIDE, LinePicture
from opendata.portal import controls, drawing, schema_org, view_files
from opendata.portal.about import about
from opendata.portal.absence import absent, no_release, reads_alone, wrong
from opendata.portal.beside import beside
from opendata.portal.contents import FOR_A_WHILE
from opendata.portal.make_up import make_up_of
from opendata.portal.notes import notes_of
from opendata.portal.pages import files_of, history_of, shown_page
from opendata.portal.paper import paper
from opendata.portal.told import Told, tell
from opendata.registration import Registration, registration_of
from opendata.taken import count

Answer = TypeVar("Answer")


class NotThere(Exception):
    """What is asked for is not published; the answer that says so."""

    def __init__(self, answer: HttpResponse) -> None:
        super().__init__()
        self.answer = answer


@dataclass(frozen=True)
class Seen:
    """A view with what it shows and tells."""

    here: Municipality
    view: View
    choices: Choices
    sight: Sight
    finding: Finding

    def caveats(self, registration: Registration) -> list[str]:
        """What must be said of the period and of the one that it is held against, in Dutch, as files say it."""
        sight = self.sight
        words = sight.draws[-1].caveats(registration)
        others = (one for one in sight.draws[:-1] if one.drawn.period == sight.compared)
        return words + [f"{one.drawn.period}: {said}" for one in others for said in one.caveats(registration)]


@require_safe
def dataset(request: HttpRequest, dataset: str) -> HttpResponse:
    """One dataset: a view of it, and its files. 404 for the neighbour's."""
    here = municipality(request)
    registration = registration_of(here)
    shelf = Shelf(here)
    pair = shelf.periods(dataset)
    if pair is None:
        return absent(request, "html", _("There is no such dataset here. The list of datasets is at /data/."))
    periods = pair[1]
    try:
        view, choices, known, told = _answered(
            request, shelf, *pair, "html", lambda view, choices: _told(shelf, view, choices, registration)
        )
    except NotThere as refusal:
        return refusal.answer
    releases = queries.releases_of(here, registration, dataset, {view.period, periods[-1]})
    found = queries.PublicDataset(pair[0], releases)
    release = next(one for one in found.releases if one.release.period == str(view.period))
    whole, epsilon = history_of(here, dataset), Fraction(release.release.epsilon)
    context = _shown(view, choices, known, told) | {
        "found": found,
        "about": about(shelf, view, choices, registration),
        "address": request.build_absolute_uri(f"{request.path}?{view.query()}"),
        "release": release,
        "latest": found.latest,
        "history": files_of(whole),
        "all_in_one": request.build_absolute_uri(reverse("data_history", args=[dataset, "csv"])),
        "has_areas": bool(choices.areas) and maps.is_written(here, choices.year.fixed.vintage),
        "half_width": intervals.half_width(epsilon),
        "least_difference": intervals.least_difference(epsilon),
    }
    return shown_page(
        request,
        "opendata/dataset.html",
        context,
        lambda root: schema_org.dataset(here, root, found, whole, periods[0].first_day),
    )


@reads_alone
@count
def view(request: HttpRequest, dataset: str, extension: str) -> HttpResponse:
    """A view as a file. What is wrong with it is said in the format that was asked."""
    here = municipality(request)
    shelf = Shelf(here)
    found = shelf.periods(dataset)
    if found is None:
        return absent(request, extension, _("There is no such dataset here. The list of datasets is at /data/."))
    registration = registration_of(here)

    def seen_of(view: View, choices: Choices) -> Seen:
        sight = see(shelf, view, choices, registration)
        return Seen(here, view, choices, sight, finding(sight, choices))

    try:
        seen = _answered(request, shelf, *found, extension, seen_of)
    except NotThere as refusal:
        return refusal.answer
    caveats = seen.caveats(registration)
    address = request.build_absolute_uri()
    match extension:
        case "json":
            content: bytes | str = view_files.render_json(seen.sight, seen.finding, caveats, address, registration)
        case "csv":
            content = view_files.render_csv(seen.sight, caveats, registration)
        case "xlsx":
            content = view_files.render_xlsx(seen.sight, seen.finding, caveats, address)
        case _:
            content = render_to_string("opendata/pictures/paper.svg", _on_paper(seen, address))
    answer = HttpResponse(content, content_type=view_files.MEDIA_TYPES[extension])
    if extension in ("csv", "xlsx"):
        answer["Content-Disposition"] = f'attachment; filename="{_called(seen)}.{extension}"'
    answer["Cache-Control"] = FOR_A_WHILE.removeprefix("public, ")  # words are in the language of who reads
    return answer


def _answered(
    request: HttpRequest,
    shelf: Shelf,
    dataset: Dataset,
    periods: list[Period],
    extension: str,
    answer: Callable[[View, Choices], Answer],
) -> Answer:
    """The answer to what the address asks for; NotThere with one in words, and for who reads a page with the lists to
    choose from as they were chosen.
    """
    query: dict[str, str] = {}
    choices: Choices | None = None
    try:
        query = asked({name: request.GET.getlist(name) for name in request.GET})
        period = period_of(query, periods[-1])
        if period not in periods:
            raise NotThere(no_release(request, str(dataset.slug), str(period), extension))
        choices = Choices(dataset, periods, shelf.draws([period])[0].year)
        return answer(view_of(query, period, choices), choices)
    except (WrongView, CannotAnswer) as refusal:
        words = refusal.wrong if isinstance(refusal, WrongView) else _words(refusal)
        choices = choices or Choices(dataset, periods, shelf.draws(periods[-1:])[0].year)
        raise NotThere(wrong(request, extension, words, _again(dataset, query, choices))) from refusal


def _told(
    shelf: Shelf, view: View, choices: Choices, registration: Registration
) -> tuple[View, Choices, dict[str, MakeUp] | None, Told]:
    """A view with what is known of who lives there, which is read once for its rates and for the table of them."""
    known = known_of(choices.year.fixed, view)
    return view, choices, known, tell(shelf, view, choices, registration, known)


def _words(refusal: CannotAnswer) -> dict[str, str]:
    return {name or "per": said for name, (_code, said) in refusal.wrong.items()}


def _again(dataset: Dataset, query: dict[str, str], choices: Choices) -> dict[str, Any]:
    """The lists of a dataset with all that was chosen and is there, for who chose what cannot be shown."""
    view = nearest_view(query, choices)
    return {"dataset": dataset, "view": view, "controls": controls.controls(view, choices)}


def _shown(view: View, choices: Choices, known: dict[str, MakeUp] | None, told: Told) -> dict[str, Any]:
    """What the page of a view shows of it."""
    return {
        "dataset": view.dataset,
        "view": view,
        "fixed": choices.year.fixed,
        "finding": told.finding,
        "figures": told.figures,
        "counted": told.counted,
        "controls": controls.controls(view, choices),
        "tabs": controls.tabs(view, choices),
        "told_apart": controls.told_apart(view, choices),
        "query": view.query(),
        "question": told.question,
        "make_up": make_up_of(view, choices, known),
        "comparisons": beside(view, choices, known),
        "notes": notes_of(view),
    }


def _on_paper(seen: Seen, address: str) -> dict[str, Any]:
    """One picture with its words."""
    view, sight = seen.view, seen.sight
    source = _("%(publisher)s, open data (CC0)") % {"publisher": seen.here.publisher_name}
    kind, picture = _drawn(seen)
    borders = sight.draws[-1].year.fixed.attribution if view.shape is Shape.MAP else ""
    foot = (f"{source}. {borders}".strip(), address)
    drawn = paper(seen.finding.headline, seen.finding.sentences, foot, picture)
    return {"finding": seen.finding, "sight": sight, "paper": drawn, kind: picture}


def _drawn(seen: Seen) -> tuple[str, Choropleth | LinePicture | BarPicture | None]:
    """The kind of picture that a view is, and the picture."""
    if seen.view.shape is Shape.MAP:
        return "map", drawing.map_of(seen.here, seen.sight)
    if seen.view.by is None:
        return "line", drawing.line_of(seen.sight, WIDE)
    return "bars", drawing.paper_bars_of(seen.sight)


def _called(seen: Seen) -> str:
    """What a file of a view is called by who saves it."""
    view = seen.view
    parts = [seen.here.code.lower(), view.dataset.slug, view.area, view.category, str(view.period)]
    return "-".join(part for part in parts if part)
