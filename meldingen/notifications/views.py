"""Following a melding at its private address. Whoever has the address may read; nobody else can guess it.

What only the holder of the reporter's e-mail address may say (this is my report, or it is not) asks for the key of a
mail besides, and for a POST: programs that look into mail open every link.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from meldingen.notifications import consent, links, reading, recipients
from meldingen.notifications.labels import OTHERS_WORDS, PUBLIC_WORDS, banner, expected, expected_for_others
from meldingen.notifications.models import Recipient
from meldingen.places import pictures
from meldingen.record import queries, references, workflow
from meldingen.record.models import Melding
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.urls import absolute


def volg(request: HttpRequest, token: str = "") -> HttpResponse:
    """Where the melding stands, what happened and what was answered; a 404 that helps for any other address.

    Who came by a mail is asked whether it is their report. Who follows it has an address of their own, with less on it.
    """
    here = municipality(request)
    melding = queries.followed(here, token)
    if melding is None:
        follower = recipients.find_follower(here, token)
        return _followed(request, follower) if follower and _may_read(follower) else _unknown(request)
    key = request.GET.get("mail", "")
    history, how = reading.own_history(melding), _standing(melding)
    context = how | {
        "melding": melding,
        "picture": pictures.around(here, melding.point),
        "danger": melding.danger if melding.state in workflow.OPEN else "",
        "history": history,
        "ending": reading.ending(reading.standing(melding), history),
        "is_declined": melding.state == workflow.DECLINED and not how["is_merged"],
        "holder": links.holder(melding, key) if key else None,
        "key": key,
    }
    return keep_private(render(request, "volg/volg.html", context), has_form=context["holder"] is not None)


def _followed(request: HttpRequest, follower: Recipient) -> HttpResponse:
    """What somebody reads who follows a melding, with the buttons that start and stop its mails."""
    melding = _melding(follower)
    standing, history = reading.standing(melding), reading.others_history(melding)
    context = {
        "melding": melding,
        "follower": follower,
        "now": OTHERS_WORDS[standing.state],
        "banner": banner(standing, for_others=True),
        "expected": expected_for_others(standing),
        "history": history,
        "ending": reading.ending(standing, history),
    }
    return keep_private(render(request, "volg/followed.html", context), has_form=True)


def copy(request: HttpRequest, token: str) -> HttpResponse:
    """The reporter's own copy of the melding, as a file of plain text."""
    here = municipality(request)
    melding = queries.followed(here, token)
    if melding is None:
        return _unknown(request)
    reference = references.spaced(melding.reference)
    context = _standing(melding) | {
        "municipality": here,
        "melding": melding,
        "reference": reference,
        "page": absolute(here, reverse("volg", args=[token])),
    }
    response = HttpResponse(render_to_string("volg/copy.txt", context), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="melding-{reference}.txt"'
    return keep_private(response)


def not_me(request: HttpRequest, token: str) -> HttpResponse:
    """The page on which the holder of the address stops its mails. It shows nothing that the reporter typed."""
    found = _by_mail(request, token, request.GET.get("mail", ""))
    if found is None:
        return _unknown(request)
    others = consent.unconfirmed(found).exclude(pk=found.pk).count()
    context = {"melding": _melding(found), "recipient": found, "others": others, "token": token}
    context["key"] = request.GET.get("mail", "")
    return keep_private(render(request, "volg/not_me.html", context), has_form=True)


@require_POST
def mail(request: HttpRequest, token: str) -> HttpResponse:
    """Take down what the holder of the address says, and show them so."""
    key = request.POST.get("mail", "")
    recipient = _by_mail(request, token, key)
    if recipient is None:
        return _unknown(request)
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
        own = {"now": PUBLIC_WORDS[melding.state], "expected": expected(melding), "is_merged": False}
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


def _unknown(request: HttpRequest) -> HttpResponse:
    return keep_private(render(request, "volg/unknown.html", status=404))
