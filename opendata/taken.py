"""How often what is public is taken, for who looks after it: by the week and rounded, so that it tells of nobody."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
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
            tally.add_one(_name(municipality(request)), timezone.localdate())
        return answer

    return answer_and_count


def of(here: Municipality) -> list[tuple[date, str]]:
    """The last weeks that had any, the newest first, in words."""
    weeks = tally.of_weeks(_name(here), timezone.localdate(), WEEKS)
    return [(monday, _in_words(number)) for monday, number in weeks if number]


def _in_words(number: int) -> str:
    if number < ROUNDED_TO:
        return _("fewer than %(number)d") % {"number": ROUNDED_TO}
    return _("about %(number)s") % {"number": number_format(round(number, -1), force_grouping=True)}


def _name(here: Municipality) -> str:
    return f"taken:{here.pk}"
