"""What pages draw: `{% icon "phone" %}`, `{% pictogram "afval" %}`, `{% drawing name %}` and `{% state code words %}`.

Each is hidden from programs that read aloud: the words beside it say the same.
"""

from collections.abc import Mapping
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

# By the code of a state (meldingen.record.workflow). Its colours are in look.css; docs/look.md has them in words.
STATE_ICONS: Mapping[str, str] = {
    "new": "mail",
    "assigned": "users",
    "in_progress": "wrench",
    "planned": "calendar-check",
    "waiting": "circle-pause",
    "solved": "circle-check",
    "forwarded": "arrow-right",
    "declined": "circle-slash",
    "withdrawn": "undo-2",
    "reopened": "rotate-ccw",
    "spam": "ban",
    "threat": "shield-alert",
}
_USE = '<svg class="{}" width="{}" height="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>'


@register.simple_tag
def icon(name: str, size: int = 24) -> SafeString:
    """An icon of the set (docker/local/assets.py), in the colour of the words beside it."""
    return format_html(_USE, "icon", size, size, static("vendor/icons.svg"), name)


@register.simple_tag
def pictogram(name: str, size: int = 56) -> SafeString:
    """One of the drawings of main subjects (meldingen.categories.subjects)."""
    return format_html(_USE, "pictogram", size, size, static("meldingen/pictograms.svg"), name)


@register.simple_tag
def drawing(name: str) -> SafeString:
    """The wide drawing of a town, by the name that its theme gives it."""
    return format_html(_USE, "drawing", 1200, 240, static(f"meldingen/drawings/{name or 'stad'}.svg"), "tekening")


@register.inclusion_tag("meldingen/look/state.html")
def state(code: str, words: Any) -> dict[str, Any]:
    """A state: icon, word and colour, the same wherever it stands."""
    return {"code": code, "icon_name": STATE_ICONS.get(code, "info"), "words": words}


@register.filter
def first_sentence(words: object) -> str:
    """The first of some sentences, with its full stop."""
    first, stop, _ = str(words).partition(". ")
    return first + stop.rstrip()


@register.filter
def other_sentences(words: object) -> str:
    """What comes after the first of some sentences; empty where there is one."""
    return str(words).partition(". ")[2]
