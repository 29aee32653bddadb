"""Which subjects the words that were typed in the search box may mean, for the page that knows no such place."""

from typing import Any

from django import template

from meldingen.tenancy.requests import municipality
from opendata.figures import subjects
from opendata.figures.reading import Shelf

register = template.Library()


@register.simple_tag(takes_context=True)
def subjects_like(context: dict[str, Any], words: str) -> list[tuple[str, str]]:
    """Their names, each with the address of its figures."""
    return subjects.subjects_like(Shelf(municipality(context["request"])), words)
