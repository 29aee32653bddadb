"""What became of an area when borders changed: which one lies there now, and the rules that point at what is gone."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.utils.translation import gettext as _

from meldingen.models import Area, Municipality, RoutingRule

# An area follows another one without a person's word where nearly all of each lies in the other.
NEARLY_ALL = 0.9
MOST = 0.5
# Parts smaller than this share are what two drawings of one border differ by.
NOTHING = 0.01

_OVERLAPS = """
SELECT a.id, b.id, b.code, b.name, shared.size / ST_Area(a.geometry), shared.size / ST_Area(b.geometry)
FROM meldingen_area a JOIN meldingen_area b
    ON b.municipality_id = a.municipality_id AND b.level = a.level AND ST_Intersects(a.geometry, b.geometry),
LATERAL (SELECT ST_Area(ST_Intersection(a.geometry, b.geometry)) AS size OFFSET 0) AS shared
WHERE a.id = ANY(%s) AND b.id = ANY(%s) AND shared.size > %s * LEAST(ST_Area(a.geometry), ST_Area(b.geometry))
ORDER BY shared.size DESC, b.code"""


@dataclass(frozen=True)
class Overlap:
    """Another area that lies on one, and which share of each (0 to 1) the two have in common."""

    area_id: int
    code: str
    name: str
    share: float
    share_of_other: float

    @property
    def is_the_same(self) -> bool:
        """Whether it is the same place under another code."""
        return min(self.share, self.share_of_other) >= NEARLY_ALL


@dataclass(frozen=True)
class LostRule:
    """A rule whose area is no more, or lies elsewhere under its code; with what lies in its place, largest first."""

    rule: RoutingRule
    is_elsewhere: bool
    successors: list[Overlap] = field(default_factory=list)

    @property
    def successor(self) -> Overlap | None:
        """The area that the rule can move to without a person's word."""
        return next((each for each in self.successors if each.is_the_same), None)

    def in_words(self) -> str:
        """What is the matter with its area, and what lies there now with the share of it."""
        words = _("%(area)s no longer exists, so this rule finds no new meldingen.")
        if self.is_elsewhere:
            words = _("%(area)s has other borders now, so this rule holds elsewhere.")
        said = words % {"area": titled(self.rule.area) if self.rule.area else ""}
        there = ", ".join(f"{each.code} {each.name} ({each.share:.0%})" for each in self.successors)
        now = _("There lies now: %(there)s.") % {"there": there} if there else _("No area lies there now.")
        return f"{said} {now}"


def titled(area: Area) -> str:
    """Code and name, as people look them up."""
    return area.code if area.name == area.code else f"{area.code} {area.name}"


def overlaps(areas: Iterable[int], others: Iterable[int]) -> dict[int, list[Overlap]]:
    """For each of `areas` (ids) those of `others` (ids, of the same level) that lie on it, largest part first."""
    found: dict[int, list[Overlap]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_OVERLAPS, [list(areas), list(others), NOTHING])
        for area, *other in cursor.fetchall():
            found.setdefault(area, []).append(Overlap(*other))
    return found


def lost_rules(municipality: Municipality) -> list[LostRule]:
    """Rules, in their order, that no new melding meets any more, or meets in another place than they were made for.

    Rules find their area by code, so that they survive a new year of borders; these did not.
    """
    in_use = dict(Area.objects.in_use(municipality).values_list("code", "pk"))
    own = RoutingRule.objects.filter(municipality=municipality).exclude(area=None).order_by("position")
    rules = (
        own.select_related("area", "category").defer("area__geometry", "area__ages").exclude(area__in=in_use.values())
    )
    there = overlaps({rule.area_id for rule in rules if rule.area_id}, in_use.values())
    lost = []
    for rule in rules:
        around = there.get(rule.area_id or 0, [])
        code = rule.area.code if rule.area else ""
        same = next((each for each in around if each.code == code), None)
        if code not in in_use or same is None or same.share < MOST:
            lost.append(LostRule(rule, code in in_use, around))
    return lost


def move_rules(lost: Iterable[LostRule]) -> list[LostRule]:
    """Point each rule at the area that took the place of its own where there is no doubt; which ones were moved."""
    moved = [each for each in lost if each.successor]
    for each in moved:
        rule, successor = each.rule, each.successor
        if successor:
            RoutingRule.objects.filter(pk=rule.pk, municipality=rule.municipality_id).update(area=successor.area_id)
    return moved
