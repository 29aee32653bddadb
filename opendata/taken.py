"""How often what is public is taken, for who looks after it: by the week and rounded, so that it tells of nobody."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from meldingen.limits import tally
from meldingen.tenancy.models import Municipality
from meldingen.tenancy.requests import municipality

WEEKS = 8
ROUNDED_TO = 10

View = Callable[..., HttpResponseBase]


def count(view: View) -> View:
    """The view, of which each answer that holds data is counted. Asking whether something changed is not taking it."""

    @wraps(view)
    def answer_and_count(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = view(request, *args, **kwargs)
        if request.method == "GET" and answer.status_code == 200:
            name = _name(municipality(request))
            if isinstance(answer, SimpleTemplateResponse):  # has no content yet
                answer.add_post_render_callback(lambda whole: _add(name, whole))
            else:
                _add(name, answer)
        return answer

    return answer_and_count


def of(here: Municipality) -> list[tuple[date, str, str]]:
    """The last weeks that had any, the newest first: how often, and how much, in words."""
    name, today = _name(here), timezone.localdate()
    weeks, sizes = (tally.of_weeks(one, today, WEEKS) for one in (name, _bytes(name)))
    return [
        (monday, _in_words(number), _megabytes(number, size))
        for (monday, number), (_monday, size) in zip(weeks, sizes, strict=True)
        if number
    ]


def _add(name: str, answer: HttpResponseBase) -> None:
    tally.add(name, timezone.localdate())
    tally.add(_bytes(name), timezone.localdate(), _size(answer))


def _size(answer: HttpResponseBase) -> int:
    """The bytes of an answer; of a stream what its head says."""
    return len(answer.content) if isinstance(answer, HttpResponse) else int(answer.get("Content-Length", "0"))


def _megabytes(number: int, size: int) -> str:
    """In whole megabytes; of few answers nothing, for their size may tell which file it was."""
    if number < ROUNDED_TO:
        return "–"
    megabytes = round(size / 1_000_000)
    return _("%(number)s MB") % {"number": number_format(megabytes, force_grouping=True)} if megabytes else _("< 1 MB")


def _in_words(number: int) -> str:
    if number < ROUNDED_TO:
        return _("fewer than %(number)d") % {"number": ROUNDED_TO}
    return _("about %(number)s") % {"number": number_format(round(number, -1), force_grouping=True)}


def _bytes(name: str) -> str:
    return f"{name}:bytes"


def _name(here: Municipality) -> str:
    return f"taken:{here.pk}"
