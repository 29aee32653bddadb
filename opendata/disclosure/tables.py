"""Tables as declared objects, and how much one melding can change in them."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from fractions import Fraction

from opendata.disclosure.errors import InvalidEpsilonError, InvalidTableError
from opendata.disclosure.periods import PeriodKind


class Dimension(enum.StrEnum):
    """A column that cells are counted by. The values are the published names."""

    GEMEENTE = "gemeente"
    WIJK = "wijk"
    BUURT = "buurt"
    MAIN_CATEGORY = "hoofdcategorie"
    CATEGORY = "categorie"
    HANDLING_TIME = "afhandeltijd"


AREAS = (Dimension.GEMEENTE, Dimension.WIJK, Dimension.BUURT)
CATEGORIES = (Dimension.MAIN_CATEGORY, Dimension.CATEGORY)
HANDLING_TIMES = (Dimension.HANDLING_TIME,)
HIERARCHIES = (AREAS, CATEGORIES, HANDLING_TIMES)  # each from coarse to fine


TableKey = tuple[str, PeriodKind, PeriodKind]  # name, period, account


@dataclass(frozen=True)
class Table:
    """A table that is drawn: which columns, per what kind of period, for which share of a budget.

    `share` is of the yearly budget when `period_kind` is YEAR, else of the budget of every month that the period
    covers. A table that was made coarser in time keeps the account it was declared with (`account`): its quarter is
    paid by the three months.
    """

    name: str
    dimensions: tuple[Dimension, ...]
    period_kind: PeriodKind
    share: Fraction
    account: PeriodKind | None = None  # None: the year for a yearly table, else the months

    def __post_init__(self) -> None:
        object.__setattr__(self, "account", self.paid_by)
        if not self.name:
            raise InvalidTableError("a table needs a name")
        for kinds in HIERARCHIES:
            if sum(dimension in kinds for dimension in self.dimensions) > 1:
                raise InvalidTableError(f"{self.name}: two dimensions of one hierarchy")
        if not self.dimensions or not all(isinstance(dimension, Dimension) for dimension in self.dimensions):
            raise InvalidTableError(f"{self.name}: a table has one dimension or more")
        if self.paid_by is PeriodKind.QUARTER or self.paid_by.months > self.period_kind.months:
            raise InvalidTableError(f"{self.name}: a {self.period_kind} cannot be paid by a {self.account}")
        if type(self.share) is not Fraction or not 0 < self.share <= 1:
            raise InvalidEpsilonError(f"{self.name}: the share must be a Fraction above 0 and at most 1")

    @property
    def paid_by(self) -> PeriodKind:
        """MONTH when the accounts of the months pay for this table, YEAR when the account of the year does."""
        if self.account is not None:
            return self.account
        return PeriodKind.YEAR if self.period_kind is PeriodKind.YEAR else PeriodKind.MONTH

    @property
    def key(self) -> TableKey:
        """What tells it from every other table of a municipality: a monthly and a yearly table may become the same one
        by the year, and are still two draws on two accounts."""
        return self.name, self.period_kind, self.paid_by

    def coarser_period(self) -> Table | None:
        """The same table over the next longer period, paid by the same account; None when there is none."""
        longer = self.period_kind.coarser
        return None if longer is None else replace(self, period_kind=longer)

    def coarser_area(self) -> Table | None:
        """The same table by the next larger area; None when it has no area or the whole gemeente."""
        for finer, coarser in ((Dimension.BUURT, Dimension.WIJK), (Dimension.WIJK, Dimension.GEMEENTE)):
            if finer in self.dimensions:
                dimensions = tuple(coarser if dimension is finer else dimension for dimension in self.dimensions)
                return replace(self, name="-".join(dimensions), dimensions=dimensions)
        return None


def sensitivity(table: Table) -> int:
    """By how much the cells of `table` change, summed in absolute value, when one melding is added or removed: 1.

    Proof. `Grid.place` is a total function from a melding's (buurt, category, band) to one key of the table: every
    value that is not in the grid goes to the rest value of its own dimension, and the key does not depend on any
    other melding. A cell is the number of meldingen of the period with that key. Adding or removing a melding
    therefore changes one cell by one and leaves the rest. A melding outside the period changes nothing. There is no
    cap per reporter, so no melding can push another one out.
    """
    del table
    return 1


def sensitivity_of_change(table: Table) -> int:
    """By how much the cells change when one melding gets another buurt, category or handling time: at most 2.

    Proof. A change is a removal followed by an addition; by the triangle inequality the changes add up to at most 1 +
    1. Two is reached whenever the old and the new key differ. The factor for "what was it, and where" is hence exp(2
    epsilon) per table.
    """
    return 2 * sensitivity(table)


MONTHLY = (
    Table("wijk-hoofdcategorie", (Dimension.WIJK, Dimension.MAIN_CATEGORY), PeriodKind.MONTH, Fraction(2, 5)),
    Table("buurt", (Dimension.BUURT,), PeriodKind.MONTH, Fraction(3, 10)),
    Table("categorie", (Dimension.CATEGORY,), PeriodKind.MONTH, Fraction(3, 10)),
)
YEARLY = (
    Table("buurt-hoofdcategorie", (Dimension.BUURT, Dimension.MAIN_CATEGORY), PeriodKind.YEAR, Fraction(9, 20)),
    Table("wijk-categorie", (Dimension.WIJK, Dimension.CATEGORY), PeriodKind.YEAR, Fraction(9, 20)),
    Table(
        "afhandeltijd-hoofdcategorie",
        (Dimension.HANDLING_TIME, Dimension.MAIN_CATEGORY),
        PeriodKind.YEAR,
        Fraction(1, 10),
    ),
)
