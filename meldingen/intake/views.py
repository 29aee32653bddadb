"""Making a melding, step by step, complete without JavaScript. State lives in the page (meldingen.intake.draft)."""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meldingen.attachments import attaching, showing
from meldingen.attachments.arrivals import FIELD, Arrival
from meldingen.attachments.files import SMALL
from meldingen.intake.ahead import is_just_received, is_under_way, lines_ahead
from meldingen.intake.draft import Post
from meldingen.intake.pages import Left, Page, Thanks, decide, decide_stale
from meldingen.intake.receiving import second_of
from meldingen.limits.rules import floods
from meldingen.limits.senders import sender_of
from meldingen.nearby import sightings
from meldingen.notifications import following
from meldingen.notifications.forms import AddressForm
from meldingen.notifications.labels import expected_for_others
from meldingen.notifications.views import keep_private, own_answers, photos_of
from meldingen.places import geo, pictures
from meldingen.record import queries
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from meldingen.tenancy.requests import municipality


@require_http_methods(["GET", "HEAD", "POST"])
def melden(request: HttpRequest) -> HttpResponse:
    """Show the first step, or take what was typed to the next one; the last stores the melding."""
    # The switch is part of the form here, so that changing the language costs nobody what they typed.
    language = _choose_language(request)
    response = _answer(request, decide(_post(request)))
    if language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
    return response


def stale(request: HttpRequest) -> HttpResponse:
    """The step that was sent, once more: nothing is taken in, and the page has a token that counts today."""
    return _answer(request, decide_stale(_post(request)))


def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """The reference and the private address, once the melding is stored."""
    melding = queries.followed(municipality(request), token)
    if melding is None:
        return keep_private(render(request, "volg/unknown.html", status=404))
    reporter, now = getattr(melding, "reporter", None), timezone.now()
    context = {
        "melding": melding,
        "is_just_received": is_just_received(melding, now),
        "is_under_way": is_under_way(melding),
        "picture": pictures.around(municipality(request), melding.point),
        "second": second_of(melding),
        "lines": lines_ahead(melding, now),
        "photos": photos_of(melding),
        "answers": own_answers(melding),
        "form": None if reporter and reporter.is_mailed else AddressForm(),
        "same_place": list(_same_place(melding)),
    }
    return keep_private(render(request, "intake/thanks.html", context), has_form=True)


def _same_place(melding: Melding) -> Iterator[tuple[str, str]]:
    """Fields of the form by which a next melding begins at the place of this one."""
    if melding.point is None:
        if melding.place_text:
            yield "place_text", melding.place_text
        yield "buurt", melding.buurt.code
    elif melding.place_source == Melding.PlaceSource.ADDRESS and melding.address:
        yield "place_text", melding.address
    else:
        longitude, latitude = geo.to_door(melding.point)
        yield from (("longitude", f"{longitude:.6f}"), ("latitude", f"{latitude:.6f}"))
        if melding.precision is not None:
            yield "precision", str(melding.precision)
        if melding.asset is not None:
            yield "asset", str(melding.asset)


@require_http_methods(["GET", "HEAD", "POST"])
def sighting_page(request: HttpRequest, token: str) -> HttpResponse:
    """Who saw what is known already, and may ask to hear how it goes on. Nothing of it that is not public."""
    here = municipality(request)
    sighting = sightings.with_token(here, token)
    if sighting is None:
        return keep_private(render(request, "volg/unknown.html", status=404))
    form = AddressForm(request.POST if request.method == "POST" else None)
    form.focus()  # they pressed a button to follow, and this is all it takes
    if form.is_valid():
        try:
            if floods(sender_of(request)):
                raise Refused("flood", _("Much comes in from your network at this moment. Try it again in an hour."))
            language = translation.get_language() or settings.LANGUAGE_CODE
            following.follow(here, sighting.melding_id, form.address, language)
        except Refused as refused:
            form.refuse(refused)
        else:
            return keep_private(redirect(f"{reverse('melden_seen', args=[token])}?gevraagd"))
    context = {"melding": sighting.melding, "token": token, "form": form, "is_asked": "gevraagd" in request.GET}
    context["expected"] = expected_for_others(sighting.melding)
    return keep_private(render(request, "intake/seen.html", context), has_form=True)


def photo_of_form(request: HttpRequest, token: str) -> HttpResponseBase:
    """The small picture of a photo whose form was not sent yet; from then on it is on the private page."""
    return showing.give(attaching.unsent(municipality(request), token), SMALL)


def _post(request: HttpRequest) -> Post:
    return Post(
        municipality=municipality(request),
        inputs=request.POST.dict() if request.method == "POST" else _first_inputs(request),
        language=translation.get_language() or settings.LANGUAGE_CODE,
        sender=sender_of(request),
        files=[file for file in request.FILES.getlist(FIELD) if isinstance(file, Arrival)],
    )


def _first_inputs(request: HttpRequest) -> dict[str, str]:
    """What an address says of a melding that begins: a tile of the front page names its main category."""
    slug = request.GET.get("onderwerp", "")[:80]
    return {"main_subject": slug} if slug else {}


def _answer(request: HttpRequest, answer: Page | Thanks | Left) -> HttpResponse:
    if isinstance(answer, Left):
        return redirect(answer.address)
    if isinstance(answer, Thanks):
        return redirect("melden_thanks", token=answer.follow_token)
    response = render(request, answer.step.template, answer.context, status=403 if answer.notice else 200)
    # The browser may keep the page for its own Back button; nobody else may.
    response["Cache-Control"] = "private, no-cache"
    return response


def _choose_language(request: HttpRequest) -> str:
    """The language of the button that was pressed, in which the answer is from here on; empty without one."""
    if "language" not in request.POST:
        return ""
    code = request.POST["language"]
    language = code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    translation.activate(language)
    request.LANGUAGE_CODE = language
    return language
