"""Why a table is not published as declared, in words, in the language of the reader."""

from django.utils.translation import gettext as _

from opendata.datasets.declared import dimensions_in_words, period_in_words
from opendata.disclosure import PeriodKind
from opendata.models import Choice


def reason_in_words(choice: Choice) -> str:
    """One or two sentences; from declared figures only."""
    figures = {
        "table": choice.asked,
        "period": period_in_words(PeriodKind(choice.params["asked_period"])),
        "error": choice.params["expected_error_percent"],
        "most": choice.params["max_error_percent"],
        "volume": choice.params["volume_per_year"],
    }
    table = choice.published_table()
    if table is not None and not choice.reason:
        return _("Table %(table)s is published per %(period)s.") % figures
    refused = _(
        "Table %(table)s is not published per %(period)s: at about %(volume)s meldingen a year the expected error is "
        "%(error)s %%, and more than %(most)s %% is too much to be of use."
    )
    if table is None:
        return f"{refused % figures} {_('No coarser form of it is precise enough either.')}"
    instead = _("Instead it is published by %(dimensions)s, per %(longer)s.") % {
        "dimensions": dimensions_in_words(table),
        "longer": period_in_words(table.period_kind),
    }
    return f"{refused % figures} {instead}"
