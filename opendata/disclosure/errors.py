"""What can be wrong with a draw before it is made; every kind has its own class, and nothing has been drawn when one
is raised.

The messages name keys and tables, never a count: they may end up in a log.
"""

from __future__ import annotations


class DisclosureError(ValueError):
    """Something that is asked of the privacy core cannot be done as asked."""


class InvalidEpsilonError(DisclosureError):
    """A budget or a share of it is not an exact, positive and sensible number."""


class InvalidCountError(DisclosureError):
    """A count is not a whole number of zero or more."""


class InvalidGridError(DisclosureError):
    """The grid has no cells, a key twice, or a key that is missing its place in the hierarchy."""


class WrongYearError(DisclosureError):
    """Areas, grid and period do not belong to the same year."""


class InvalidPeriodError(DisclosureError):
    """A period does not exist, or is of another kind than the table is made for."""


class InvalidTableError(DisclosureError):
    """A table is declared in a way that cannot be counted, or stands in one draw twice."""


class UnsupportedTablesError(DisclosureError):
    """These tables together have margins for which no consistent whole-number estimate is known to exist."""


class OverspentError(DisclosureError):
    """The tables together cost more than the budget that was granted."""


class SecondDrawError(DisclosureError):
    """This table was drawn before for this period; a second draw would spend the budget again."""


class UnknownSelectionError(DisclosureError):
    """No table that was drawn can answer the question."""


class InvalidVolumeError(DisclosureError):
    """An expected number of meldingen is not a positive number."""


class SharedNoiseError(DisclosureError):
    """Two numbers that have noise in common were added or compared as if they were independent."""
