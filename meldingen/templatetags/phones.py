"""Telephone numbers that can be tapped: `{{ text|phones }}` for a text, `{{ number|tel }}` for a number alone."""

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from meldingen import phones as numbers

register = template.Library()


@register.filter
def phones(text: str) -> SafeString:
    """The text, escaped, each telephone number in it as a link that calls it."""
    parts, end = [], 0
    for phone in numbers.phones(text):
        parts += [escape(text[end : phone.start]), _link(text[phone.start : phone.end], phone.number_to_dial)]
        end = phone.end
    return mark_safe("".join([*parts, escape(text[end:])]))  # noqa: S308  every part is escaped


@register.filter
def tel(number: str) -> str:
    """The address that calls a number: tel:140123."""
    return f"tel:{numbers.number_to_dial(number)}"


def _link(text: str, number: str) -> SafeString:
    return format_html('<a class="utrecht-link utrecht-link--html-a phone" href="tel:{}">{}</a>', number, text)
