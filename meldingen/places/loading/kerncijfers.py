"""Who lives where, from the “Kerncijfers wijken en buurten” of the CBS: figures alone, for areas that are there."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from meldingen.files.reading import BrokenFile
from meldingen.files.sheets import read_csv
from meldingen.places.loading.columns import AGES, CODE, FIGURES, Properties, is_known, plain
from meldingen.places.loading.layers import Feature
from meldingen.places.models import Area
from meldingen.tenancy.models import Municipality

SOURCE = "CBS, Kerncijfers wijken en buurten {year}"
# What the CBS calls the columns beside the names of its maps, without the number that StatLine hangs onto them.
_OUR_NAMES = {"gwbcode10": "code", "codering": "code", "huishoudenstotaal": "huishoudens"}
# People by age, counted: in the table of a year, and in StatLine.
_PEOPLE_BY_AGE = {
    "p_00_14": ("a0014", "k0tot15jaar"),
    "p_15_24": ("a1524", "k15tot25jaar"),
    "p_25_44": ("a2544", "k25tot45jaar"),
    "p_45_64": ("a4564", "k45tot65jaar"),
    "p_65_plus": ("a65oo", "k65jaarofouder"),
}
_NUMBER_OF_STATLINE = re.compile(r"_\d+$")
# Two codes stand in the table of a year; the one with letters says which level it is.
_OTHER_CODES = {"gwbcode", "gwbcode8"}
_COLUMNS = ("inhabitants", "households", "density", "ages", "figures_source")


@dataclass
class Outcome:
    """How many areas got figures, of which borders, and which areas the file does not have."""

    number: int = 0
    vintage: int = 0
    absent: list[str] = field(default_factory=list)


def load_kerncijfers(
    municipality: Municipality,
    path: Path,
    year: int,
    borders: int | None = None,
    on_row: Callable[[], object] = int,
) -> Outcome:
    """Give the areas of a year of borders (that of the figures, unless another is named) the figures of a file. All or
    nothing; BrokenFile says what is wrong where. What the CBS does not know, or may not tell, becomes unknown.
    """
    vintage = year if borders is None else borders
    areas = {area.code: area for area in Area.objects.of(municipality).filter(vintage=vintage).defer("geometry")}
    if not areas:
        raise BrokenFile(_no_areas(municipality, vintage))
    with_figures: dict[str, Area] = {}
    for row in _rows(path):
        on_row()
        code = row.text(CODE[Area.Level.BUURT]).upper()
        if code not in areas:
            continue
        if code in with_figures:
            raise row.feature.broken(_("%(code)s stands there already") % {"code": code})
        with_figures[code] = _with_figures(areas[code], row, SOURCE.format(year=year))
    if not with_figures:
        raise BrokenFile(
            _("%(file)s: nothing of the areas of %(code)s.") % {"file": path.name, "code": municipality.code}
        )
    with transaction.atomic():
        Area.objects.bulk_update(with_figures.values(), _COLUMNS)
    return Outcome(len(with_figures), vintage, sorted(areas.keys() - with_figures.keys()))


def _rows(path: Path) -> Iterator[Properties]:
    for number, cells in read_csv(path, ()):
        values = {_our_name(name): value for name, value in cells.items() if plain(name) not in _OTHER_CODES}
        if not {"code", "buurtcode", "bucode"} & values.keys():
            raise BrokenFile(
                _("%(file)s: no column gwb_code_10 or Codering, with codes such as BU01060000.") % {"file": path.name}
            )
        yield Properties(Feature(path.name, number, values, lambda: None, is_line=True))


def _our_name(column: str) -> str:
    """By our name, or that of its maps; the number of StatLine goes, that of a group of ages stays."""
    name = plain(column)
    if name not in _OUR_NAMES and not is_known(column) and not any(name in names for names in _PEOPLE_BY_AGE.values()):
        name = plain(_NUMBER_OF_STATLINE.sub("", column))
    return _OUR_NAMES.get(name, name)


def _with_figures(area: Area, row: Properties, source: str) -> Area:
    for name, columns in FIGURES.items():
        setattr(area, name, row.figure(columns))
    area.ages = row.ages() or _shares(row, area.inhabitants)
    area.figures_source = source
    return area


def _shares(row: Properties, inhabitants: int | None) -> Mapping[str, int]:
    """Percentages, from people counted by age; without those that are unknown."""
    if not inhabitants:
        return {}
    numbers = {key: row.figure(_PEOPLE_BY_AGE[key]) for key in AGES}
    # The CBS rounds each to fives, so together they may be more than all.
    return {key: min(round(100 * one / inhabitants), 100) for key, one in numbers.items() if one is not None}


def _no_areas(municipality: Municipality, vintage: int) -> str:
    there = Area.objects.of(municipality).order_by("vintage").values_list("vintage", flat=True).distinct()
    words = _(
        "%(code)s has no areas with borders of %(year)d. There are: %(known)s. Choose one of these with --borders."
    )
    return words % {"code": municipality.code, "year": vintage, "known": ", ".join(map(str, there)) or "-"}
