"""One melding in the inbox, in two lines of words: what, where, since when, with whom and until when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, F, OuterRef, QuerySet, Subquery, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meldingen import calendar
from meldingen.categories.models import Category
from meldingen.categories.subjects import pictogram
from meldingen.handling.desk import labels
from meldingen.record import references, workflow
from meldingen.record.models import Addition, Melding

LENGTH = 70  # of what the reporter wrote


@dataclass(frozen=True)
class Row:
    """What a line of the inbox shows beside the melding itself."""

    melding: Melding
    drawing: str
    place: str
    age: str
    excerpt: str
    term: labels.Term | None
    is_selected: bool = False
    taken_by: str = ""
    is_added: bool = False  # the excerpt is of what the reporter wrote after it
    goes_with: str = ""  # the reference of the one that it was merged into
    reports: int = 1  # it is about, with those that were merged into it


def with_additions(meldingen: QuerySet[Melding]) -> QuerySet[Melding]:
    """The same, each with what its reporter wrote last as long as nobody has read that."""
    last = Addition.objects.filter(melding=OuterRef("pk")).order_by("-pk").values("text")[:1]
    return meldingen.annotate(addition=Case(When(reporter_spoke_at__isnull=False, then=Subquery(last))))


def with_leads(meldingen: QuerySet[Melding]) -> QuerySet[Melding]:
    """The same, each that was merged with the reference of the one that leads, each that leads with how many."""
    merged = Melding.objects.filter(lead=OuterRef("pk")).order_by().values("lead").values(number=Count("pk"))
    return meldingen.annotate(lead_reference=F("lead__reference"), merged_number=Subquery(merged))


def row(
    melding: Melding, now: datetime, zone: str, *, selected: int | None = None, taken: Mapping[int, str] | None = None
) -> Row:
    """The line of a melding that comes with its category, team and buurt."""
    added: str = getattr(melding, "addition", None) or ""
    return Row(
        melding,
        drawing_of(melding.category),
        place_of(melding),
        age(melding.received_at, now, zone),
        labels.excerpt(" ".join((added or melding.text).split()), LENGTH),
        term(melding, now, zone),
        melding.pk == selected,
        (taken or {}).get(melding.pk, ""),
        bool(added),
        lead_of(melding),
        1 + (getattr(melding, "merged_number", None) or 0),
    )


def lead_of(melding: Melding) -> str:
    """The reference of the one that it was merged into, as people read it; empty for one that stands alone."""
    reference: str | None = getattr(melding, "lead_reference", None)
    return references.spaced(reference) if reference else ""


def drawing_of(category: Category | None) -> str:
    """The drawing of what it is about."""
    return pictogram([category.subject or category.slug]) if category else ""


def place_of(melding: Melding) -> str:
    """Street and number where they are known, else what was said of the place, else the buurt."""
    words = melding.address or melding.place_text
    return words.partition(",")[0] if words else melding.buurt.name


def age(since: datetime, now: datetime, zone: str) -> str:
    """How long ago, in one short word; in days of the calendar, as terms are: nothing is later than it is old."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 60:
        return _("%(n)d min") % {"n": minutes}
    if minutes < 24 * 60:
        return _("%(n)d h") % {"n": minutes // 60}
    return _("%(n)d d") % {"n": (calendar.local_day(now, zone) - calendar.local_day(since, zone)).days}


def term(melding: Melding, now: datetime, zone: str) -> labels.Term | None:
    """The term as a line has room for it; None where nothing is due."""
    if melding.deadline is None or melding.state not in workflow.RUNNING:
        return None
    days = (calendar.local_day(melding.deadline, zone) - calendar.local_day(now, zone)).days
    if melding.deadline >= now and days >= 2:
        return labels.Term(_("%(n)d d left") % {"n": days}, "soon" if days == 2 else "later")
    if melding.deadline >= now:
        return labels.term(melding, now, zone) if melding.danger else _near(days)
    if labels.is_late_by_hours(melding, now):
        return labels.Term(_("%(age)s too late") % {"age": age(melding.deadline, now, zone)}, "overdue")
    if days >= -1:
        return labels.Term(_("too late since today") if not days else _("too late since yesterday"), "overdue")
    return labels.Term(ngettext("%(n)d d too late", "%(n)d d too late", -days) % {"n": -days}, "overdue")


def _near(days: int) -> labels.Term:
    return labels.Term(_("tomorrow"), "soon") if days else labels.Term(_("today"), "today")
