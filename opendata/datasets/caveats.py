"""What a reader must know before concluding anything from a release: it stands in its files, on its page, in the list
and in the catalogue.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from opendata.disclosure import is_too_uncertain, percent
from opendata.models import Release
from opendata.registration import Registration, Span, first_figures, missing, number_of_days


@dataclass(frozen=True)
class Caveats:
    """Of one release: its expected error (a fraction; None where its total is zero), the number of days of its period,
    and the spans of them without registration.
    """

    error: float | None
    days: int
    missing: tuple[Span, ...]

    @property
    def error_percent(self) -> int | None:
        """The expected error as a whole percentage; None where there is none."""
        return None if self.error is None else percent(self.error)

    @property
    def is_too_uncertain(self) -> bool:
        return is_too_uncertain(self.error)

    @property
    def missing_days(self) -> int:
        return number_of_days(self.missing)

    @property
    def spans(self) -> list[str]:
        """The days without registration as ISO 8601 writes them: 2026-05-03/2026-05-05."""
        return [f"{first}/{last}" for first, last in self.missing]

    def in_words(self) -> list[str]:
        """In the language of the reader; empty when there is nothing to say."""
        return list(self._in_words())

    def in_file(self) -> list[str]:
        """In Dutch, as the columns are: these words never change, for a file that is made again has the same bytes."""
        return list(self._in_file())

    def _in_words(self) -> Iterator[str]:
        if self.error_percent is None:
            yield _("The published total of this table is zero or less: too uncertain to conclude from.")
        elif self.is_too_uncertain:
            yield _("The expected error is %(error)d %%: too uncertain to conclude from.") % {
                "error": self.error_percent
            }
        if self.missing_days == self.days:
            yield _("The municipality does not declare that reports were registered in this period.")
        elif self.missing:
            figures = {"number": self.missing_days, "days": self.days, "when": spans_in_words(self.missing)}
            yield _("On %(number)d of the %(days)d days no reports were registered: %(when)s.") % figures

    def _in_file(self) -> Iterator[str]:
        if self.is_too_uncertain:
            yield "te onzeker voor conclusies"
        if self.missing_days == self.days:
            yield "voor deze periode is geen registratie opgegeven"
        elif self.missing:
            yield f"geen registratie op {self.missing_days} van de {self.days} dagen"


def caveats_of(release: Release, registration: Registration) -> Caveats:
    """What must be said of a release by what the municipality declares today."""
    days = (release.last_day - release.first_day).days + 1
    return Caveats(release.expected_error, days, missing(registration, release.first_day, release.last_day))


def first_figures_in_words(registration: Registration, today: date) -> str:
    """When a municipality without figures has its first ones, for readers."""
    day = first_figures(registration, today)
    if day is None:
        return _("Nothing has been published yet, and no day is known for the first figures.")
    when = {"day": date_format(day, "j F Y")}
    return _("Nothing has been published yet. The first figures appear on %(day)s at the earliest.") % when


def registered_in_words(registration: Registration) -> str:
    """On which days meldingen were registered, as the municipality declares: a sentence or two for readers."""
    if registration.first is None:
        return _("The municipality has not declared yet since when it registers reports here.")
    days = {"first": date_format(registration.first, "j F Y")}
    if registration.last is None:
        sentence = _("Reports have been registered here since %(first)s.") % days
    else:
        days["last"] = date_format(registration.last, "j F Y")
        sentence = _("Reports were registered here from %(first)s to %(last)s.") % days
    if not registration.gaps:
        return sentence
    without = _("Not on: %(when)s.") % {"when": spans_in_words(registration.gaps)}
    return f"{sentence} {without}"


def spans_in_words(spans: tuple[Span, ...]) -> str:
    """ "3 May 2026, 10 to 12 June 2026", in the language of the reader."""
    return ", ".join(_span_in_words(first, last) for first, last in spans)


def _span_in_words(first: date, last: date) -> str:
    if first == last:
        return date_format(first, "j F Y")
    return _("%(first)s to %(last)s") % {"first": date_format(first, "j F Y"), "last": date_format(last, "j F Y")}
