"""The published columns. Their names are Dutch and are never changed; a new column is added at the end."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opendata.disclosure import Dimension, PeriodKind, Table


@dataclass(frozen=True)
class Column:
    """A column: its name, what it holds (text, a whole number or a number) and what that means."""

    name: str
    type: str
    meaning: Promise

    @property
    def is_number(self) -> bool:
        return self.type != "string"


_PERIOD = {
    PeriodKind.MONTH: Column("maand", "string", _("Month in which the reports came in, as 2026-07.")),
    PeriodKind.QUARTER: Column("kwartaal", "string", _("Quarter in which the reports came in, as 2026-Q3.")),
    PeriodKind.YEAR: Column("jaar", "string", _("Year in which the reports came in.")),
}
_GEMEENTE = Column("gemeentecode", "string", _("CBS code of the municipality."))
_WIJK = (
    Column("wijkcode", "string", _("CBS code of the district; 'overig' where it is unknown.")),
    Column("wijknaam", "string", _("Name of the district.")),
)
_BUURT = (
    Column("buurtcode", "string", _("CBS code of the neighbourhood; 'overig' where it is unknown.")),
    Column("buurtnaam", "string", _("Name of the neighbourhood.")),
)
_MAIN = (
    Column("hoofdcategoriecode", "string", _("Code of the main category.")),
    Column("hoofdcategorie", "string", _("Name of the main category, in Dutch.")),
)
_CATEGORY = (
    Column("categoriecode", "string", _("Code of the category; 'overig' for new ones and for no category yet.")),
    Column("categorie", "string", _("Name of the category, in Dutch.")),
)
_NUMBERS = (
    Column(
        "trekking",
        "integer",
        _("The count with noise, as drawn. Correct on average; may be below zero. For adding up and comparing."),
    ),
    Column(
        "aantal",
        "integer",
        _("The best estimate of the count: a whole number of zero or more. For reading one figure."),
    ),
    Column("ondergrens", "integer", _("Lower bound: with the upper bound it holds the true count 9 times out of 10.")),
    Column("bovengrens", "integer", _("Upper bound.")),
)
# The same in every row of a release: a CSV has no head that could say it once.
_CAVEATS = (
    Column(
        "verwachte_fout_procent",
        "integer",
        _("What all errors of this table together are expected to be, in percent of its total. Empty: total zero."),
    ),
    Column(
        "dagen_zonder_registratie",
        "integer",
        _("On how many days of the period no reports were registered, by what the municipality declares."),
    ),
    Column("voorbehoud", "string", _("What to know before concluding anything from this table; usually empty.")),
)
# The same too: with these a table of years can be read by itself.
_ORIGIN = (
    Column("grensjaar", "integer", _("Year of the borders of the areas: which file of areas goes with this row.")),
    Column("epsilon", "number", _("How much one report may change this table at most: the privacy loss of this draw.")),
)
_BY_DIMENSION: dict[Dimension, tuple[Column, ...]] = {
    Dimension.GEMEENTE: (),
    Dimension.WIJK: _WIJK,
    Dimension.BUURT: (*_WIJK, *_BUURT),
    Dimension.MAIN_CATEGORY: _MAIN,
    Dimension.CATEGORY: (*_MAIN, *_CATEGORY),
    Dimension.HANDLING_TIME: (
        Column(
            "afhandeltijd",
            "string",
            _("From receipt to the last time that it was closed; 'nog-open' was not closed on 1 April after the year."),
        ),
    ),
}

_CODES: dict[Dimension, str] = {
    Dimension.GEMEENTE: "gemeentecode",
    Dimension.WIJK: "wijkcode",
    Dimension.BUURT: "buurtcode",
    Dimension.MAIN_CATEGORY: "hoofdcategoriecode",
    Dimension.CATEGORY: "categoriecode",
    Dimension.HANDLING_TIME: "afhandeltijd",
}


def key_of(table: Table) -> tuple[str, ...]:
    """The columns that tell one row from another, in the order of the table."""
    return tuple(_CODES[dimension] for dimension in table.dimensions)


def columns_of(table: Table) -> tuple[Column, ...]:
    """The columns of a table, in order: period, gemeente, keys with their names, numbers, caveats, origin."""
    keys = tuple(column for dimension in table.dimensions for column in _BY_DIMENSION[dimension])
    return (_PERIOD[table.period_kind], _GEMEENTE, *keys, *_NUMBERS, *_CAVEATS, *_ORIGIN)
