"""Who lives where, as it is known of the borders of a year: what meldingen are divided by and set beside. It knows no
melding.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from meldingen.places.models import Area
from meldingen.tenancy.models import Municipality


@dataclass(frozen=True)
class Living:
    """How many people and households there are in an area; None is unknown."""

    inhabitants: int | None = None
    households: int | None = None


@dataclass(frozen=True)
class MakeUp:
    """What is known of who lives in an area, and who says so. `ages`: percentages by the names of the CBS."""

    living: Living = Living()
    density: int | None = None
    ages: Mapping[str, int] = field(default_factory=dict)
    source: str = ""


def living(municipality: Municipality, vintage: int) -> dict[str, Living]:
    """Area code -> who lives there, as it is known now of a year of borders; one query."""
    rows = Area.objects.of(municipality).filter(vintage=vintage).values_list("code", "inhabitants", "households")
    return {code: Living(inhabitants, households) for code, inhabitants, households in rows}


def make_ups(municipality: Municipality, vintage: int) -> dict[str, MakeUp]:
    """Area code -> all that is known of who lives there; one query."""
    areas = Area.objects.of(municipality).filter(vintage=vintage)
    columns = ("code", "inhabitants", "households", "density", "ages", "figures_source", "attribution")
    return {
        code: MakeUp(Living(inhabitants, households), density, dict(ages), source or attribution)
        for code, inhabitants, households, density, ages, source, attribution in areas.values_list(*columns)
    }
