"""Whether areas lie in one another as their codes say, and beside one another without two claims to one place."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from django.contrib.gis.geos import GEOSGeometry, MultiPolygon
from django.utils.translation import gettext as _

from meldingen.places import geo
from meldingen.places.borders import code_and_name
from meldingen.places.loading.layers import Feature
from meldingen.places.models import Area

# Shares of an area that may lie outside the one around it: simplified borders differ by some percents. A small part is
# worth a sentence; more of a buurt outside its gemeente, or outside its wijk, is no drawing of that buurt.
WORTH_SAYING = 0.05
TOO_MUCH = {Area.Level.GEMEENTE: 0.2, Area.Level.WIJK: 0.5}
TOO_MUCH_TOGETHER = 0.5


def check(areas: Sequence[Area], features: Mapping[str, Feature]) -> list[str]:
    """Sentences about small differences; BrokenFile for the first area that lies where its code says it cannot.

    `features` says by code where each area stands.
    """
    buurten = [area for area in areas if area.level == Area.Level.BUURT]
    together = MultiPolygon([part for buurt in buurten for part in buurt.geometry]).unary_union
    sentences = [sentence for area in areas for sentence in _outside_its_own(area, features)]
    if sum(buurt.geometry.area for buurt in buurten) - together.area > min(b.geometry.area for b in buurten) / 1000:
        sentences += _overlapping(buurten, features)
    gemeente = next(area for area in areas if area.level == Area.Level.GEMEENTE)
    share = _outside(gemeente.geometry, together)
    if share > WORTH_SAYING:
        words = _(
            "%(share)d %% of %(gemeente)s has no buurt; a place there counts in the nearest within %(metres)d metres."
        )
        sentences.append(words % {"share": round(100 * share), "gemeente": code_and_name(gemeente), "metres": geo.NEAR})
    return sentences


def _outside_its_own(area: Area, features: Mapping[str, Feature]) -> list[str]:
    """Refused where too much lies outside the gemeente or wijk that it should lie in."""
    for around in _around(area):
        share = 0.0 if around.geometry.covers(area.geometry) else _outside(area.geometry, around.geometry)
        words = _("%(share)d %% of %(area)s lies outside %(around)s") % {
            "share": round(100 * share), "area": code_and_name(area), "around": code_and_name(around),
        }  # fmt: skip
        if share > TOO_MUCH[Area.Level(around.level)]:
            remedy = _("check that the files are of one year and in one coordinate system")
            raise features[area.code].broken(f"{words}; {remedy}")
        if share > WORTH_SAYING:
            return [f"{words}."]
    return []


def _overlapping(buurten: Sequence[Area], features: Mapping[str, Feature]) -> Iterator[str]:
    """Refused where one buurt lies for the larger part in another: which of them a place is in would be chance."""
    for one, other in combinations(buurten, 2):
        share = _overlap(one.geometry, other.geometry) / min(one.geometry.area, other.geometry.area)
        words = _("%(one)s and %(other)s overlap: %(share)d %% of the smaller one") % {
            "one": code_and_name(one), "other": code_and_name(other), "share": round(100 * share),
        }  # fmt: skip
        if share > TOO_MUCH_TOGETHER:
            remedy = _("leave one of them out")
            raise features[other.code].broken(f"{words}; {remedy}")
        if share > WORTH_SAYING:
            yield f"{words}."


def _around(area: Area) -> list[Area]:
    """The gemeente first: who is in the wrong town need not hear of the wijk."""
    around: list[Area] = []
    while area.parent is not None:
        area = area.parent
        around.insert(0, area)
    return around


def _outside(one: GEOSGeometry, other: GEOSGeometry) -> float:
    return float(one.difference(other).area / one.area)


def _overlap(one: GEOSGeometry, other: GEOSGeometry) -> float:
    (west, south, east, north), (west_of_other, low, right, high) = one.extent, other.extent
    if east <= west_of_other or right <= west or north <= low or high <= south:
        return 0.0
    return float(one.intersection(other).area)
