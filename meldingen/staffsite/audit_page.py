"""Who did what: the audit log of a municipality, for its managers, on a page and as a file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from meldingen.staffsite.audit_words import Line, lines_of
from meldingen.staffsite.site import site
from meldingen.tenancy.models import AuditEntry, Municipality, User
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, may

PAGE = 50
MOST_IN_FILE = 100_000
COLUMNS = ("moment", "wie", "wat", "waarvan", "bijzonderheden", "netwerk")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class AuditFilterForm(forms.Form):
    """Who, what, and from which day to which."""

    who = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Who"), required=False)
    what = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    start = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    end = forms.DateField(
        label=gettext_lazy("Up to and including"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    def __init__(self, answers: Mapping[str, Any], where: Municipality) -> None:
        super().__init__(answers)
        who: Any = self.fields["who"]
        who.queryset = people_of(where)
        who.empty_label = _("Everybody")
        who.label_from_instance = lambda user: user.get_full_name() or user.get_username()
        what: Any = self.fields["what"]
        what.choices = [("", _("Everything")), *AuditEntry.Kind.choices]


def people_of(where: Municipality) -> QuerySet[User]:
    """Who stands in the log of this municipality: who left too, and nobody of another."""
    actors = AuditEntry.objects.of(where).filter(actor__isnull=False).values("actor")
    return User.objects.filter(pk__in=actors).order_by("first_name", "last_name", "username")


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """A page of the log, the newest first."""
    where = municipality(request)
    form, rows = _choices(request)
    if before := _number(request.GET.get("before", "")):
        rows = rows.filter(pk__lt=before)
    entries = list(rows[: PAGE + 1])
    query = request.GET.copy()
    query.pop("before", None)
    context = {
        **site.each_context(request),
        "title": _("Who did what"),
        "form": form,
        "lines": lines_of(where, entries[:PAGE]),
        "query": query.urlencode(),
        "older": entries[PAGE - 1].pk if len(entries) > PAGE else None,
        "is_newest": not before,
        "days": where.audit_days,
    }
    return TemplateResponse(request, "staffsite/audit.html", context)


@require_safe
def give(request: HttpRequest) -> StreamingHttpResponse:
    """The same as a file, for a spreadsheet."""
    where = municipality(request)
    _form, rows = _choices(request)
    day = timezone.localdate().isoformat()
    lines = _file_rows(where, rows[:MOST_IN_FILE].iterator(chunk_size=1000))
    response = StreamingHttpResponse(_csv(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="logboek-{where.code}-{day}.csv"'
    response["Cache-Control"] = "no-store, private"
    return response


def _choices(request: HttpRequest) -> tuple[AuditFilterForm, QuerySet[AuditEntry]]:
    """The filters and what they leave. Http404 for somebody or something that is not in this log."""
    if not may(request, Right.MANAGE):
        raise PermissionDenied
    where = municipality(request)
    form = AuditFilterForm(request.GET, where)
    form.is_valid()
    if form.has_error("who") or form.has_error("what"):
        raise Http404
    rows, choices = AuditEntry.objects.of(where).select_related("actor"), form.cleaned_data
    if choices.get("who"):
        rows = rows.filter(actor=choices["who"])
    if choices.get("what"):
        rows = rows.filter(kind=choices["what"])
    if choices.get("start"):
        rows = rows.filter(happened_at__gte=_midnight(choices["start"], where))
    if choices.get("end"):
        rows = rows.filter(happened_at__lt=_midnight(choices["end"] + timedelta(days=1), where))
    return form, rows.order_by("-pk")


def _midnight(day: date, where: Municipality) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(where.time_zone))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def _file_rows(where: Municipality, entries: Iterable[AuditEntry]) -> Iterator[list[str]]:
    yield list(COLUMNS)
    batch: list[AuditEntry] = []
    for entry in entries:
        batch.append(entry)
        if len(batch) == 1000:
            yield from map(_cells, lines_of(where, batch))
            batch = []
    yield from map(_cells, lines_of(where, batch))


def _cells(line: Line) -> list[str]:
    moment = timezone.localtime(line.happened_at).isoformat(timespec="seconds")
    cells = [moment, line.who, line.what, line.target, "; ".join(line.details), line.network]
    # No cell is a formula, whatever somebody is called.
    return [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells]


class _Paper:
    def write(self, text: str) -> str:
        return text


def _csv(rows: Iterable[list[str]]) -> Iterator[str]:
    yield "\ufeff"
    writer = csv.writer(_Paper(), delimiter=";")
    for row in rows:
        yield str(writer.writerow(row))
