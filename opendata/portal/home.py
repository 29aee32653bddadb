"""The first page of open data: the town by month, where, three questions with their pictures, and what there is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meldingen.tenancy.models import Municipality
from meldingen.tenancy.requests import municipality
from opendata import holds, queries
from opendata.datasets import Dataset
from opendata.datasets.caveats import first_figures_in_words, registered_in_words
from opendata.datasets.reasons import reason_in_words
from opendata.disclosure import Dimension, Period, PeriodKind
from opendata.figures import reading
from opendata.figures.finding import Finding, counted_in_words, finding
from opendata.figures.seeing import Sight, see
from opendata.figures.view import Choices, Measure, Shape, View
from opendata.models import PlannedTable
from opendata.pictures.bars import Bar
from opendata.pictures.choropleth import Choropleth
from opendata.pictures.line import SMALL, THUMBNAIL, WIDE, LinePicture
from opendata.portal import drawing, schema_org, with_and_without
from opendata.portal.pages import shown_page
from opendata.registration import registration_of

BARS = 5
DOTS = 4


@dataclass(frozen=True)
class Card:
    """A question, where it is answered, and the picture of that answer, small."""

    question: str
    words: str
    address: str
    line: LinePicture | None = None
    bars: Sequence[Bar] = ()
    map: Choropleth | None = None


@dataclass(frozen=True)
class Town:
    """The whole town by month, with what it tells."""

    view: View
    sight: Sight
    finding: Finding
    address: str
    counted: str
    wide: LinePicture | None
    small: LinePicture | None


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What is published here, and what is not and why."""
    here = municipality(request)
    registration = registration_of(here)
    summaries = queries.summaries(here, registration)
    context: dict[str, Any] = {
        "datasets": [(one, dots(one.latest.caveats.error_percent)) for one in summaries],
        "reasons": _reasons(here),
        "registered": registered_in_words(registration),
        "first_figures": first_figures_in_words(registration, timezone.localdate()),
        "picture": with_and_without.picture(here),
    }
    if summaries:
        context |= _pictures(here, [one.dataset for one in summaries])
    return shown_page(request, "opendata/index.html", context, lambda root: schema_org.catalogue(here, root))


def dots(error: int | None) -> str:
    """How precise, in four: an expected error of at most 5, 10, 15 and 25 percent."""
    full = sum(error <= most for most in (5, 10, 15, 25)) if error is not None else 0
    return "●" * full + "○" * (DOTS - full)


def _pictures(here: Municipality, datasets: Sequence[Dataset]) -> dict[str, Any]:
    """Those of the newest period of the datasets with the shortest periods."""
    order = list(PeriodKind)
    in_order = sorted(datasets, key=lambda one: order.index(one.table.period_kind))
    areas = next((one for one in in_order if one.is_of_areas), None)
    subjects = next((one for one in in_order if Dimension.CATEGORY in one.table.dimensions), None)
    through_time, choices = _view(here, areas or in_order[0], by=None)
    context: dict[str, Any] = {"town": _town(through_time, choices)}
    cards = []
    if subjects is not None:
        cards += list(_about_subjects(here, subjects))
    if areas is not None:
        view = through_time.changed(by=areas.table.dimensions[0], shape=Shape.MAP)
        town_map = drawing.map_of(here, see(here, view, choices))
        context |= {"map": town_map, "map_address": _address(view), "map_text": counted_in_words(view, choices)}
        rates = view.changed(measure=Measure.PER_INHABITANT, shape=Shape.CHART)
        words = _("Each buurt per 1,000 inhabitants, through time, and beside the others.")
        cards.insert(1, Card(_("How is my buurt doing?"), words, _address(rates), map=town_map))
    return context | {"cards": cards}


def _about_subjects(here: Municipality, subjects: Dataset) -> Iterator[Card]:
    by = subjects.table.dimensions[-1]
    view, choices = _view(here, subjects, by=by)
    bars = [bar for bar in drawing.bars_of(see(here, view, choices)) if bar][:BARS]
    words = _("Subjects by how many meldingen came in. Tap one for its line through time.")
    yield Card(_("What do people complain about?"), words, _address(view), bars=bars)
    before = Period(view.period.year - 1, view.period.kind, view.period.number)
    earlier = before if before in choices.periods else choices.periods[-2] if len(choices.periods) > 1 else None
    if earlier is not None:
        comparison = view.changed(against=str(earlier))
        line = drawing.line_of(see(here, view.changed(by=None), choices), THUMBNAIL)
        words = _("What rose and what fell, with what is more than our noise.")
        yield Card(_("What changed most?"), words, _address(comparison), line=line)


def _town(view: View, choices: Choices) -> Town:
    sight = see(choices.year.fixed.municipality, view, choices)
    return Town(
        view,
        sight,
        finding(sight, choices),
        _address(view),
        counted_in_words(view, choices),
        drawing.line_of(sight, WIDE),
        drawing.line_of(sight, SMALL),
    )


def _view(here: Municipality, dataset: Dataset, by: Dimension | None) -> tuple[View, Choices]:
    about = reading.periods(here, dataset.slug)
    if about is None:
        raise LookupError(f"{dataset.slug} is public and has no periods")
    periods = about[1]
    choices = Choices(dataset, periods, reading.draws(here, periods[-1:])[0].year)
    return View(dataset, periods[-1], by), choices


def _address(view: View) -> str:
    return f"{reverse('data_dataset', args=[view.dataset.slug])}?{view.query()}"


def _reasons(here: Municipality) -> list[str]:
    """Which periods are held, and why tables of the newest year are not published as declared."""
    standstills = [one.in_words() for one in holds.current(here).values()]
    plans = list(PlannedTable.objects.of(here).order_by("-year", "id"))
    newest = [one for one in plans if one.year == plans[0].year]
    return standstills + [reason_in_words(one) for one in newest if one.reason]
