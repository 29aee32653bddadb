"""What a visitor may know of this website itself: what it keeps of them, and for whom it can be read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meldingen.notifications import allowance
from meldingen.tenancy.requests import municipality


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, why and how long, by the terms of this municipality; who sees it, and what a visitor may ask."""
    # A year is what people can picture; a term that is no whole number of years stays in days.
    years, rest = divmod(municipality(request).learning_days, 365)
    context = {"learning_years": 0 if rest else years, "mailbox_days": allowance.MEMORY.days}
    return render(request, "web/privacy.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """For whom the pages are made, how that is tested, and where to say that something cannot be used."""
    return render(request, "web/accessibility.html")
