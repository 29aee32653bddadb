"""Is it one of these? What is known near the place is shown before somebody reports it again."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from meldingen.intake import sighting
from meldingen.intake.fields import CodeField
from meldingen.intake.step import Fields, Line, Row, Step, Visit
from meldingen.intake.steps.where import WHERE
from meldingen.limits.rules import may_prompt

ANOTHER = "another"
BACK = "back"
CHOICE = "follow"  # the button of one that is known


class NearbyForm(forms.Form):
    """What was answered, and about which place and kind."""

    nearby_answer = CodeField(widget=forms.HiddenInput)
    nearby_place = CodeField(widget=forms.HiddenInput)


def _is_due(visit: Visit) -> bool:
    """Asked once about a place and kind, where something is known; who asks often is not shown more."""
    has_answer = visit.inputs.get("nearby_answer") and visit.inputs.get("nearby_place") == visit.submission.spot
    return not has_answer and bool(sighting.offers(visit.municipality, visit.submission)) and may_prompt(visit.sender)


def _offer(visit: Visit, _fields: Fields) -> dict[str, Any]:
    today = timezone.localdate()
    offers = sighting.offers(visit.municipality, visit.submission)
    return {
        "today": today,
        "yesterday": today - timedelta(days=1),
        "offers": offers,
        # Nothing of it can be followed: the way on is to report it again, and a button says so.
        "only_solved": all(offer.match.solved_on for offer in offers),
        "another": ANOTHER,
        "back": BACK,
        "nearby_place": visit.submission.spot,
    }


def _leave(visit: Visit) -> str:
    handle = visit.inputs.get(CHOICE, "")
    if not handle:
        return ""
    return reverse("melden_seen", args=[sighting.see(visit.municipality, visit.submission, handle)])


def _values(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {"back_at": answers["nearby_place"] if answers["nearby_answer"] == BACK else ""}


def _row(visit: Visit) -> Row | None:
    if not visit.submission.is_back:
        return None
    change = _("Change what you said of what was solved before")
    return Row(title=_("Solved before"), change=change, lines=[Line(_("It is back"))])


NEARBY = Step(
    name="nearby",
    form=NearbyForm,
    template="intake/nearby.html",
    is_due=_is_due,
    # The last page shows the place again, so it is checked once more on the way there.
    check=WHERE.check,
    leave=_leave,
    offer=_offer,
    values=_values,
    row=_row,
    refusals={CHOICE: "nearby_answer"},
    is_counted=False,
    is_on_the_way_back=False,
)
