"""Why a table is not published as declared, in words, in the language of the reader."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from opendata.datasets.declared import DECLARED, dimensions_in_words, period_in_words
from opendata.disclosure import PeriodKind
from opendata.models import PlannedTable


def reason_in_words(plan: PlannedTable) -> str:
    """A few sentences; from declared and published figures only."""
    table = plan.published_table()
    figures = {
        "asked": next((dimensions_in_words(one) for one in DECLARED if one.name == plan.asked), plan.asked),
        "period": period_in_words(PeriodKind(plan.params["asked_period"])),
        "error": plan.params["expected_error_percent"],
        "most": plan.params["max_error_percent"],
        "volume": number_format(plan.params["volume_per_year"], force_grouping=True),
        "year": plan.params.get("volume_of_year"),
    }
    if table is not None and not plan.reason:
        return _("Reports by %(asked)s appear per %(period)s.") % figures
    refusal = _("Reports by %(asked)s do not appear per %(period)s.") % figures
    why = _why(plan) % figures
    if table is None:
        nothing = _("No coarser form is precise enough either.")
        return f"{refusal} {why} {nothing}"
    instead = _("They do appear by %(dimensions)s, per %(longer)s.") % {
        "dimensions": dimensions_in_words(table),
        "longer": period_in_words(table.period_kind),
    }
    return f"{refusal} {why} {instead}"


def _why(plan: PlannedTable) -> str:
    """A sentence with places for the figures that decided."""
    if plan.params["expected_error_percent"] is None:
        return _("The figures that were published over %(year)s add up to zero.")
    if plan.params.get("volume_of_year"):
        return _(
            "At about %(volume)s reports a year, as the figures over %(year)s say, the expected error is %(error)s "
            "%%; more than %(most)s %% is too much to be of use."
        )
    return _(
        "At about %(volume)s reports a year, as the municipality declares, the expected error is %(error)s %%; more "
        "than %(most)s %% is too much to be of use."
    )
