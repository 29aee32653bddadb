"""Who lives where: what a number of meldingen is divided by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from analytics import grid
from analytics.grid import FixedGrid, Living, MakeUp
from opendata.disclosure import questions
from opendata.disclosure.intervals import Quantity
from opendata.figures.view import REST_OF_TOWN, Measure, View

PER = 1000


@dataclass(frozen=True)
class Counting:
    """How meldingen of an area are counted: as they are, or by who lives there. Unknown stays unknown."""

    measure: Measure
    known: Mapping[str, Living]
    gemeente: str

    @property
    def living(self) -> tuple[tuple[str, Living], ...]:
        """What is known of who lives where, as a key."""
        return tuple(sorted(self.known.items(), key=lambda one: one[0]))

    def factor(self, area: str, without: str = "") -> Fraction | None:
        """What a number of the area is multiplied by; of the rest of the town, that `without` one. None where too few
        live there, or nobody knows how many.
        """
        return self._factor(self._people(area, without))

    def factor_of(self, areas: Sequence[str]) -> Fraction | None:
        """The same of several areas together; without any of the whole town."""
        return self._factor(_together([self._people(one) for one in areas or ("",)]))

    def count(self, quantity: Quantity, area: str, without: str = "") -> Quantity | None:
        """A quantity of the area as it is counted."""
        return self._count(quantity, self._people(area, without))

    def count_of(self, quantity: Quantity, areas: Sequence[str]) -> Quantity | None:
        """A quantity of several areas together."""
        return self._count(quantity, _together([self._people(one) for one in areas or ("",)]))

    def _factor(self, people: Living) -> Fraction | None:
        if self.measure is Measure.COUNT:
            return Fraction(1)
        return questions.factor_of_rate(people.inhabitants, self._among(people), PER)

    def _count(self, quantity: Quantity, people: Living) -> Quantity | None:
        if self.measure is Measure.COUNT:
            return quantity
        return questions.rate_among(quantity, people.inhabitants, self._among(people), PER)

    def _among(self, people: Living) -> int | None:
        return people.households if self.measure is Measure.PER_HOUSEHOLD else people.inhabitants

    def _people(self, area: str, without: str = "") -> Living:
        whole = self.known.get(self.gemeente, Living())
        if area == REST_OF_TOWN:
            part = self.known.get(without, Living())
            return Living(_less(whole.inhabitants, part.inhabitants), _less(whole.households, part.households))
        return self.known.get(area, Living()) if area else whole


def _less(whole: int | None, part: int | None) -> int | None:
    return None if whole is None or part is None else whole - part


def _together(all_people: Sequence[Living]) -> Living:
    """Unknown where one of them is."""
    return Living(_sum([one.inhabitants for one in all_people]), _sum([one.households for one in all_people]))


def _sum(numbers: Sequence[int | None]) -> int | None:
    known = [one for one in numbers if one is not None]
    return sum(known) if len(known) == len(numbers) else None


UNDIVIDED = Counting(Measure.COUNT, {}, "")


def counting(fixed_grid: FixedGrid, measure: Measure, known: Mapping[str, MakeUp] | None = None) -> Counting:
    """By who lives there as it is known of the borders of this grid. No query where meldingen are only counted, nor for
    who knows of every area already what is `known` of it.
    """
    if measure is Measure.COUNT:
        people: Mapping[str, Living] = {}
    elif known is None:
        people = grid.living(fixed_grid.municipality, fixed_grid.vintage)
    else:
        people = {code: one.living for code, one in known.items()}
    return Counting(measure, people, fixed_grid.municipality.code)


def known_of(fixed_grid: FixedGrid, view: View) -> dict[str, MakeUp] | None:
    """What is known of who lives in every area, for a view of one of them: what it is counted by, and what others it
    can be held against. One query; none, and None, for a view that names no area.
    """
    return grid.make_ups(fixed_grid.municipality, fixed_grid.vintage) if view.area else None
