"""A pin in the water is asked about once: a bicycle may lie in it, and a pin may be beside its place."""

import hashlib
from typing import Any

from django import forms

from meldingen.intake.fields import CodeField
from meldingen.intake.step import Fields, Step, Visit
from meldingen.intake.steps.where import WHERE, pin_of
from meldingen.intake.submission import Submission
from meldingen.places import pictures
from meldingen.places.water import is_water

NAME, IN_IT = "water", "in"


class WaterForm(forms.Form):
    """What was answered, and about which place."""

    water_answer = CodeField(widget=forms.HiddenInput)
    water_place = CodeField(widget=forms.HiddenInput)


def mark_of(submission: Submission) -> str:
    """By which the same pin is known."""
    return hashlib.sha256(repr((submission.longitude, submission.latitude)).encode()).hexdigest()[:16]


def _is_due(visit: Visit) -> bool:
    """Of a pin alone, for an object stands where it stands; and never of who is in danger."""
    submission, inputs = visit.submission, visit.inputs
    point = None if submission.asset_number or submission.danger else pin_of(submission)
    if point is None or (inputs.get("water_answer") and inputs.get("water_place") == mark_of(submission)):
        return False
    return is_water(visit.municipality, point)


def _offer(visit: Visit, _fields: Fields) -> dict[str, Any]:
    picture = pictures.around(visit.municipality, pin_of(visit.submission))
    return {"water_place": mark_of(visit.submission), "in_it": IN_IT, "picture": picture}


WATER = Step(
    name=NAME,
    form=WaterForm,
    template="intake/water.html",
    is_due=_is_due,
    offer=_offer,
    # The last page shows the place again, so it is checked once more on the way there.
    check=WHERE.check,
    # An answer is no part of what is stored: the place is, and colleagues see it on their map.
    values=lambda _answers: {},
    is_counted=False,
    is_on_the_way_back=False,
)
