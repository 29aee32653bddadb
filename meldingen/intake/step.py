"""What a step of the form is: one object in a file of its own under `meldingen.intake.steps`, with its template."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms

from meldingen.attachments.arrivals import Arrival
from meldingen.attachments.showing import Picture
from meldingen.intake.submission import Submission
from meldingen.limits.senders import Sender
from meldingen.places.pictures import MapPicture
from meldingen.refusals import Refused
from meldingen.tenancy.models import Municipality

Fields = Mapping[str, forms.BoundField]
SELECT = {"class": "utrecht-select utrecht-select--html-select"}
TEXTBOX = {"class": "utrecht-textbox utrecht-textbox--html-input"}


@dataclass(frozen=True, kw_only=True)
class Visit:
    """Whose page it is, what they typed and what was said with that: what is wrong in shape counts as not filled in."""

    municipality: Municipality
    sender: Sender | None
    inputs: Mapping[str, str]
    submission: Submission


@dataclass(frozen=True)
class Line:
    """One line of a summary. `look`: `typed` for words of a visitor, `hint` for small ones of ours."""

    text: str
    look: str = ""


@dataclass(frozen=True, kw_only=True)
class Advice:
    """What was chosen, and what the municipality says to who chose it. `pictogram`: the drawing beside it."""

    name: str
    words: str
    pictogram: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """What the last page says and shows of a step before all is sent, with the words of the button that leads back.

    `note`: what to think of before it is sent so.
    """

    title: str
    change: str
    lines: Sequence[Line]
    note: str = ""
    picture: MapPicture | None = None
    photos: Sequence[Picture] = ()


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a step did with files, or with a button of its own, before anything else: `values` hold from now on.

    `refusals`: what it did not take, in words for its page. `stays`: that page comes back.
    """

    values: Mapping[str, str]
    refusals: Sequence[Refused] = ()
    stays: bool = False


def _always(_submission: Submission) -> bool:
    return True


def _asked(_visit: Visit) -> bool:
    return True


def _nowhere(_visit: Visit) -> str:
    return ""


def _no_more(_visit: Visit, _fields: Fields) -> dict[str, Any]:
    return {}


def _nothing_more(_visit: Visit) -> object:
    return None


def _takes_nothing(_visit: Visit, _files: Sequence[Arrival]) -> Outcome | None:
    return None


def _recalls_nothing(_visit: Visit) -> Mapping[str, str]:
    return {}


def _no_row(_visit: Visit) -> Row | None:
    return None


def _no_advice(_visit: Visit) -> Advice | None:
    return None


def _holds(_inputs: Mapping[str, str]) -> bool:
    return True


def _no_way(_refusal: Refused, _submission: Submission) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, kw_only=True, eq=False)
class Step:
    """One page that asks something. Only `name` is needed; the rest says in what it differs.

    `form`: its fields, whose names no other step has; `colleague_form`: the same for a colleague who types for a
    reporter. `offer` gives the template what it shows besides, and the fields their choices. `check` raises Refused for
    what no form can know. `applies` says whether it is asked at all, and `is_due`, which may look at what is stored,
    whether it is asked now. `leave` gives the address at which the form ends without a melding, where it does. `values`
    turns what is right in shape into fields of a Submission. `row` is its part of the last page, `advice` what is said
    about its answer on the page after it, whichever that is. `refusals`: by the field that intake refuses, the field
    of the form that it belongs to. `mend` gives other values with which a refusal is none any more. `take` does what it
    does with files that came along. `recall` gives what is stored of this form and its page knows no
    more, after Back or a reload. `is_on_request`: whether it is only asked when a button with its name is pressed.
    """

    name: str
    form: type[forms.Form] = forms.Form
    colleague_form: type[forms.Form] | None = None
    template: str = "intake/step.html"
    applies: Callable[[Submission], bool] = _always
    is_due: Callable[[Visit], bool] = _asked
    leave: Callable[[Visit], str] = _nowhere
    offer: Callable[[Visit, Fields], dict[str, Any]] = _no_more
    check: Callable[[Visit], object] = _nothing_more
    values: Callable[[Mapping[str, Any]], Mapping[str, Any]] = dict
    row: Callable[[Visit], Row | None] = _no_row
    advice: Callable[[Visit], Advice | None] = _no_advice
    refusals: Mapping[str, str] = field(default_factory=dict)
    mend: Callable[[Refused, Submission], Mapping[str, str]] = _no_way
    take: Callable[[Visit, Sequence[Arrival]], Outcome | None] = _takes_nothing
    recall: Callable[[Visit], Mapping[str, str]] = _recalls_nothing
    is_on_request: bool = False
    # What is asked about an answer belongs to the step before it, as the visitor counts them.
    is_counted: bool = True
    is_on_the_way_back: bool = True
    # Whether what was answered holds beside the rest that was typed; what does not is forgotten, and asked again.
    holds: Callable[[Mapping[str, str]], bool] = _holds

    def form_for(self, *, colleague: bool) -> type[forms.Form]:
        """The form that this visitor fills in."""
        return self.colleague_form if colleague and self.colleague_form else self.form
