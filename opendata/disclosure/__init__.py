"""Open data with a proven bound on what it tells about any one melding: pure epsilon-differential privacy, without
Django.

The unit is one melding. Tables over a fixed grid of keys are drawn once, with discrete Laplace noise from an exact
sampler, and each draw is booked on an account that cannot be overspent. `docs/privacy.md` tells it in plain words;
`accounting` holds the composition argument.

    from fractions import Fraction
    from opendata.disclosure import *

    areas = (Area("BU01060000", "WK010600", 2026), ...)               # code, wijk, year of the map
    categories = (Category("dumping", "afval"), ...)                  # slug, slug of the main category
    grid = Grid(2026, "GM0106", areas, categories)
    chosen = [offer(table, grid, 15_000, Fraction(1)) for table in MONTHLY]     # per year, once; never draws
    tables = [one.table for one in chosen if isinstance(one, Offer) and one.table.period_kind is PeriodKind.MONTH]
    period = Period.month(2026, 3)                                    # or Period.parse("2026-03"), "2026-Q1", "2026"
    lines = accounting.bookings(tables, period, Fraction(1))          # what to book, per account (month or year)
    counts = {("BU01060000", "dumping"): 12}
    drawn = draw(tables, grid, counts, Fraction(1), period)           # the ledger does it by `noise` and `reveal`
    for cell in drawn["wijk-hoofdcategorie"].cells:                   # every key of the grid, in its order, zeros too
        cell.key, cell.trekking, cell.schatting, cell.ondergrens, cell.bovengrens

- The budget of a month or year is granted once; `Table.share` is the part of it that a table takes. A table by
  quarter is paid by each of its three months (`accounting.accounts`), so it excludes the monthly table of the same
  share.
- `counts` are from one GROUP BY over the meldingen of the period: (buurt code, category slug) -> int, or with
  `handling_band(...)` as third part for YEARLY. Keys that the grid does not know, None too, count in the rest value
  `overig` (REST), which every grid has.
- Errors are subclasses of `DisclosureError`; when one is raised nothing was drawn. Messages hold no counts.
- `DrawnTable(table, epsilon, grid, cells)` can be made again from stored cells, for intervals of sums and differences
  (`intervals`).
- Sums and groups: `questions.total(drawn, {Dimension.WIJK: {"WK010600"}}).interval()`; add and subtract the results
  of `total`, of other periods too; `.is_noise()` of a difference; `questions.rate(total, inhabitants)` is None where
  it may not be shown.
- `error_of(drawn)` is the expected error of one table that was drawn, from its own cells and estimated total.
- `Offer` and `Refusal` carry `reason_code` (a `Reason`) and `params` (names, percents), from which a sentence is made
  in any language.
"""

from opendata.disclosure import accounting, intervals, questions
from opendata.disclosure.accounting import Booking
from opendata.disclosure.errors import DisclosureError
from opendata.disclosure.grid import BANDS, REST, Area, Category, Grid, handling_band
from opendata.disclosure.mechanism import Cell, Drawn, DrawnTable, draw, noise, reveal
from opendata.disclosure.offer import Offer, Reason, Refusal, error_of, expected_error, is_too_uncertain, offer, percent
from opendata.disclosure.periods import Period, PeriodKind
from opendata.disclosure.tables import MONTHLY, YEARLY, Dimension, Table

__all__ = [
    "BANDS",
    "MONTHLY",
    "REST",
    "YEARLY",
    "Area",
    "Booking",
    "Category",
    "Cell",
    "Dimension",
    "DisclosureError",
    "Drawn",
    "DrawnTable",
    "Grid",
    "Offer",
    "Period",
    "PeriodKind",
    "Reason",
    "Refusal",
    "Table",
    "accounting",
    "draw",
    "error_of",
    "expected_error",
    "handling_band",
    "intervals",
    "is_too_uncertain",
    "noise",
    "offer",
    "percent",
    "questions",
    "reveal",
]
