"""The pages of what a reporter does after sending, at the private address of their melding.

A page shows what will happen, and its button does it: programs that look into mail open every link.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from meldingen.attachments import showing, tokens
from meldingen.attachments.arrivals import FIELD
from meldingen.followup import adding, leaving, picturing, rating, withdrawing
from meldingen.followup.forms import AddForm, GradeForm, PhotosForm, ShortfallForm, WithdrawForm
from meldingen.limits.senders import sender_of
from meldingen.notifications.forms import AddressForm
from meldingen.notifications.offers import offers
from meldingen.notifications.views import keep_private, photos_of, unknown
from meldingen.record import queries
from meldingen.record.models import Melding, Satisfaction
from meldingen.record.outcomes import Shortfall
from meldingen.refusals import Refused
from meldingen.tenancy.models import Municipality
from meldingen.tenancy.requests import municipality

Values = Mapping[str, Any]
# The icon of each grade, from the least to the most content.
FACES = ("angry", "frown", "meh", "smile", "laugh")


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something that a reporter does: its page and form, what it may be refused for, and the use case.

    `name` is that of the template; by `word` the private page says so afterwards; `more` and `shows`: what the page
    shows too, always and of this melding; `reads`: what the use case gets of the request besides the form.
    """

    name: str
    title: Any
    form: type[Form]
    check: Callable[[Melding], None]
    do: Callable[[Municipality, str, Values], None]
    word: str
    more: Mapping[str, Any] = field(default_factory=dict)
    shows: Callable[[Melding], Values] = lambda _melding: {}
    reads: Callable[[HttpRequest], Values] = lambda _request: {}


def _chosen_and_sent(melding: Melding) -> Values:
    unsent = picturing.unsent(melding)
    marks = [tokens.token_of(photo) for photo in unsent]
    pairs = list(zip(showing.unsent(unsent), marks, strict=True))
    return {"photos": photos_of(melding), "chosen": pairs, "room": picturing.room(melding) - len(unsent)}


_FACES = {"faces": [(*grade, icon) for grade, icon in zip(Satisfaction.Grade.choices, FACES, strict=True)]}
ADD = Act(
    name="add",
    title=_("Add something to your report"),
    form=AddForm,
    check=adding.check,
    more={"own_words": Shortfall.WORDS},
    word="toegevoegd",
    do=lambda here, token, values: adding.add(here, token, values["text"]),
)
PHOTOS = Act(
    name="photos",
    title=_("Add photos to your report"),
    form=PhotosForm,
    check=picturing.check,
    word="fotos",
    shows=_chosen_and_sent,
    reads=lambda request: {"arrivals": request.FILES.getlist(FIELD), "sender": sender_of(request)},
    do=lambda here, token, values: picturing.add(here, token, values["arrivals"], sender=values["sender"]),
)
WITHDRAW = Act(
    name="withdraw",
    title=_("Do you want to withdraw your report?"),
    form=WithdrawForm,
    check=withdrawing.check,
    word="ingetrokken",
    do=lambda here, token, values: withdrawing.withdraw(here, token, values["text"]),
)
SHORTFALL = Act(
    name="unsolved",
    title=_("It is not solved"),
    form=ShortfallForm,
    check=rating.check,
    word="niet-opgelost",
    more={"reasons": [each for each in Shortfall.choices if each[0] != Shortfall.WORDS], "own_words": Shortfall.WORDS},
    do=lambda here, token, values: rating.say_unsolved(here, token, values["reason"], values["text"]),
)
SOLUTION = Act(
    name="solved",
    title=_("Is it solved?"),
    form=Form,
    check=rating.check,
    word="opgelost",
    more=_FACES,
    do=lambda here, token, _values: rating.say_solved(here, token),
)
GRADE = Act(
    name="solved",
    title=_("Is it solved?"),
    form=GradeForm,
    check=rating.check,
    word="beoordeeld",
    more=_FACES,
    do=lambda here, token, values: rating.grade(here, token, values["grade"]),
)


ADDRESS = Act(
    name="address",
    title=_("Mail me the link"),
    form=AddressForm,
    check=leaving.check,
    word="gemaild",
    do=lambda here, token, values: leaving.leave_address(here, token, values["email"], get_language() or ""),
)


@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, token: str) -> HttpResponse:
    """Leave an e-mail address with a melding that has none."""
    return _page(request, token, ADDRESS)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, token: str) -> HttpResponse:
    """A box for what comes to mind later."""
    return _page(request, token, ADD)


@require_http_methods(["GET", "HEAD", "POST"])
def photos(request: HttpRequest, token: str) -> HttpResponse:
    """Photos that come to mind later, or that a colleague asked for: chosen and removed first, then sent."""
    to_remove = request.POST.get("photo_off", "")
    if to_remove or request.POST.get("go") == "photos":
        return _choose_photos(request, token, to_remove)
    return _page(request, token, PHOTOS)


def _choose_photos(request: HttpRequest, token: str, to_remove: str) -> HttpResponse:
    form, refusal = PhotosForm(request.POST), ""
    form.is_valid()
    try:
        values = PHOTOS.reads(request)
        for each in picturing.choose(
            municipality(request), token, values["arrivals"], to_remove, sender=values["sender"]
        ):
            form.add_error("photos", str(each.message))
    except Melding.DoesNotExist:
        return unknown(request)
    except Refused as refused:
        refusal = str(refused.message)
    return _show(request, token, PHOTOS, form, refusal)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """What it means to take it back, with the button that does it."""
    return _page(request, token, WITHDRAW)


@require_http_methods(["GET", "HEAD", "POST"])
def shortfall(request: HttpRequest, token: str) -> HttpResponse:
    """Why it is not solved: each reason is a button."""
    return _page(request, token, SHORTFALL)


@require_http_methods(["GET", "HEAD", "POST"])
def solution(request: HttpRequest, token: str) -> HttpResponse:
    """Whether it is solved; who says yes is asked how content they are."""
    return _page(request, token, SOLUTION, then="volg_solved")


@require_POST
def grade(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the face that was pressed."""
    return _page(request, token, GRADE)


def _page(request: HttpRequest, token: str, act: Act, then: str = "volg") -> HttpResponse:
    """Do what a right form asks, and go on to the page `then`; else show the page, with what is wrong."""
    here = municipality(request)
    form = act.form(request.POST if request.method == "POST" else None)
    refusal: Any = ""
    try:
        if form.is_bound and form.is_valid():
            act.do(here, token, {**form.cleaned_data, **act.reads(request)})
            return keep_private(redirect(f"{reverse(then, args=[token])}?gedaan={act.word}"), has_form=True)
    except Melding.DoesNotExist:
        return unknown(request)
    except Refused as refused:
        if refused.field:
            form.add_error(refused.field, str(refused.message))
        else:
            refusal = refused.message
    return _show(request, token, act, form, refusal)


def _show(request: HttpRequest, token: str, act: Act, form: Form, refusal: Any) -> HttpResponse:
    melding = queries.followed(municipality(request), token)
    if melding is None:
        return unknown(request)
    context = {"melding": melding, "title": act.title, "form": form, **act.more, **act.shows(melding)}
    context["refusal"] = refusal or _refusal(act, melding)
    context["offers"] = offers(melding, timezone.now())
    context["satisfaction"] = getattr(melding, "satisfaction", None)
    return keep_private(render(request, f"followup/{act.name}.html", context), has_form=True)


def _refusal(act: Act, melding: Melding) -> Any:
    """Why the page has no button now; empty where it has."""
    try:
        act.check(melding)
    except Refused as refused:
        return refused.message
    return ""
