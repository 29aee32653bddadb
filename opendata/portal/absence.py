"""What is not there: said in the format that was asked, with what to do, and when it comes if it will."""

import csv
import io
import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from analytics import grid
from meldingen.api.problems import Wrong, problem
from meldingen.tenancy.requests import municipality
from opendata import holds
from opendata.disclosure import DisclosureError, Period
from opendata.models import Release
from opendata.portal.controls import label_of

PROBLEM = "application/problem+json"
MINUTES = 5
READS = ("GET", "HEAD")
View = Callable[..., HttpResponseBase]


def no_release(request: HttpRequest, dataset: str, period: str, extension: str) -> HttpResponse:
    """404 for a period of a dataset; one that is not out yet is told when it will be."""
    here = municipality(request)
    release = Release.objects.drawn().of(here).filter(dataset=dataset).only("period").first()
    try:
        asked_period = Period.parse(period)
    except DisclosureError:
        return absent(request, extension, _("This period does not exist. Write 2026-07, 2026-Q3 or 2026."))
    if release is None:
        return absent(request, extension, _("There is no such dataset here. The list of datasets is at /data/."))
    kind = Period.parse(release.period).kind
    if asked_period.kind is not kind:
        return absent(request, extension, _("This dataset has periods like %(period)s.") % {"period": release.period})
    standstill = holds.current(here).get(asked_period)
    if standstill is not None:
        day = max(standstill.until, asked_period.draw_day)
        return absent(request, extension, standstill.in_words(), day, _("Not out yet"))
    if asked_period.draw_day > grid.today(here):
        words = _("The figures of %(period)s appear on %(day)s at the earliest.")
        figures = {"period": period, "day": date_format(asked_period.draw_day, "j F Y")}
        return absent(request, extension, words % figures, asked_period.draw_day, _("Not out yet"))
    words = _("There are no figures of %(period)s. The page of the dataset says which periods there are.")
    return absent(request, extension, words % {"period": period})


def wrong(
    request: HttpRequest, extension: str, words_of: Mapping[str, str], again: Mapping[str, object]
) -> HttpResponse:
    """400 for an address that asks what no figure tells: for each parameter that is at fault what is wrong with it.
    `again`: what a page needs to let its reader choose anew.
    """
    words = " ".join(f"{name}: {reason}" if name else reason for name, reason in words_of.items())
    if "json" in extension and not _by_browser(request, extension):
        errors = [Wrong("query", name, "invalid", reason) for name, reason in words_of.items()]
        return problem(400, words, errors)
    if _by_browser(request, extension):
        reasons = [(label_of(name), reason) for name, reason in words_of.items()]
        context = {"title": _("This cannot be shown"), "wrong": reasons, **again}
        response = render(request, "opendata/wrong.html", context, status=400)
    else:
        response = _in_format(request, 400, extension, _("This cannot be shown"), words, None)
    response["Cache-Control"] = "no-store"
    return response


def absent(request: HttpRequest, extension: str, words: str, day: date | None = None, title: str = "") -> HttpResponse:
    """404, not to be kept: it may be there tomorrow."""
    response = _in_format(request, 404, extension, title or _("Not there"), words, day)
    response["Cache-Control"] = "no-store"
    return response


def unavailable(request: HttpRequest, extension: str, words: str) -> HttpResponse:
    """503, never to be kept."""
    response = _in_format(request, 503, extension, _("Away for a moment"), words, None)
    response["Retry-After"] = str(MINUTES * 60)
    response["Cache-Control"] = "no-store"
    return response


def reads_alone(view: View) -> View:
    """The view of a file; who wants to do more than read it hears that in the format of the file."""

    @wraps(view)
    def read(request: HttpRequest, *args: Any, **parameters: Any) -> HttpResponseBase:
        if request.method in READS:
            return view(request, *args, **parameters)
        words = _("This can only be read (GET, HEAD).")
        response = _in_format(request, 405, parameters.get("extension", "json"), _("Not possible here"), words, None)
        response["Allow"] = ", ".join((*READS, "OPTIONS"))
        return response

    return read


def _in_format(
    request: HttpRequest, status: int, extension: str, title: str, words: str, day: date | None
) -> HttpResponse:
    """A page for who reads with a browser; else what the program that asked can read."""
    if _by_browser(request, extension):
        return render(request, "opendata/absent.html", {"title": title, "words": words}, status=status)
    if "json" in extension:
        problem = {"type": "about:blank", "title": title, "status": status, "detail": words}
        if day is not None:
            problem["verschijnt_op"] = day.isoformat()
        return HttpResponse(json.dumps(problem, ensure_ascii=False), status=status, content_type=PROBLEM)
    if extension == "csv":
        text = io.StringIO(newline="")
        comes = {"verschijnt_op": day or ""} if status == 404 else {}
        csv.writer(text, lineterminator="\r\n").writerows([["fout", *comes], [words, *comes.values()]])
        return HttpResponse(text.getvalue(), status=status, content_type="text/csv; charset=utf-8")
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")


def _by_browser(request: HttpRequest, extension: str) -> bool:
    return extension == "html" or "text/html" in request.headers.get("Accept", "")
