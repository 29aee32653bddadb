"""What open data may know: the fixed grid of keys of a year, and one count per key for the draw.

A grid is stored once, by the first publication or the command `fix_grid`, and does not change after that: a category
or buurt that comes later counts as the rest value until the next year's grid. Nothing in a grid depends on a melding.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

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
    "FixedArea",
    "FixedCategory",
    "FixedGrid",
    "GridError",
    "Registration",
    "Span",
    "Town",
    "UnknownMunicipality",
    "attributions",
    "borders",
    "count",
    "days",
    "fix",
    "fixed_years",
    "propose",
    "read",
    "registration",
    "registrations",
    "today",
    "town",
    "towns",
]

REST = "overig"
REST_NL, REST_EN = "Overig of onbekend", "Other or unknown"
# Six decimals of a degree are about a tenth of a metre.
DECIMALS = 6
OLDEST_YEAR = 2000

Span = tuple[date, date]  # first and last day, both included


class GridError(ValueError):
    """A grid cannot be fixed: no such year, areas or categories are missing, or two of them would have one key."""


class UnknownMunicipality(ValueError):
    """No municipality has this code."""


@dataclass(frozen=True)
class Registration:
    """The days on which a municipality registered meldingen, as it declares in public: from `first` (None: it did not
    say) to `last` (None: still), but for `gaps`. Nothing of it is looked up in meldingen.
    """

    first: date | None
    last: date | None
    gaps: tuple[Span, ...]


@dataclass(frozen=True)
class Town:
    """What publishing needs to know of a municipality; budgets are exact decimals, the volume is what it declares, or
    None."""

    pk: int
    code: str
    name: str
    time_zone: str
    epsilon_month: Decimal
    epsilon_year: Decimal
    declared_volume: int | None
    registration: Registration


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

    municipality_id: int
    gemeente: str
    year: int
    vintage: int
    time_zone: str
    areas: tuple[FixedArea, ...]
    categories: tuple[FixedCategory, ...]
    attribution: str = ""

    def buurten(self) -> tuple[FixedArea, ...]:
        """The areas on the finest level, the rest value too."""
        return tuple(area for area in self.areas if area.level == Area.Level.BUURT)


def town(code: str) -> Town:
    """The municipality with this CBS code; UnknownMunicipality when there is none."""
    found = Municipality.objects.filter(code=code).first()
    if found is None:
        raise UnknownMunicipality(code)
    return _town(found)


def towns() -> Iterator[Town]:
    """All municipalities of the deployment."""
    yield from (_town(municipality) for municipality in Municipality.objects.prefetch_related("gaps").order_by("code"))


def registration(municipality_id: int) -> Registration:
    """On which days a municipality registered meldingen; one query."""
    return registrations([municipality_id])[municipality_id]


def registrations(municipality_ids: Sequence[int] | None = None) -> dict[int, Registration]:
    """The same of several municipalities, or of all; one query."""
    rows = Municipality.objects.order_by("pk", "gaps__first_day", "gaps__last_day")
    if municipality_ids is not None:
        rows = rows.filter(pk__in=municipality_ids)
    found: dict[int, Registration] = {}
    columns = ("pk", "registered_from", "registered_until", "gaps__first_day", "gaps__last_day")
    for pk, first, last, begin, end in rows.values_list(*columns):
        earlier = found[pk].gaps if pk in found else ()
        found[pk] = Registration(first, last, earlier if begin is None else (*earlier, (begin, end)))
    return found


def _town(municipality: Municipality) -> Town:
    return Town(
        municipality.pk,
        municipality.code,
        municipality.name,
        municipality.time_zone,
        municipality.epsilon_month,
        municipality.epsilon_year,
        municipality.declared_volume,
        Registration(
            municipality.registered_from,
            municipality.registered_until,
            tuple((gap.first_day, gap.last_day) for gap in municipality.gaps.all()),
        ),
    )


def today(town: Town) -> date:
    """The day it is in the municipality, by the time zone that its open data keeps."""
    return days(town)(timezone.now())


def days(town: Town) -> Callable[[datetime], date]:
    """What day a moment is in the municipality, by the time zone that its open data keeps; one query."""
    return partial(calendar.local_day, zone=_zone(town))


def fixed_years(town: Town) -> list[int]:
    """The years for which the grid is fixed."""
    return list(Grid.objects.filter(municipality_id=town.pk).order_by("year").values_list("year", flat=True))


def read(municipality_id: int, year: int) -> FixedGrid | None:
    """The grid of a year, or None when it is not fixed yet."""
    stored = Grid.objects.select_related("municipality").defer("borders")
    found = stored.filter(municipality_id=municipality_id, year=year).first()
    return None if found is None else _fixed(found)


def borders(municipality_id: int, year: int) -> dict[str, object]:
    """Area code -> GeoJSON geometry in longitude and latitude, as fixed for that year. The rest value has none."""
    found = Grid.objects.filter(municipality_id=municipality_id, year=year).values_list("borders", flat=True).get()
    return dict(found)


def propose(town: Town, year: int) -> FixedGrid:
    """The grid of a year, or what would be fixed of the areas and categories of this moment; nothing is stored."""
    return read(town.pk, year) or _proposed(town, year)


def attributions(municipality_id: int) -> dict[int, str]:
    """Year -> whose the borders of its grid are, as they want it said."""
    return dict(Grid.objects.filter(municipality_id=municipality_id).values_list("year", "attribution"))


def fix(town: Town, year: int) -> FixedGrid:
    """The grid of a year; fixed from the areas and categories of this moment when that was not done before."""
    found = read(town.pk, year)
    if found is not None:
        return found
    proposed = _proposed(town, year)
    try:
        with transaction.atomic():
            # One at a time, so that the grids of two years cannot begin with two time zones. no_key: meldingen may come
            # in meanwhile.
            Municipality.objects.select_for_update(no_key=True).get(pk=town.pk)
            Grid.objects.create(
                municipality_id=town.pk,
                year=year,
                vintage=proposed.vintage,
                time_zone=_zone(town),
                areas=[asdict(area) for area in proposed.areas],
                categories=[asdict(category) for category in proposed.categories],
                borders=_borders(town, proposed.vintage),
                attribution=proposed.attribution,
            )
    except IntegrityError:
        pass  # somebody else fixed it at this very moment; theirs counts
    stored = read(town.pk, year)
    if stored is None:
        raise GridError(f"the grid of {year} could not be stored")
    return stored


def count(fixed: FixedGrid, first_day: date, day_after: date) -> dict[tuple[str | None, ...], int]:
    """(buurt code, category slug or None) -> number of meldingen received from `first_day` until before `day_after`.

    Local days by the time zone of the grid. One GROUP BY, each melding one row, with the buurt and category that it has
    in the snapshot of the caller's transaction. A suspect one counts like any other, for whether it is suspect depends
    on others; it does not from the moment that a colleague calls it spam. What was merged into another counts, a part
    that staff split off does not: each report once. A buurt that has another code than in the
    grid counts under that one.
    """
    received = Melding.objects.filter(
        municipality_id=fixed.municipality_id,
        state__in=sorted(workflow.DRAWN),
        part_of=None,
        received_at__gte=calendar.start_of_day(first_day, fixed.time_zone),
        received_at__lt=calendar.start_of_day(day_after, fixed.time_zone),
    )
    # By id, for an index holds these: the names are looked up for the cells, not for each melding.
    cells = list(received.values_list("buurt_id", "category_id").annotate(number=Count("*")).order_by())
    codes = dict(Area.objects.filter(pk__in={cell[0] for cell in cells}).values_list("pk", "code"))
    slugs = dict(Category.objects.filter(municipality_id=fixed.municipality_id).values_list("pk", "slug"))
    key = _keys_of_others(fixed, codes.values())
    counted: Counter[tuple[str | None, ...]] = Counter()
    for buurt, category, number in cells:
        code = codes[buurt]
        counted[key.get(code, code), slugs.get(category)] += number
    return dict(counted)


def _proposed(town: Town, year: int) -> FixedGrid:
    if not OLDEST_YEAR <= year <= today(town).year + 1:
        raise GridError(f"a grid is fixed for a year from {OLDEST_YEAR} to the next one, not for {year}")
    vintage = _vintage(town, year)
    areas = _areas(town, vintage)
    categories = _categories(town)
    if not any(area.level == Area.Level.BUURT for area in areas):
        raise GridError(f"{town.code} has no areas; load_areas comes first")
    if not categories:
        raise GridError(f"{town.code} has no categories; load_categories comes first")
    areas.append(FixedArea(REST, REST_NL, Area.Level.WIJK, town.code))
    areas.append(FixedArea(REST, REST_NL, Area.Level.BUURT, REST))
    if all(category.slug != REST for category in categories):
        categories.append(_rest_category(categories))
    _check(areas, categories)
    return FixedGrid(
        town.pk, town.code, year, vintage, _zone(town), tuple(areas), tuple(categories), _attribution(town, vintage)
    )


def _fixed(stored: Grid) -> FixedGrid:
    return FixedGrid(
        stored.municipality_id,
        stored.municipality.code,
        stored.year,
        stored.vintage,
        stored.time_zone,
        tuple(FixedArea(**area) for area in stored.areas),
        tuple(FixedCategory(**category) for category in stored.categories),
        stored.attribution,
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


def _zone(town: Town) -> str:
    """The time zone of the first grid; with another one a melding near midnight could count in two months, or years."""
    first = Grid.objects.filter(municipality_id=town.pk).order_by("fixed_at", "pk").values_list("time_zone", flat=True)
    return first.first() or town.time_zone


def _vintage(town: Town, year: int) -> int:
    """The newest borders that are not of a later year; where there are only later ones, the oldest."""
    known = sorted(set(Area.objects.filter(municipality_id=town.pk).values_list("vintage", flat=True)))
    if not known:
        raise GridError(f"{town.code} has no areas; load_areas comes first")
    return max((vintage for vintage in known if vintage <= year), default=known[0])


def _areas(town: Town, vintage: int) -> list[FixedArea]:
    rows = _of_vintage(town, vintage)
    return [
        FixedArea(code, name, level, parent or "")
        for code, name, level, parent in rows.values_list("code", "name", "level", "parent__code")
    ]


def _categories(town: Town) -> list[FixedCategory]:
    """What meldingen can have: categories under a main one, and main ones with nothing under them."""
    active = Category.objects.filter(municipality_id=town.pk, is_active=True).select_related("parent").order_by("slug")
    parents = {category.parent_id for category in active}
    leaves = [category for category in active if category.pk not in parents]
    return [
        FixedCategory(
            category.slug,
            category.name_nl,
            category.name_in("en"),
            (category.parent or category).slug,
            (category.parent or category).name_nl,
            (category.parent or category).name_in("en"),
        )
        for category in leaves
    ]


def _rest_category(categories: list[FixedCategory]) -> FixedCategory:
    """The rest value; under a main category that happens to have its slug, with that one's names."""
    same = next((category for category in categories if category.main == REST), None)
    main_nl, main_en = (same.main_nl, same.main_en) if same else (REST_NL, REST_EN)
    return FixedCategory(REST, REST_NL, REST_EN, REST, main_nl, main_en)


def _of_vintage(town: Town, vintage: int) -> QuerySet[Area]:
    """What a corrected file of that year left out stands in no grid that is fixed after it."""
    return Area.objects.filter(municipality_id=town.pk, vintage=vintage, is_retired=False).order_by("code")


def _borders(town: Town, vintage: int) -> dict[str, object]:
    drawn = _of_vintage(town, vintage).annotate(border=geo.border("geometry", decimals=DECIMALS))
    return {code: json.loads(border) for code, border in drawn.values_list("code", "border")}


def _attribution(town: Town, vintage: int) -> str:
    sources = _of_vintage(town, vintage).filter(level=Area.Level.GEMEENTE).values_list("attribution", flat=True)
    return sources.first() or ""


def _keys_of_others(fixed: FixedGrid, codes: Iterable[str]) -> dict[str, str]:
    """Buurt code -> code of the buurt of the grid in which most of it lies, for codes that the grid does not have.

    A buurt that gets another number within the year is the same place still. It hangs on the areas alone, never on a
    melding. What lies for its larger part in no buurt of the grid is not here.
    """
    known = {area.code for area in fixed.buurten()}
    unknown = set(codes) - known
    if not unknown:
        return {}
    buurten = Area.objects.filter(municipality_id=fixed.municipality_id, level=Area.Level.BUURT)
    newest = dict(buurten.filter(code__in=unknown).order_by("vintage").values_list("code", "pk"))
    grid_ids = buurten.filter(vintage=fixed.vintage, code__in=known).values_list("pk", flat=True)
    there = overlaps(newest.values(), grid_ids)
    return {code: there[pk][0].code for code, pk in newest.items() if pk in there and there[pk][0].share >= MOST}
