"""What a reader must know of a dataset to read a view of it well: said below its figures."""

from django.utils.translation import gettext as _

from opendata.disclosure import Dimension, PeriodKind
from opendata.figures.view import View


def notes_of(view: View) -> list[str]:
    """In sentences; none where the figures speak for themselves."""
    return [words for is_so, words in _all(view) if is_so]


def _all(view: View) -> list[tuple[bool, str]]:
    table = view.dataset.table
    is_of_durations = Dimension.HANDLING_TIME in table.dimensions
    return [
        (
            is_of_durations and view.by is Dimension.MAIN_CATEGORY,
            _(
                "Here stand numbers of reports, of all subjects, and not how long they took. For that choose “By "
                "handling time”, and then a subject."
            ),
        ),
        (
            is_of_durations,
            _(
                "We do not give this by area: the privacy budget of a year is divided over its tables, and none of "
                "them tells area and handling time together. So nobody can say from these figures which part of the "
                "town is slowest."
            ),
        ),
        (
            table.period_kind is PeriodKind.YEAR,
            _(
                "Figures of years are drawn apart from those of months, each with noise of its own. So the months of "
                "a year do not add up to what stands here: both are right, each within its bounds."
            ),
        ),
    ]
