"""Reports and cases of a period, for colleagues: a picture, and the same as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import add
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meldingen.handling.desk import asked, confidential, worklists
from meldingen.handling.figures import MOST_DAYS, By, Days, Figures, Row, figures_of, period_of
from meldingen.record.models import Melding
from meldingen.staffsite.site import site
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, may

WIDE = 1000  # of the picture, in its own measure
PERIODS = {
    "week": gettext_lazy("This week"),
    "last-week": gettext_lazy("Last week"),
    "month": gettext_lazy("This month"),
    "last-month": gettext_lazy("Last month"),
}
DIVISIONS = {By.CATEGORY: gettext_lazy("By subject"), By.TEAM: gettext_lazy("By team")}


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    years = [MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2200, 12, 31))]  # a slip of a finger
    return forms.DateField(label=label, widget=widget, validators=years)


class DaysForm(forms.Form):
    """From which day to which."""

    since = _day(gettext_lazy("Received from"))
    until = _day(gettext_lazy("Received until"))

    def clean(self) -> dict[str, Any]:
        """Days in their order, and no more than a year: what it costs follows them."""
        said = super().clean() or {}
        since, until = said.get("since"), said.get("until")
        if since and until and since > until:
            self.add_error("until", _("This day is before “received from”: nothing can be found."))
        elif since and until and (until - since).days >= MOST_DAYS:
            self.add_error("until", _("Choose at most a year."))
        return said


@dataclass(frozen=True)
class Line:
    """A row as the page shows it: its name, its bar, and where the meldingen themselves are."""

    name: str
    figures: Figures
    parts: list[tuple[str, str, str]]  # of its bar: what it is, where it begins, how long it is
    urls: dict[str, str]


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The figures of `period`, or of the days from `since` to `until`; who decides on their own teams' alone sees
    those, as in the numbers beside the worklists.
    """
    if not may(request, Right.VIEW):
        raise PermissionDenied
    reader, where = worklists.reader_of(request), municipality(request)
    by = By.TEAM if request.GET.get("by") == By.TEAM else By.CATEGORY
    period, days, form = _days(request.GET, reader.today)
    visible = worklists.to_act_on(confidential.visible(request, Melding.objects.of(where)), reader)
    rows = figures_of(where, visible, days, by, reader.now) if days else []
    context = {
        **site.each_context(request),
        "title": _("Figures"),
        "periods": _links(PERIODS, period, lambda slug: {"period": slug, "by": by}),
        "divisions": _links(DIVISIONS, by, lambda slug: {**_asked_days(period, days), "by": slug}),
        "by": by,
        "form": form,
        "days": days,
        "lines": _lines(rows, by, days) if days else [],
        "total": reduce(add, (row.figures for row in rows), Figures()),
        "is_of_own_teams": worklists.acts_on_own(reader),
    }
    return TemplateResponse(request, "handling/figures.html", context)


def _days(query: QueryDict, today: date) -> tuple[str, Days | None, DaysForm]:
    """The name of the period, its days, and the form that shows them; no days where those that were typed are wrong."""
    if "since" in query or "until" in query:
        form = DaysForm(query)
        is_valid = form.is_valid()
        return "", Days(form.cleaned_data["since"], form.cleaned_data["until"]) if is_valid else None, form
    period = query.get("period", "")
    period = period if period in PERIODS else "week"
    days = period_of(period, today)
    return period, days, DaysForm(initial={"since": days.first, "until": days.last} if days else None)


def _asked_days(period: str, days: Days | None) -> dict[str, Any]:
    return {"period": period} if period or not days else {"since": days.first, "until": days.last}


def _links(names: Any, chosen: str, query: Any) -> list[dict[str, Any]]:
    return [
        {"words": words, "query": urlencode(query(slug)), "is_chosen": slug == chosen} for slug, words in names.items()
    ]


def _lines(rows: list[Row], by: By, days: Days) -> list[Line]:
    most = max((row.figures.cases + row.figures.merged for row in rows), default=1)
    none = _("No team yet") if by == By.TEAM else _("No category yet")
    return [Line(row.name or none, row.figures, _parts(row.figures, most), _urls(row, by, days)) for row in rows]


def _parts(figures: Figures, most: int) -> list[tuple[str, str, str]]:
    """The parts of a bar, one behind the other, as wide as the longest bar is the whole picture."""
    numbers = (
        ("closed", figures.closed), ("open", figures.open - figures.late), ("late", figures.late),
        ("merged", figures.merged),
    )  # fmt: skip
    parts, start = [], 0
    for name, number in numbers:
        if number:
            begin, end = start * WIDE // most, (start + number) * WIDE // most
            parts.append((name, str(begin), str(end - begin)))
        start += number
    return parts


def _urls(row: Row, by: By, days: Days) -> dict[str, str]:
    """Where all of it is, and what is late, as the inbox finds them."""
    own = {by.value: row.id or asked.NONE, "since": days.first, "until": days.last}
    return {slug: f"{reverse('admin:index')}?{urlencode({'list': slug, **own})}" for slug in ("all", "late")}
