"""Areas from the files of the CBS or PDOK, or from any other with the same codes: all of a year, or nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from django.contrib.gis.geos import MultiPolygon
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meldingen.files.reading import BrokenFile, refuse_unfit
from meldingen.places import borders
from meldingen.places.loading import nesting, shapes
from meldingen.places.loading.columns import FIGURES, NAME, Properties, is_known
from meldingen.places.loading.layers import Feature, Layer, quiet, read_layers
from meldingen.places.models import Area
from meldingen.tenancy.models import Municipality

COLUMN_OF = {
    "name": "naam",
    "vintage": "peiljaar",
    "inhabitants": "inwoners",
    "households": "huishoudens",
    "density": "bevolkingsdichtheid_km2",
    "attribution": "--attribution",
}
# What maps with borders of the CBS must show. Nobody asks it of borders that are invented.
ATTRIBUTION = "Kadaster / Centraal Bureau voor de Statistiek, {year}"
WATER = "Water"
OLDEST = 1900


@dataclass(frozen=True)
class Options:
    """What the files do not say; `vintage` and `srid` go before what they do. `attribution` None: the CBS's line."""

    prefix: str = ""
    vintage: int | None = None
    srid: int | None = None
    attribution: str | None = None


@dataclass
class Outcome:
    """What became of the areas."""

    number: dict[str, int] = field(default_factory=dict)
    vintage: int = 0
    vintage_before: int | None = None
    attribution: str = ""
    of_others: int = 0
    notes: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _AreaRow:
    """An area that is not stored yet, where it stands, and the code of the area around it."""

    area: Area
    feature: Feature
    parent: str
    is_water: bool


def load_areas(
    municipality: Municipality, path: Path, options: Options | None = None, on_feature: Callable[[], object] = int
) -> Outcome:
    """Load the gemeente, wijken and buurten of this municipality from a file or folder and put their year in use.

    All or nothing; BrokenFile says what is wrong where. Everything is read and looked at before the first row is
    written. Areas of earlier years stay; those of this year that the files no longer have are retired. `on_feature`
    hears of each feature that was read.
    """
    options = options or Options()
    if options.vintage is not None and not OLDEST <= options.vintage < OLDEST + 200:
        raise BrokenFile(_("--vintage: %(year)d is no year.") % {"year": options.vintage})
    outcome = Outcome(vintage_before=municipality.area_vintage)
    with quiet():
        areas, features = _read(municipality, path, options, outcome, on_feature)
        outcome.notes += nesting.check(areas, features)
    _describe(municipality, areas, options, outcome)
    with transaction.atomic():
        _store(municipality, areas, outcome)
    return outcome


def _read(
    municipality: Municipality, path: Path, options: Options, outcome: Outcome, on_feature: Callable[[], object]
) -> tuple[list[Area], dict[str, Feature]]:
    """The areas of the files, gemeente first, each with the one around it; and by code where each stands."""
    of_code: dict[str, _AreaRow] = {}
    for layer in read_layers(path, options.prefix, is_known):
        for row in _of_layer(municipality, layer, options, outcome, on_feature):
            before = of_code.get(row.area.code)
            of_code[row.area.code] = _together(before, row) if before else row
    by_level = sorted(of_code.values(), key=lambda row: list(Area.Level).index(Area.Level(row.area.level)))
    for level in Area.Level:
        if not any(row.area.level == level for row in by_level):
            raise BrokenFile(
                _("%(file)s: no %(level)s of %(code)s.")
                % {"file": path.name, "level": level.label, "code": municipality.code}
            )
    for row in by_level:
        if row.parent:
            if row.parent not in of_code:
                raise row.feature.broken(_("%(code)s is not among the areas above it") % {"code": row.parent})
            row.area.parent = of_code[row.parent].area
    return [row.area for row in by_level], {code: row.feature for code, row in of_code.items()}


def _of_layer(
    municipality: Municipality, layer: Layer, options: Options, outcome: Outcome, on_feature: Callable[[], object]
) -> list[_AreaRow]:
    own, others = [], set()
    for feature in layer.features:
        on_feature()
        properties = Properties(feature)
        level = layer.level or properties.level()
        gemeente = properties.gemeente(level)
        if gemeente == municipality.code:
            own.append((feature, properties, level))
        else:
            others.add(gemeente)
            outcome.of_others += 1
    if not own:
        raise BrokenFile(
            _("%(file)s: nothing of %(code)s. It has areas of %(others)s.")
            % {"file": layer.file, "code": municipality.code, "others": ", ".join(sorted(others)[:5])}
        )
    notes = shapes.Notes(outcome.notes)
    shapes_stored = shapes.borders_of(
        layer.file, layer.srid if options.srid is None else options.srid, [feature for feature, *_more in own], notes
    )
    area = partial(_area, municipality, options)
    return [area(*each, border) for each, border in zip(own, shapes_stored, strict=True)]


def _area(
    municipality: Municipality,
    options: Options,
    feature: Feature,
    properties: Properties,
    level: Area.Level,
    border: MultiPolygon,
) -> _AreaRow:
    year = properties.year() if options.vintage is None else options.vintage
    if year is None:
        raise feature.broken(_("property peiljaar is missing; give the year with --vintage"))
    code, is_water = properties.code(level), properties.is_water()
    area = Area(
        municipality=municipality,
        level=level,
        code=code,
        name=properties.text(NAME[level]) or (WATER if is_water else code),
        vintage=year,
        geometry=border,
        ages=properties.ages(),
        **{name: properties.figure(columns) for name, columns in FIGURES.items()},
    )
    refuse_unfit(Path(feature.file), code, area, COLUMN_OF)
    return _AreaRow(area, feature, properties.parent(level), is_water)


def _together(one: _AreaRow, other: _AreaRow) -> _AreaRow:
    """The land and the water of one area, which the CBS keeps apart. BrokenFile for any other code that comes twice."""
    if one.is_water == other.is_water:
        raise other.feature.broken(
            _("%(code)s stands there already, as feature %(number)d of %(file)s")
            % {"code": other.area.code, "number": one.feature.number, "file": one.feature.file}
        )
    land, water = (other, one) if one.is_water else (one, other)
    whole = land.area.geometry.union(water.area.geometry)
    land.area.geometry = whole if isinstance(whole, MultiPolygon) else MultiPolygon(whole, srid=whole.srid)
    return land


def _describe(municipality: Municipality, areas: Iterable[Area], options: Options, outcome: Outcome) -> None:
    """Year and source, which all areas share."""
    years = sorted({area.vintage for area in areas})
    if len(years) != 1:
        raise BrokenFile(_("The areas are of more than one year: %(years)s.") % {"years": years})
    outcome.vintage = years[0]
    outcome.attribution = options.attribution or ""
    if options.attribution is None and not municipality.is_invented:
        outcome.attribution = ATTRIBUTION.format(year=outcome.vintage)
    for area in areas:
        area.attribution = outcome.attribution
        refuse_unfit(Path(area.code), area.code, area, COLUMN_OF)


def _store(municipality: Municipality, areas: Iterable[Area], outcome: Outcome) -> None:
    of_year = Area.objects.of(municipality).filter(vintage=outcome.vintage)
    there = dict(of_year.values_list("code", "pk"))
    for area in areas:
        # Not update_or_create, which locks the key too: meldingen may come in meanwhile.
        area.pk = there.pop(area.code, None)
        area.save()
        outcome.number[area.level] = outcome.number.get(area.level, 0) + 1
    leftovers = of_year.filter(pk__in=there.values(), is_retired=False).defer("geometry", "ages")
    outcome.retired = [borders.code_and_name(area) for area in leftovers]
    of_year.filter(pk__in=there.values()).update(is_retired=True)
    municipality.area_vintage = outcome.vintage
    municipality.areas_loaded_at = timezone.now()
    municipality.save(update_fields=["area_vintage", "areas_loaded_at"])
