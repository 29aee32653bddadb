"""Who lives where: what a number of meldingen is divided by."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from analytics import grid
from analytics.grid import FixedGrid, Living
from opendata.disclosure import questions
from opendata.disclosure.intervals import Quantity
from opendata.figures.view import REST_OF_TOWN, Measure

PER = 1000


@dataclass(frozen=True)
class Counting:
    """How meldingen of an area are counted: as they are, or by who lives there. Unknown stays unknown."""

    measure: Measure
    known: Mapping[str, Living]
    gemeente: str

    def factor(self, area: str, without: str = "") -> Fraction | None:
        """What a number of the area is multiplied by; of the rest of the town, that `without` one. None where too few
        live there, or nobody knows how many.
        """
        if self.measure is Measure.COUNT:
            return Fraction(1)
        living = self._living(self.gemeente) if area in ("", REST_OF_TOWN) else self._living(area)
        if area == REST_OF_TOWN:
            part = self._living(without)
            living = None if living is None or part is None else living - part
        if living is None or living <= 0 or (self._inhabitants(area, without) or 0) < questions.MIN_INHABITANTS:
            return None
        return Fraction(PER, living)

    def count(self, quantity: Quantity, factor: Fraction) -> Quantity:
        """The quantity as it is counted."""
        return quantity if self.measure is Measure.COUNT else quantity.times(factor)

    def _living(self, area: str) -> int | None:
        one = self.known.get(area, Living())
        return one.households if self.measure is Measure.PER_HOUSEHOLD else one.inhabitants

    def _inhabitants(self, area: str, without: str) -> int | None:
        """Households are not shown either where too few people live."""
        whole = self.known.get(self.gemeente, Living()).inhabitants
        if area == REST_OF_TOWN:
            part = self.known.get(without, Living()).inhabitants
            return None if whole is None or part is None else whole - part
        return whole if not area else self.known.get(area, Living()).inhabitants


UNDIVIDED = Counting(Measure.COUNT, {}, "")


def counting(fixed_grid: FixedGrid, measure: Measure) -> Counting:
    """By who lives there as it is known of the borders of this grid; no query where meldingen are only counted."""
    people = {} if measure is Measure.COUNT else grid.living(fixed_grid.municipality, fixed_grid.vintage)
    return Counting(measure, people, fixed_grid.municipality.code)
