"""Photos of it, for who wants to add some. Without JavaScript they come with the page, with it one after another."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from meldingen.attachments import attaching, receiving, tokens
from meldingen.attachments.arrivals import MOST_PHOTOS, Arrival
from meldingen.attachments.models import Photo
from meldingen.attachments.showing import Picture, unsent
from meldingen.fields import Uncut
from meldingen.intake.step import Fields, Line, Outcome, Row, Step, Visit
from meldingen.refusals import Refused

NAME, NAMES = "photos", "photo_names"
_LONGEST = 100  # letters of a name that a page keeps


class PhotosForm(forms.Form):
    """The signed ids of those that were added so far, with a space between them."""

    photos = Uncut(
        label=_("Photos"),
        required=False,
        max_length=1000,
        error_messages={"max_length": _("We do not know these photos. Choose them once more.")},
        widget=forms.HiddenInput,
    )
    # What their files are called, for the page alone: by it one is named that must be chosen again.
    photo_names = Uncut(required=False, widget=forms.HiddenInput)


def _names(visit: Visit) -> dict[str, str]:
    """The name of each file by the signed id of its photo, as the page has it."""
    try:
        names = json.loads(visit.inputs.get(NAMES, "") or "{}")
    except ValueError:
        return {}
    return {str(mark): str(name) for mark, name in names.items()} if isinstance(names, dict) else {}


def _recall(visit: Visit) -> Mapping[str, str]:
    """An earlier page, or the same loaded anew, knows nothing of photos that came since; the form has them."""
    form, marks = visit.submission.submission_key, visit.inputs.get(NAME, "").split()
    if form is None or "submission_key" not in visit.inputs:
        return {}
    of_form = [tokens.token_of(photo) for photo in receiving.of_form(visit.municipality, form)]
    missing = [mark for mark in of_form if mark not in marks]
    return {NAME: " ".join([*marks, *missing])} if missing else {}


def _take(visit: Visit, files: Sequence[Arrival]) -> Outcome | None:
    """Keep what was chosen, remove what a button asks for. What is refused keeps none of the others back."""
    form, marks, refusals = visit.submission.submission_key, list(visit.submission.photos), list[Refused]()
    names = _names(visit)
    to_remove = visit.inputs.get("photo_off", "")
    stays = bool(to_remove) or visit.inputs.get("go") == NAME
    if form is None or not (files or stays):
        return None
    if to_remove in marks:
        receiving.give_up(visit.municipality, form, to_remove)
        marks.remove(to_remove)
    for file in files:
        try:
            receiving.refuse_more(file, len(marks))
            mark = tokens.token_of(receiving.receive(visit.municipality, form, file, sender=visit.sender))
        except Refused as why:
            refusals.append(why)
        else:
            marks += [mark] if mark not in marks else []
            names[mark] = (file.name or "")[:_LONGEST]
    names_on_page = json.dumps({mark: names[mark] for mark in marks if mark in names}, ensure_ascii=False)
    return Outcome(values={NAME: " ".join(marks), NAMES: names_on_page}, refusals=refusals, stays=stays)


def _photos(visit: Visit) -> list[Photo]:
    """Also beside an error about one of them, with which none of them is said."""
    return attaching.photos_of_form(
        visit.municipality, visit.submission.submission_key, visit.inputs.get(NAME, "").split()
    )


def thumbnails_of_form(visit: Visit) -> list[Picture]:
    """What was added so far, to be shown beside the way to that page."""
    return unsent(_photos(visit)) if visit.submission.photos else []


def _offer(visit: Visit, _fields: Fields) -> dict[str, Any]:
    photos = _photos(visit)
    marks = [tokens.token_of(photo) for photo in photos]
    room = MOST_PHOTOS - len(photos)
    missing = [name for mark, name in _names(visit).items() if mark not in marks]
    pairs = list(zip(unsent(photos), marks, strict=True))
    return {"photos": pairs, "signed": " ".join(marks), "room": room, "missing": missing}


def _check(visit: Visit) -> object:
    return attaching.find(visit.municipality, visit.submission.submission_key, visit.submission.photos)


def _values(answers: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"photos": tuple(dict.fromkeys(answers.get(NAME, "").split()))}


def _row(visit: Visit) -> Row:
    photos = _photos(visit) if visit.submission.photos else []
    lines = [Line(ngettext("%(number)d photo", "%(number)d photos", len(photos)) % {"number": len(photos)})]
    return Row(
        title=gettext("Photos"),
        change=gettext("Change the photos"),
        lines=lines if photos else [Line(gettext("None."))],
        photos=unsent(photos),
    )


PHOTOS = Step(
    name=NAME,
    form=PhotosForm,
    template="intake/photos.html",
    offer=_offer,
    check=_check,
    values=_values,
    row=_row,
    take=_take,
    recall=_recall,
    refusals={"photos": "photos"},
    is_on_request=True,
    is_counted=False,
    is_on_the_way_back=False,
)
