"""Numbers of a view in templates: `{{ number|shown }}`, `{{ number|bounds }}`."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from opendata.figures.finding import bounds_in_words
from opendata.figures.seeing import Number
from opendata.figures.verdict import Verdict, difference_in_words
from opendata.figures.verdict import shown as quantity_in_words

register = template.Library()


@register.filter("shown")
def number_in_words(number: Number | None) -> str:
    """As people read it."""
    return "–" if number is None else quantity_in_words(number.quantity)


@register.filter
def difference(verdict: Verdict) -> str:
    """With its sign and its bounds."""
    return difference_in_words(verdict)


@register.filter
def or_unknown(number: int | None) -> str:
    """A whole number; unknown stays unknown."""
    return _("unknown") if number is None else str(number_format(number, force_grouping=True))


@register.filter
def bounds(number: Number | None) -> str:
    """Between what the true number lies."""
    return "" if number is None else bounds_in_words(number)
