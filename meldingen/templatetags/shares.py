"""Shares in words: `{{ share|percent }}`."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def percent(share: float | Decimal | None) -> str:
    """A share of 1 in percents, with a decimal where it has one; a dash where there is none."""
    if share is None:
        return "–"
    value = round(100 * float(share), 1)
    return f"{number_format(int(value) if value == int(value) else value)} %"
