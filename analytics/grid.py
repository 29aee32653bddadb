"""What open data may know: the fixed grid of keys of a year, and one count per key for the draw.

A grid is stored once, by the first publication or the command `fix_grid`, and does not change after that: a category
or buurt that comes later counts as the rest value until the next year's grid. Nothing in a grid depends on a melding.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.utils import timezone

from analytics.living import Living, MakeUp, living, make_ups
from analytics.models import Grid
from meldingen import calendar
from meldingen.categories.models import Category
from meldingen.places import geo
from meldingen.places.borders import MOST, overlaps
from meldingen.places.models import Area
from meldingen.record import workflow
from meldingen.record.models import Melding
from meldingen.tenancy.models import Municipality

__all__ = [
    "AreaMap",
    "FixedArea",
    "FixedCategory",
    "FixedGrid",
    "GridError",
    "Handling",
    "Living",
    "MakeUp",
    "MappedArea",
    "area_map",
    "attributions",
    "borders",
    "count",
    "days",
    "fix",
    "fixed_years",
    "living",
    "make_ups",
    "propose",
    "read",
    "today",
    "vintages",
]

REST = "overig"
REST_NL, REST_EN = "Overig of onbekend", "Other or unknown"
# Six decimals of a degree are about a tenth of a metre.
DECIMALS = 6
OLDEST_YEAR = 2000


class GridError(ValueError):
    """A grid cannot be fixed: no such year, areas or categories are missing, or two of them would have one key."""


@dataclass(frozen=True)
class FixedArea:
    """A gemeente, wijk or buurt by its CBS code; `parent` is the code of the area around it, empty for the gemeente."""

    code: str
    name: str
    level: str
    parent: str


@dataclass(frozen=True)
class FixedCategory:
    """A category that meldingen can have, with the slug and names of its main category."""

    slug: str
    name_nl: str
    name_en: str
    main: str
    main_nl: str
    main_en: str


@dataclass(frozen=True)
class FixedGrid:
    """The keys of one municipality and year, rest values included; `attribution` says whose the borders are."""

    municipality: Municipality
    year: int
    vintage: int
    time_zone: str
    areas: tuple[FixedArea, ...]
    categories: tuple[FixedCategory, ...]
    attribution: str = ""

    def buurten(self) -> tuple[FixedArea, ...]:
        """The areas on the finest level, the rest value too."""
        return tuple(area for area in self.areas if area.level == Area.Level.BUURT)


@dataclass(frozen=True)
class Handling:
    """How long handling took, in bands from short to long: their names and limits, what is longer, and what was open
    still on a day.
    """

    limits: tuple[tuple[str, timedelta], ...]
    longer: str
    still_open: str
    on: date


@dataclass(frozen=True)
class MappedArea:
    """An area with its border (GeoJSON, longitude and latitude) and what is known of it; None is unknown."""

    area: FixedArea
    border: object
    inhabitants: int | None
    households: int | None


@dataclass(frozen=True)
class AreaMap:
    """The areas of one year of borders, gemeente, wijken and buurten, and whose the borders are."""

    vintage: int
    attribution: str
    areas: tuple[MappedArea, ...]


def today(municipality: Municipality) -> date:
    """The day it is in the municipality, by the time zone that its open data keeps."""
    return days(municipality)(timezone.now())


def days(municipality: Municipality) -> Callable[[datetime], date]:
    """What day a moment is in the municipality, by the time zone that its open data keeps; one query."""
    return partial(calendar.local_day, zone=_zone(municipality))


def fixed_years(municipality: Municipality) -> list[int]:
    """The years for which the grid is fixed."""
    return list(Grid.objects.of(municipality).order_by("year").values_list("year", flat=True))


def read(municipality: Municipality, year: int) -> FixedGrid | None:
    """The grid of a year, or None when it is not fixed yet."""
    row = Grid.objects.defer("borders").of(municipality).filter(year=year).first()
    return None if row is None else _fixed_grid(municipality, row)


def borders(municipality: Municipality, year: int) -> dict[str, object]:
    """Area code -> GeoJSON geometry in longitude and latitude, as fixed for that year. The rest value has none."""
    of_code = Grid.objects.of(municipality).filter(year=year).values_list("borders", flat=True).get()
    return dict(of_code)


def area_map(municipality: Municipality, vintage: int) -> AreaMap | None:
    """The borders of a year as the newest grid with them has them, with inhabitants and households as they are known
    now; None when no grid has borders of that year. Two queries.
    """
    row = Grid.objects.of(municipality).filter(vintage=vintage).order_by("-year").first()
    if row is None:
        return None
    living_there = living(municipality, vintage)
    areas = [FixedArea(**area) for area in row.areas if area["code"] in row.borders]
    pairs = [(area, living_there.get(area.code, Living())) for area in areas]
    mapped_areas = (MappedArea(area, row.borders[area.code], one.inhabitants, one.households) for area, one in pairs)
    return AreaMap(vintage, row.attribution, tuple(mapped_areas))


def vintages(municipality: Municipality, years: Iterable[int] | None = None) -> list[int]:
    """The years of borders that its grids have (or those of these years), oldest first; one query."""
    grids = Grid.objects.of(municipality)
    of_years = grids if years is None else grids.filter(year__in=years)
    return sorted(set(of_years.values_list("vintage", flat=True)))


def propose(municipality: Municipality, year: int) -> FixedGrid:
    """The grid of a year, or what would be fixed of the areas and categories of this moment; nothing is stored."""
    return read(municipality, year) or _proposal(municipality, year)


def attributions(municipality: Municipality) -> dict[int, str]:
    """Year -> whose the borders of its grid are, as they want it said."""
    return dict(Grid.objects.of(municipality).values_list("year", "attribution"))


def fix(municipality: Municipality, year: int) -> FixedGrid:
    """The grid of a year; fixed from the areas and categories of this moment when that was not done before."""
    before = read(municipality, year)
    if before is not None:
        return before
    proposal = _proposal(municipality, year)
    try:
        with transaction.atomic():
            # One at a time, so that the grids of two years cannot begin with two time zones. no_key: meldingen may come
            # in meanwhile.
            Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)
            Grid.objects.create(
                municipality=municipality,
                year=year,
                vintage=proposal.vintage,
                time_zone=_zone(municipality),
                areas=[asdict(area) for area in proposal.areas],
                categories=[asdict(category) for category in proposal.categories],
                borders=_borders(municipality, proposal.vintage),
                attribution=proposal.attribution,
            )
    except IntegrityError:
        pass  # somebody else fixed it at this very moment; theirs counts
    after = read(municipality, year)
    if after is None:
        raise GridError(f"the grid of {year} could not be stored")
    return after


def count(
    fixed_grid: FixedGrid, first_day: date, day_after: date, handling: Handling | None = None
) -> dict[tuple[str | None, ...], int]:
    """(buurt code, category slug or None) -> number of meldingen received from `first_day` until before `day_after`.
    With `handling` the name of a band is the third part.

    Local days by the time zone of the grid. One GROUP BY, each melding one row, with the buurt and category that it has
    in the snapshot of the caller's transaction. A suspect one counts like any other, for whether it is suspect depends
    on others; it does not from the moment that a colleague calls it spam. What was merged into another counts, a part
    that staff split off does not: each report once. A buurt that has another code than in the
    grid counts under that one.
    """
    meldingen = Melding.objects.of(fixed_grid.municipality).filter(
        ~Q(state__in=sorted(workflow.UNDRAWN)),
        part_of=None,
        received_at__gte=calendar.start_of_day(first_day, fixed_grid.time_zone),
        received_at__lt=calendar.start_of_day(day_after, fixed_grid.time_zone),
    )
    # By id, for an index holds these: the names are looked up for the cells, not for each melding.
    names = ["buurt_id", "category_id"]
    if handling is not None:
        meldingen, names = meldingen.annotate(band=_band(handling, fixed_grid.time_zone)), [*names, "band"]
    cells = list(meldingen.values_list(*names).annotate(number=Count("*")).order_by())
    codes = dict(Area.objects.filter(pk__in={cell[0] for cell in cells}).values_list("pk", "code"))
    slugs = dict(Category.objects.of(fixed_grid.municipality).values_list("pk", "slug"))
    key = _keys_of_others(fixed_grid, codes.values())
    numbers: Counter[tuple[str | None, ...]] = Counter()
    for buurt, category, *band, number in cells:
        code = codes[buurt]
        numbers[key.get(code, code), slugs.get(category), *band] += number
    return dict(numbers)


def _band(handling: Handling, time_zone: str) -> Case:
    """By when it was closed last. What was closed on the day of `handling` or after it was open still."""
    open_still = Q(closed_at=None) | Q(closed_at__gte=calendar.start_of_day(handling.on, time_zone))
    within = (When(closed_at__lte=F("received_at") + limit, then=Value(name)) for name, limit in handling.limits)
    open_case = When(open_still, then=Value(handling.still_open))
    return Case(open_case, *within, default=Value(handling.longer), output_field=CharField())


def _proposal(municipality: Municipality, year: int) -> FixedGrid:
    if not OLDEST_YEAR <= year <= today(municipality).year + 1:
        raise GridError(f"a grid is fixed for a year from {OLDEST_YEAR} to the next one, not for {year}")
    vintage = _vintage(municipality, year)
    areas = _areas(municipality, vintage)
    categories = _categories(municipality)
    if not any(area.level == Area.Level.BUURT for area in areas):
        raise GridError(f"{municipality.code} has no areas; load_areas comes first")
    if not categories:
        raise GridError(f"{municipality.code} has no categories; load_categories comes first")
    areas.append(FixedArea(REST, REST_NL, Area.Level.WIJK, municipality.code))
    areas.append(FixedArea(REST, REST_NL, Area.Level.BUURT, REST))
    if all(category.slug != REST for category in categories):
        categories.append(_rest_category(categories))
    _check(areas, categories)
    return FixedGrid(
        municipality,
        year,
        vintage,
        _zone(municipality),
        tuple(areas),
        tuple(categories),
        _attribution(municipality, vintage),
    )


def _fixed_grid(municipality: Municipality, row: Grid) -> FixedGrid:
    return FixedGrid(
        municipality,
        row.year,
        row.vintage,
        row.time_zone,
        tuple(FixedArea(**area) for area in row.areas),
        tuple(FixedCategory(**category) for category in row.categories),
        row.attribution,
    )


def _check(areas: list[FixedArea], categories: list[FixedCategory]) -> None:
    """GridError for keys that no table could be drawn with: what is stored is stored for ever."""
    buurten = Counter(area.code for area in areas if area.level == Area.Level.BUURT)
    slugs = Counter(category.slug for category in categories)
    double = sorted(key for keys in (buurten, slugs) for key, number in keys.items() if number > 1)
    if double:
        raise GridError(
            f"two areas or categories have the code {double[0]}, such as a main category without subcategories and a "
            "subcategory elsewhere; give one of them another code or make it inactive"
        )


def _zone(municipality: Municipality) -> str:
    """The time zone of the first grid; with another one a melding near midnight could count in two months, or years."""
    first = Grid.objects.of(municipality).order_by("fixed_at", "pk").values_list("time_zone", flat=True)
    return first.first() or municipality.time_zone


def _vintage(municipality: Municipality, year: int) -> int:
    """The newest borders that are not of a later year; where there are only later ones, the oldest."""
    vintages_here = sorted(set(Area.objects.of(municipality).values_list("vintage", flat=True)))
    if not vintages_here:
        raise GridError(f"{municipality.code} has no areas; load_areas comes first")
    return max((vintage for vintage in vintages_here if vintage <= year), default=vintages_here[0])


def _areas(municipality: Municipality, vintage: int) -> list[FixedArea]:
    rows = _of_vintage(municipality, vintage)
    return [
        FixedArea(code, name, level, parent or "")
        for code, name, level, parent in rows.values_list("code", "name", "level", "parent__code")
    ]


def _categories(municipality: Municipality) -> list[FixedCategory]:
    """What meldingen can have: categories under a main one, and main ones with nothing under them."""
    active = Category.objects.of(municipality).filter(is_active=True).select_related("parent").order_by("slug")
    parents = {category.parent_id for category in active}
    leaves = [category for category in active if category.pk not in parents]
    return [
        FixedCategory(
            category.slug,
            category.name_in("nl"),
            category.name_in("en"),
            (category.parent or category).slug,
            (category.parent or category).name_in("nl"),
            (category.parent or category).name_in("en"),
        )
        for category in leaves
    ]


def _rest_category(categories: list[FixedCategory]) -> FixedCategory:
    """The rest value; under a main category that happens to have its slug, with that one's names."""
    same = next((category for category in categories if category.main == REST), None)
    main_nl, main_en = (same.main_nl, same.main_en) if same else (REST_NL, REST_EN)
    return FixedCategory(REST, REST_NL, REST_EN, REST, main_nl, main_en)


def _of_vintage(municipality: Municipality, vintage: int) -> QuerySet[Area]:
    """The areas of a year, without those that a corrected file of that year left out: they stand in no later grid."""
    return Area.objects.of(municipality).filter(vintage=vintage, is_retired=False).order_by("code")


def _borders(municipality: Municipality, vintage: int) -> dict[str, object]:
    areas = _of_vintage(municipality, vintage).annotate(border=geo.border("geometry", decimals=DECIMALS))
    return {code: json.loads(border) for code, border in areas.values_list("code", "border")}


def _attribution(municipality: Municipality, vintage: int) -> str:
    sources = _of_vintage(municipality, vintage).filter(level=Area.Level.GEMEENTE).values_list("attribution", flat=True)
    return sources.first() or ""


def _keys_of_others(fixed_grid: FixedGrid, codes: Iterable[str]) -> dict[str, str]:
    """Buurt code -> code of the buurt of the grid in which most of it lies, for codes that the grid does not have.

    A buurt that gets another number within the year is the same place still. It hangs on the areas alone, never on a
    melding. What lies for its larger part in no buurt of the grid is not here.
    """
    codes_of_grid = {area.code for area in fixed_grid.buurten()}
    others = set(codes) - codes_of_grid
    if not others:
        return {}
    buurten = Area.objects.of(fixed_grid.municipality).filter(level=Area.Level.BUURT)
    newest = dict(buurten.filter(code__in=others).order_by("vintage").values_list("code", "pk"))
    grid_ids = buurten.filter(vintage=fixed_grid.vintage, code__in=codes_of_grid).values_list("pk", flat=True)
    there = overlaps(newest.values(), grid_ids)
    return {code: there[pk][0].code for code, pk in newest.items() if pk in there and there[pk][0].share >= MOST}
