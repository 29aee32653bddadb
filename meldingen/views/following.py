"""Following a melding at its private address. Whoever has the address may read; nobody else can guess it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from meldingen import queries, workflow
from meldingen.tenancy.requests import municipality

# What a state means for the reporter.
PUBLIC_WORDS = {
    workflow.NEW: _("We received your report. We are going to look at it."),
    workflow.ASSIGNED: _("A team of ours has your report."),
    workflow.IN_PROGRESS: _("We are working on it."),
    workflow.SOLVED: _("It is solved."),
    workflow.FORWARDED: _("It is not ours to solve. We sent your report on to the organisation that can."),
    workflow.DECLINED: _("We are not going to do anything with this report."),
    workflow.REOPENED: _("We took up your report again."),
}


def volg(request: HttpRequest, token: str = "") -> HttpResponse:
    """Where the melding stands, what happened and what was answered; a 404 that helps for any other address."""
    melding = queries.followed(municipality(request), token)
    if melding is None:
        return keep_private(render(request, "meldingen/volg/unknown.html", status=404))
    context = {
        "melding": melding,
        "danger": melding.danger if melding.state in workflow.OPEN else "",
        "now": PUBLIC_WORDS[melding.state],
        "history": [(event, PUBLIC_WORDS.get(event.to_state, "")) for event in queries.public_events(melding)],
    }
    return keep_private(render(request, "meldingen/volg/volg.html", context))


def keep_private(response: HttpResponse) -> HttpResponse:
    """Headers for a page whose address is its only key: kept by no cache, found by no robot, told to no other site."""
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
