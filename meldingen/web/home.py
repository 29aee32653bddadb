"""The front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from meldingen.categories.choices import main_subjects
from meldingen.intake.steps.what import WhatForm
from meldingen.notifications.forms import LinkForm
from meldingen.tenancy.requests import municipality


def home(request: HttpRequest) -> HttpResponse:
    """The first step of a melding, what it can be about, and where to follow one."""
    link = LinkForm(auto_id="volg_%s")
    context = {"text": WhatForm()["text"], "subjects": main_subjects(municipality(request)), "link": link}
    return render(request, "web/home.html", context)
