"""The theme of a municipality as a manager types it: a box for each property."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meldingen.tenancy import themes
from meldingen.tenancy.logos import Drawing, clean_logo

# What each property is for; one that has no words here goes by its name in the file.
TITLES: Mapping[str, Promise] = {
    "font": _("Letters"),
    "paper": _("Ground of the page"),
    "ink": _("Text"),
    "ink-soft": _("Text of less weight"),
    "line": _("Lines"),
    "line-strong": _("Edges of fields"),
    "heading": _("Headings"),
    "action": _("Links and buttons"),
    "action-strong": _("Buttons under the mouse"),
    "on-action": _("Text on buttons"),
    "tint": _("Light ground"),
    "band": _("Band under the header"),
    "error": _("Errors"),
    "focus": _("What has the keyboard"),
    "focus-ink": _("Text in it"),
    "map-land": _("Ground of the map"),
    "map-water": _("Water on the map"),
    "map-green": _("Green on the map"),
    "map-building": _("Buildings on the map"),
    "map-street": _("Streets on the map"),
    "map-casing": _("Edges of streets on the map"),
    "map-name": _("Names on the map"),
    "radius": _("Rounding of corners"),
}


def title_of(name: str) -> str:
    """What a property is called beside its box, with its name in a file, by which a refusal speaks of it."""
    return f"{TITLES[name]} ({name})" if name in TITLES else name


class ThemeWidget(forms.MultiWidget):
    """A box for each property, with what the default theme has in grey."""

    template_name = "meldingen/form/boxes.html"

    def __init__(self) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            name: forms.TextInput({"placeholder": value, "spellcheck": "false"})
            for name, value in themes.defaults().items()
        }
        super().__init__(boxes)

    def decompress(self, value: Any) -> list[str]:
        """What the municipality says of each."""
        return [(value or {}).get(name, "") for name in themes.defaults()]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the name of each property beside its box."""
        context = super().get_context(name, value, attrs)
        for box, title in zip(context["widget"]["subwidgets"], themes.defaults(), strict=True):
            box["title"] = box["attrs"]["aria-label"] = title_of(title)
        return context


class ThemeBoxes(forms.MultiValueField):
    """A theme that can be read, or a word on what cannot."""

    def __init__(self) -> None:
        super().__init__(
            [forms.CharField(required=False, max_length=300) for _name in themes.defaults()],
            label=_("Theme"),
            help_text=_("Colours as #0b6147. Empty: as in the default theme, which stands in grey."),
            required=False,
            require_all_fields=False,
            widget=ThemeWidget(),
        )

    def compress(self, data_list: list[str]) -> dict[str, str]:
        """The properties that were filled in. ValidationError where text could not be read."""
        theme = {name: value for name, value in zip(themes.defaults(), data_list, strict=False) if value}
        themes.check_theme(theme)
        return theme


class LogoField(forms.FileField):
    """A PNG or SVG, cleaned."""

    def __init__(self) -> None:
        accept = forms.FileInput({"accept": ".svg,.png"})
        words = _("PNG or SVG, at most 100 kB. Empty: the one there is stays.")
        super().__init__(label=_("New logo"), required=False, widget=accept, help_text=words)

    def clean(self, data: Any, initial: Any = None) -> Drawing | None:
        """What is shown; None where no file came along."""
        file: Any = super().clean(data, initial)
        return clean_logo(file.read()) if file else None
