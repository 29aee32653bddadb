"""The first page of open data: the town by month, where, three questions with their pictures, and what there is."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meldingen.tenancy.models import Municipality
from meldingen.tenancy.requests import municipality
from opendata import holds, queries
from opendata.datasets import Dataset
from opendata.datasets.caveats import first_figures_in_words, registered_in_words
from opendata.datasets.reasons import reason_in_words
from opendata.datasets.wording import period_in_words
from opendata.disclosure import Dimension, Period, PeriodKind
from opendata.figures.finding import Finding, counted_in_words, finding, what_it_means
from opendata.figures.living import Counting, counting
from opendata.figures.reading import Shelf
from opendata.figures.seeing import Sight, is_known, keys_alike, see
from opendata.figures.view import Choices, Measure, Shape, View
from opendata.memory import Memory
from opendata.models import OtherData, PlannedTable
from opendata.pictures.bars import Bar
from opendata.pictures.choropleth import Choropleth
from opendata.pictures.line import SMALL, WIDE, LinePicture
from opendata.portal import drawing, schema_org, with_and_without
from opendata.portal.pages import history_of, shown_page
from opendata.registration import Registration, registration_of

BARS = 5
DOTS = 4
_MOST_IN_MEMORY = 16  # towns in a language: their newest pictures, some tens of kilobytes


@dataclass(frozen=True)
class Card:
    """A question, where it is answered, and the picture of that answer, small."""

    question: str
    words: str
    address: str
    bars: Sequence[tuple[str, Bar]] = ()
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


_memory: Memory[Hashable, dict[str, SafeString]] = Memory(_MOST_IN_MEMORY)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What is published here, and what is not and why."""
    here = municipality(request)
    registration = registration_of(here)
    shelf = Shelf(here)
    summaries = queries.summaries(here, registration, shelf.newest_of())
    context: dict[str, Any] = {
        "datasets": [
            (one, dots(one.latest.caveats.error_percent), history_of(here, one.dataset.slug)) for one in summaries
        ],
        "reasons": _reasons(here),
        "held": [one.in_words() for one in holds.current(here).values()],
        "registered": registered_in_words(registration),
        "first_figures": first_figures_in_words(registration, timezone.localdate()),
        "others": list(OtherData.objects.of(here)),
        "picture": with_and_without.picture(here),
    }
    if summaries:
        context |= _pictures(_Home(shelf, registration, [one.dataset for one in summaries]))
    return shown_page(request, "opendata/index.html", context, lambda root: schema_org.catalogue(here, root))


def _pictures(home: "_Home") -> dict[str, SafeString]:
    """From memory while nothing else is released, and nothing more is known of who lives where."""

    def drawn() -> dict[str, SafeString]:
        context = home.pictures()
        return {name: render_to_string(f"opendata/{name}.html", context) for name in ("glance", "questions")}

    return _memory.get_or_make((*home.state, get_language()), drawn)


def dots(error: int | None) -> str:
    """How precise, in four: an expected error of at most 5, 10, 15 and 25 percent."""
    full = sum(error <= most for most in (5, 10, 15, 25)) if error is not None else 0
    return "●" * full + "○" * (DOTS - full)


class _Home:
    """The pictures of the page, each a view of what is published."""

    def __init__(self, shelf: Shelf, registration: Registration, datasets: Sequence[Dataset]) -> None:
        self.here, self.registration, self.shelf = shelf.municipality, registration, shelf
        order = list(PeriodKind)
        self.datasets = sorted(datasets, key=lambda one: order.index(one.table.period_kind))
        self.areas = next((one for one in self.datasets if one.is_of_areas), None)
        self._known: dict[str, tuple[list[Period], Choices]] = {}

    @property
    def state(self) -> tuple[Hashable, ...]:
        """All that its pictures hang on but the language."""
        slugs = tuple(one.slug for one in self.datasets)
        return self.here.pk, self.shelf.state, self.registration, slugs, self._counts.living if self._counts else ()

    @cached_property
    def _counts(self) -> Counting | None:
        """Who lives in the areas that are counted per inhabitant."""
        return counting(self._view(self.areas, by=None)[1].year.fixed, Measure.PER_INHABITANT) if self.areas else None

    def pictures(self) -> dict[str, Any]:
        """Those of the newest period of the datasets with the shortest periods."""
        in_order, areas = self.datasets, self.areas
        subjects = next((one for one in in_order if Dimension.CATEGORY in one.table.dimensions), None)
        durations = next((one for one in in_order if Dimension.HANDLING_TIME in one.table.dimensions), None)
        through_time, choices = self._view(areas or in_order[0], by=None)
        town = self._town(through_time, choices)
        context: dict[str, Any] = {"town": town}
        cards: list[Card] = []
        if subjects is not None:
            cards.append(self._about_subjects(subjects))
        if areas is not None:
            view = through_time.changed(by=areas.table.dimensions[0], shape=Shape.MAP)
            rates = view.changed(measure=Measure.PER_INHABITANT)
            seen = see(self.shelf, rates, choices, self.registration, self._counts)
            rate_map = drawing.map_of(self.here, seen)
            context |= self._map(rates, choices, rate_map) if is_known(seen) else self._map(view, choices)
            cards.append(_of_buurten(rates, rate_map))
            words = _("Neighbourhoods where it rose or fell, with what is more than our noise.")
            cards += self._changes(view.changed(shape=Shape.CHART), choices, town, (_("Where did most change?"), words))
        if durations is not None:
            cards.insert(2, self._how_long(durations))
        if subjects is not None:
            view, choices = self._view(subjects, by=subjects.table.dimensions[-1])
            words = _("Subjects that rose or fell, with what is more than our noise.")
            cards += self._changes(view, choices, town, (_("What changed most?"), words))
        return context | {"cards": cards}

    def _about_subjects(self, subjects: Dataset) -> Card:
        view, choices = self._view(subjects, by=subjects.table.dimensions[-1])
        bars = _bars(self._see(view, choices))[:BARS]
        words = _("Subjects by how many reports came in. Tap one for its line through time.")
        return Card(_("What do people complain about?"), words, _address(view), bars=bars)

    def _map(self, view: View, choices: Choices, picture: Choropleth | None = None) -> dict[str, Any]:
        """Where meldingen came from, and what such a map shows."""
        return {
            "map": picture or drawing.map_of(self.here, self._see(view, choices)),
            "map_address": _address(view),
            "map_text": f"{counted_in_words(view, choices)}, {period_in_words(view.period)}",
            "map_means": what_it_means(view),
        }

    def _changes(self, view: View, choices: Choices, town: Town, card: tuple[str, str]) -> Iterator[Card]:
        """The same list beside the year before, or else the period before; nothing where the two are not alike."""
        before = Period(view.period.year - 1, view.period.kind, view.period.number)
        earlier = before if before in choices.periods else choices.periods[-2] if len(choices.periods) > 1 else None
        draw_of = {one.drawn.period: one for one in town.sight.draws}
        if earlier in draw_of and view.period in draw_of and keys_alike(draw_of[earlier], draw_of[view.period], view):
            then = view.changed(against=str(earlier))
            bars = _bars(self._see(then, choices))[:BARS]
            yield Card(*card, _address(then), bars=bars)

    def _how_long(self, durations: Dataset) -> Card:
        view, choices = self._view(durations, by=Dimension.HANDLING_TIME)
        bars = _bars(self._see(view, choices))
        words = _("In how much time reports were handled, and which were open still.")
        return Card(_("How long does it take?"), words, _address(view), bars=bars)

    def _town(self, view: View, choices: Choices) -> Town:
        sight = self._see(view, choices)
        return Town(
            view,
            sight,
            finding(sight, choices),
            _address(view),
            counted_in_words(view, choices),
            drawing.line_of(sight, WIDE),
            drawing.line_of(sight, SMALL),
        )

    def _see(self, view: View, choices: Choices) -> Sight:
        return see(self.shelf, view, choices, self.registration)

    def _view(self, dataset: Dataset, by: Dimension | None) -> tuple[View, Choices]:
        if dataset.slug not in self._known:
            about = self.shelf.periods(dataset.slug)
            if about is None:
                raise LookupError(f"{dataset.slug} is public and has no periods")
            choices = Choices(dataset, about[1], self.shelf.draws(about[1][-1:])[0].year)
            self._known[dataset.slug] = about[1], choices
        periods, choices = self._known[dataset.slug]
        return View(dataset, periods[-1], by), choices


def _bars(sight: Sight) -> list[tuple[str, Bar]]:
    """With what each is of."""
    return [(row.name, bar) for row, bar in zip(sight.rows, drawing.bars_of(sight), strict=True) if bar]


def _of_buurten(view: View, picture: Choropleth | None) -> Card:
    words = _("Each neighbourhood per 1,000 inhabitants, through time, and beside the others.")
    return Card(_("How is my neighbourhood doing?"), words, _address(view.changed(shape=Shape.CHART)), map=picture)


def _address(view: View) -> str:
    return f"{reverse('data_dataset', args=[view.dataset.slug])}?{view.query()}"


def _reasons(here: Municipality) -> list[str]:
    """Why tables of the newest year are not published as declared."""
    plans = list(PlannedTable.objects.of(here).order_by("-year", "id"))
    newest = [one for one in plans if one.year == plans[0].year]
    return [reason_in_words(one) for one in newest if one.reason]
