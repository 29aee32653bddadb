"""Where it is: a pin, or a buurt with or without an address. Which of them counts is for intake to say."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldingen.fields import Uncut
from meldingen.intake.fields import TOO_LONG, CodeField, DegreesField
from meldingen.intake.step import SELECT, TEXTBOX, Fields, Line, Row, Step, Visit
from meldingen.intake.submission import Submission, find_agreed_place, find_place
from meldingen.places import areas, geo
from meldingen.places.base_map import base_map
from meldingen.refusals import Refused


class WhereForm(forms.Form):
    """Buurt, address and pin."""

    buurt = CodeField(
        label=_("Neighbourhood"),
        help_text=_("Needed when you do not put a pin on the map."),
        widget=forms.Select(attrs=SELECT),
    )
    place_text = Uncut(
        label=_("Address or description of the place"),
        help_text=_("For example: Dorpsstraat 12, or: behind the school, near the swings."),
        required=False,
        max_length=200,
        error_messages=TOO_LONG,
        widget=forms.TextInput(attrs=TEXTBOX | {"autocomplete": "street-address", "dir": "auto"}),
    )
    latitude = DegreesField(
        label=_("Latitude"),
        required=False,
        error_messages={"invalid": _("The latitude is no number. Write it in digits, for example 52.37.")},
        widget=forms.TextInput(attrs=TEXTBOX | {"inputmode": "decimal"}),
    )
    longitude = DegreesField(
        label=_("Longitude"),
        required=False,
        error_messages={"invalid": _("The longitude is no number. Write it in digits, for example 4.89.")},
        widget=forms.TextInput(attrs=TEXTBOX | {"inputmode": "decimal"}),
    )

    def clean(self) -> dict[str, Any]:
        """Half a pin is no pin."""
        values = super().clean() or {}
        for filled, missing in (("latitude", "longitude"), ("longitude", "latitude")):
            if values.get(filled) is not None and missing in values and values[missing] is None:
                self.add_error(missing, _("Fill in both numbers of the pin, or neither."))
        return values


def _offer(visit: Visit, fields: Fields) -> dict[str, Any]:
    buurten = areas.buurten(visit.municipality).values_list("code", "name")
    fields["buurt"].field.widget.choices = [("", "—"), *buurten]
    return {"base_map": base_map(visit.municipality), "near": geo.NEAR}


def _said(cleaned: Mapping[str, Any]) -> Mapping[str, Any]:
    return {{"buurt": "buurt_code"}.get(name, name): value for name, value in cleaned.items()}


def _check(visit: Visit) -> object:
    return find_agreed_place(visit.municipality, visit.submission)


def _row(visit: Visit) -> Row:
    place = find_place(visit.municipality, visit.submission)
    lines = [Line(visit.submission.place_text, "typed")] if visit.submission.place_text else []
    lines.append(Line(place.buurt.name))
    if place.point:
        lines.append(Line(gettext("with a pin on the map"), "hint"))
    return Row(title=gettext("Place"), change=gettext("Change the place"), lines=lines)


def _mend(refused: Refused, submission: Submission) -> Mapping[str, str]:
    """Without the pin: the words of its refusal promised that a buurt will do."""
    return {"latitude": "", "longitude": ""} if refused.field == "pin" and submission.buurt_code else {}


WHERE = Step(
    name="where",
    form=WhereForm,
    template="intake/where.html",
    offer=_offer,
    check=_check,
    said=_said,
    row=_row,
    refusals={"pin": "latitude", "buurt_code": "buurt"},
    mend=_mend,
)
