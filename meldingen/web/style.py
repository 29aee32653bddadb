"""All pieces of the look on one page, as this municipality has them: docs/look.md says when to use which."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from meldingen.categories.subjects import OTHER, PICTOGRAMS
from meldingen.intake.step import TEXTBOX
from meldingen.notifications.labels import NAMES
from meldingen.tenancy import themes
from meldingen.tenancy.requests import municipality

ICONS = ("phone", "mail", "map-pin", "camera", "clock", "lock", "download", "printer", "search", "triangle-alert")


class ExampleForm(forms.Form):
    """A field that is right, one that is wrong, and a choice."""

    place = forms.CharField(label=_("Address"), help_text=_("Street and number."), widget=forms.TextInput(TEXTBOX))
    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(TEXTBOX))
    kind = forms.ChoiceField(
        label=_("Is it one of these?"), choices=[("a", _("Yes")), ("b", _("No"))], widget=forms.RadioSelect
    )


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """For who makes or changes a page."""
    form = ExampleForm({"place": "Dorpsstraat 12", "email": "sam@", "kind": "a"})
    context = {
        "pairs": themes.pairs(municipality(request).theme),
        "states": NAMES.items(),
        "icons": ICONS,
        "pictograms": [*PICTOGRAMS, OTHER],
        "drawings": themes.DRAWINGS,
        "fields": [form["place"], form["email"]],
        "choice": form["kind"],
    }
    return render(request, "web/style.html", context)
