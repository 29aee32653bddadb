"""The front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """Where to make a melding, and where the open data is."""
    return render(request, "web/home.html")
