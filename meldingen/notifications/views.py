"""Following a melding at its private address. Whoever has the address may read; nobody else can guess it.

What only the holder of the reporter's e-mail address may say (this is my report, or it is not) asks for the key of a
mail besides, and for a POST: programs that look into mail open every link.
"""

import math
import uuid
from functools import partial
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from meldingen.attachments import files, showing
from meldingen.attachments.models import Photo
from meldingen.limits.rules import wait_for_link
from meldingen.limits.senders import sender_of
from meldingen.notifications import asking, consent, links, reading, recipients
from meldingen.notifications.forms import LinkForm
from meldingen.notifications.labels import DONE, OTHERS_WORDS, banner, expected, expected_for_others, stands
from meldingen.notifications.models import Recipient
from meldingen.notifications.offers import offers
from meldingen.places import pictures
from meldingen.questions.reading import InWords, answers_of
from meldingen.record import queries, references, workflow
from meldingen.record.models import Melding
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.urls import absolute

_SIZES = {"groot": files.LARGE, "klein": files.SMALL}


def volg(request: HttpRequest, token: str) -> HttpResponse:
    """Where the melding stands, what happened and was answered, and what its reporter may do; a 404 that helps for any
    other address.

    Who came by a mail is asked whether it is their report. Who follows it has an address of their own, with less on it.
    """
    here = municipality(request)
    melding = queries.followed(here, token)
    if melding is None:
        follower = recipients.find_follower(here, token)
        return _page_of_follower(request, follower) if follower and _may_read(follower) else unknown(request)
    key = request.GET.get("mail", "")
    history, how, options = reading.own_history(melding), _standing(melding), offers(melding, timezone.now())
    context = how | {
        "melding": melding,
        "picture": pictures.around(here, melding.point),
        "danger": melding.danger if melding.state in workflow.OPEN else "",
        "history": history[::-1],
        "ending": reading.ending(reading.standing(melding), history),
        "offers": options,
        "rated": reading.rating(melding) if options.asks_whether_solved else "",
        "stays_closed": request.GET.get("gedaan") == "toegevoegd" and options.asks_whether_solved,
        "done": DONE.get(request.GET.get("gedaan", ""), ""),
        "is_declined": melding.state == workflow.DECLINED and not how["is_merged"],
        "holder": links.holder(melding, key) if key else None,
        "photos": photos_of(melding),
        "answers": own_answers(melding),
        "key": key,
    }
    has_form = options.asks_whether_solved or context["holder"] is not None
    return keep_private(render(request, "volg/volg.html", context), has_form=has_form)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Follow a melding whose link is lost: its reference and the address that was left with it bring a mail.

    The answer is the same whether or not the two belong together.
    """
    form = LinkForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if wait := wait_for_link(sender_of(request)):
            return render(request, "web/too_many.html", {"seconds": math.ceil(wait)}, status=429)
        asking.ask(municipality(request), form.cleaned_data["reference"], form.cleaned_data["email"])
        return keep_private(redirect(f"{reverse('volg_help')}?gevraagd=ja"), has_form=True)
    context = {"form": form, "is_asked": request.GET.get("gevraagd") == "ja"}
    return keep_private(render(request, "volg/ask.html", context), has_form=True)


def photos_of(melding: Melding) -> list[showing.Picture]:
    """The reporter's photos, each at an address beneath their private page."""
    return showing.pictures_of(list(melding.photos.all()), partial(_photo_address, melding.follow_token))


def own_answers(melding: Melding) -> list[InWords]:
    """What they answered to the questions of its category, for themselves alone."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    return answers_of(melding.municipality_id, [melding.pk], language).get(melding.pk, [])


def photo(request: HttpRequest, token: str, key: uuid.UUID, size: str) -> HttpResponseBase:
    """A photo for who made the melding; a 404 for everybody else, followers too."""
    melding = queries.followed(municipality(request), token)
    if melding is None or size not in _SIZES:
        raise Http404
    return showing.give(melding.photos.filter(key=key).first(), _SIZES[size])


def _photo_address(token: str, photo: Photo, which: str) -> str:
    return reverse("volg_photo", args=[token, photo.key, next(size for size, each in _SIZES.items() if each == which)])


def _page_of_follower(request: HttpRequest, follower: Recipient) -> HttpResponse:
    """What somebody reads who follows a melding, with the buttons that start and stop its mails."""
    melding = _melding(follower)
    standing, history = reading.standing(melding), reading.others_history(melding)
    context = {
        "melding": melding,
        "follower": follower,
        "now": OTHERS_WORDS[standing.state],
        "banner": banner(standing, for_others=True),
        "expected": expected_for_others(standing),
        "history": history[::-1],
        "ending": reading.ending(standing, history),
    }
    return keep_private(render(request, "volg/followed.html", context), has_form=True)


def copy(request: HttpRequest, token: str) -> HttpResponse:
    """The reporter's own copy of the melding, as a file of plain text."""
    here = municipality(request)
    melding = queries.followed(here, token)
    if melding is None:
        return unknown(request)
    reference = references.spaced(melding.reference)
    context = _standing(melding) | {
        "municipality": here,
        "melding": melding,
        "answers": own_answers(melding),
        "reference": reference,
        "page": absolute(here, reverse("volg", args=[token])),
    }
    response = HttpResponse(render_to_string("volg/copy.txt", context), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="melding-{reference}.txt"'
    return keep_private(response)


def not_me(request: HttpRequest, token: str) -> HttpResponse:
    """The page on which the holder of the address stops its mails. It shows nothing that the reporter typed."""
    recipient = _by_mail(request, token, request.GET.get("mail", ""))
    if recipient is None:
        return unknown(request)
    others = consent.unconfirmed(recipient).exclude(pk=recipient.pk).count()
    context = {"melding": _melding(recipient), "recipient": recipient, "others": others, "token": token}
    context["key"] = request.GET.get("mail", "")
    return keep_private(render(request, "volg/not_me.html", context), has_form=True)


@require_POST
def mail(request: HttpRequest, token: str) -> HttpResponse:
    """Take down what the holder of the address says, and show them so."""
    key = request.POST.get("mail", "")
    recipient = _by_mail(request, token, key)
    if recipient is None:
        return unknown(request)
    say = request.POST.get("say")
    if say == "confirm":
        consent.confirm(recipient)
    elif say in ("refuse", "refuse_all"):
        consent.refuse(recipient, everything=say == "refuse_all")
    else:
        raise Http404
    page = reverse("volg" if say == "confirm" else "volg_niet_ik", args=[token])
    return keep_private(redirect(f"{page}?{urlencode({'mail': key})}" if key else page))


def keep_private(response: HttpResponse, *, has_form: bool = False) -> HttpResponse:
    """Headers for a page whose address is its only key: kept by no cache, found by no robot, told to no other site.

    A browser says of a form from which website it comes unless it may say nothing at all, and Django asks: a page that
    `has_form` tells the name of the site, never the address.
    """
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "strict-origin" if has_form else "no-referrer"
    return response


def _standing(melding: Melding) -> dict[str, Any]:
    """How it stands, as its reporter reads it: of one that was merged, how the other does."""
    lead = reading.standing(melding)
    if lead is melding:
        own = {"now": stands(melding), "expected": expected(melding), "is_merged": False}
        return own | {"banner": banner(melding)}
    others = {"now": OTHERS_WORDS[lead.state], "expected": expected_for_others(lead), "is_merged": True}
    return others | {"banner": banner(lead, for_others=True)}


def _by_mail(request: HttpRequest, token: str, key: str) -> Recipient | None:
    """The holder of the address: of a reporter by the key beside their private address, of a follower by that alone."""
    here = municipality(request)
    melding = queries.followed(here, token)
    return links.holder(melding, key) if melding else recipients.find_follower(here, token)


def _may_read(follower: Recipient) -> bool:
    return reading.is_for_others(_melding(follower))


def _melding(recipient: Recipient) -> Melding:
    if recipient.melding is None:
        raise Http404
    return recipient.melding


def unknown(request: HttpRequest) -> HttpResponse:
    """For an address that leads to no melding here."""
    return keep_private(render(request, "volg/unknown.html", {"form": LinkForm()}, status=404), has_form=True)
