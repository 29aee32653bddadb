"""What the chosen category asks besides. Its fields come from rows of the town; they travel on as one value."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from meldingen import texts
from meldingen.attachments.arrivals import Arrival
from meldingen.fields import Uncut
from meldingen.intake.choosing import check_answers, find_category
from meldingen.intake.step import TEXTBOX, Fields, Line, Outcome, Row, Step, Visit
from meldingen.intake.steps.where import WHERE
from meldingen.intake.submission import Submission
from meldingen.questions import asking
from meldingen.questions.models import Question
from meldingen.questions.wording import FIELD, NO, YES, Kind, in_words
from meldingen.refusals import Refused

NAME = "questions"
LONGEST = 20_000
# Before the code of a question, in the names of the fields of the page.
PREFIX = "vraag-"
MOST = 100  # more questions than any page has


class QuestionsForm(forms.Form):
    """All answers as one JSON: the category that asked, and code, version and value of each."""

    answers = Uncut(
        label=_("Your answers"),
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": _("Your answers are too long. Make them shorter.")},
        widget=forms.HiddenInput,
    )


def _read(text: str) -> tuple[str, tuple[asking.Entry, ...]]:
    """The category that asked, and the answers; nothing of what we did not write so."""
    try:
        value = json.loads(text)
        entries = [asking.Entry(_text(code), int(version), _text(words)) for code, version, words in value["answers"]]
        return str(value["category"]), tuple(entries)
    except (ArithmeticError, KeyError, TypeError, ValueError, RecursionError):
        return "", ()


def _text(value: object) -> str:
    """JSON may hide what no text of ours has, a NUL."""
    return texts.clean(str(value))


def _write(category: str, entries: Sequence[asking.Entry]) -> str:
    return json.dumps({"category": category, "answers": entries}, separators=(",", ":"))


def _holds(inputs: Mapping[str, str]) -> bool:
    """Answers belong to the subject that asked for them: who chooses another one is asked anew."""
    return not inputs.get(FIELD) or _read(inputs[FIELD])[0] == inputs.get("category", "")


def _questions(visit: Visit) -> list[Question]:
    """What is asked now; nothing of who is in danger."""
    submission = visit.submission
    if not submission.category_slug or submission.is_emergency:
        return []
    return asking.questions_of(find_category(visit.municipality, submission.category_slug))


def _is_due(visit: Visit) -> bool:
    """Asked until each question was on the page with the words that it has now."""
    asked_before = {(entry.question, entry.version) for entry in visit.submission.answers or ()}
    return any((question.slug, question.version) not in asked_before for question in _questions(visit))


def _applies(submission: Submission) -> bool:
    return bool(submission.category_slug)


def _take(visit: Visit, _files: Sequence[Arrival]) -> Outcome | None:
    """Bring the fields of the page together, with the words of each that stood there."""
    if PREFIX not in visit.inputs:
        return None
    return Outcome(values={FIELD: _write(visit.submission.category_slug, _entries(visit.inputs))})


def _entries(inputs: Mapping[str, str]) -> list[asking.Entry]:
    """What the fields of the page say; it names the questions that stood there, each with its version."""
    marks = [mark.partition(":") for mark in inputs[PREFIX].split()[:MOST]]
    return [asking.Entry(code, _version(version), _value(inputs, code)) for code, _colon, version in marks]


def _version(text: str) -> int:
    """A version that nobody has where it is no number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else -1


def _value(inputs: Mapping[str, str], code: str) -> str:
    """What was typed for it; of several choices each has a field of its own, named by both codes."""
    name = f"{PREFIX}{code}"
    if name in inputs:
        return inputs[name].strip()
    return " ".join(each.removeprefix(f"{name}:") for each in inputs if each.startswith(f"{name}:"))


def _offer(visit: Visit, fields: Fields) -> dict[str, Any]:
    """The fields, with what was answered in them, and what is wrong at each where the page comes back."""
    questions = _questions(visit)
    # Who comes back to a page that was never sent finds what was typed there.
    entries = _entries(visit.inputs) if PREFIX in visit.inputs else visit.submission.answers or ()
    answers = {entry.question: entry.value for entry in entries}
    wrong = _wrong(visit) if fields[FIELD].errors else {}
    form = forms.Form()
    for question in questions:
        form.fields[f"{PREFIX}{question.slug}"] = _field(question, answers.get(question.slug, ""))
    for code in wrong:
        if f"{PREFIX}{code}" in form.fields:
            _mark(form.fields[f"{PREFIX}{code}"], code)
    bound = {question.slug: form[f"{PREFIX}{question.slug}"] for question in questions}
    rows = [
        {"field": field, "error": wrong.get(code, ""), "kind": question.kind, "is_required": question.is_required}
        for question, (code, field) in zip(questions, bound.items(), strict=True)
    ]
    mistakes = [(field, wrong[code]) for code, field in bound.items() if code in wrong]
    return {
        "questions": rows,
        "marks": " ".join(f"{question.slug}:{question.version}" for question in questions),
        "marks_name": PREFIX,
        "wrong": mistakes or [(fields[FIELD], error) for error in fields[FIELD].errors],
    }


def _wrong(visit: Visit) -> dict[str, str]:
    try:
        _check_own(visit)
    except asking.WrongAnswers as refusal:
        return {code: str(why.message) for code, why in refusal.wrong.items()}
    return {}


def _field(question: Question, value: str) -> forms.Field:
    """As a field of a page; what is checked is checked by `asking`, in the same way for every door."""
    about: dict[str, Any] = {
        "label": str(question.question_texts),
        "help_text": str(question.hint_texts),
        "required": False,
    }
    if question.kind in (Kind.ONE, Kind.SEVERAL):
        choices = [(code, str(words)) for code, words in asking.choices_of(question).items()]
        if question.kind == Kind.ONE:
            return forms.ChoiceField(**about, choices=choices, initial=value, widget=forms.RadioSelect)
        return forms.MultipleChoiceField(
            **about, choices=choices, initial=value.split(), widget=forms.CheckboxSelectMultiple
        )
    if question.kind == Kind.YES_NO:
        choices = [(YES, gettext("Yes")), (NO, gettext("No"))]
        return forms.ChoiceField(**about, choices=choices, initial=value, widget=forms.RadioSelect)
    more = {Kind.NUMBER: {"inputmode": "decimal"}, Kind.DATE: {"type": "date"}}.get(
        Kind(question.kind), {"dir": "auto"}
    )
    return forms.CharField(
        **about, initial=value, widget=forms.TextInput(attrs=TEXTBOX | {"autocomplete": "off"} | more)
    )


def _mark(field: forms.Field, code: str) -> None:
    """Tell a screen reader that what is wrong stands above it."""
    own = f"id_{PREFIX}{code}"
    words = f"{own}_helptext {own}_error" if field.help_text else f"{own}_error"
    field.widget.attrs |= {"aria-invalid": "true", "aria-describedby": words}


def _check_own(visit: Visit) -> None:
    check_answers(find_category(visit.municipality, visit.submission.category_slug), visit.submission)


def _check(visit: Visit) -> object:
    """The last page shows the place again, so it is checked once more on the way there."""
    _check_own(visit)
    return WHERE.check(visit)


def _values(answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """None where the page was never shown: nobody is kept from reporting by a question that they could not see."""
    return {"answers": _read(answers[FIELD])[1] if answers.get(FIELD) else None}


def _mend(refusal: Refused, submission: Submission) -> Mapping[str, str]:
    """What is not asked any more, and what was left over from another subject, is left out without a word."""
    if not isinstance(refusal, asking.WrongAnswers):
        return {}
    codes = {why.code for why in refusal.wrong.values()}
    if not codes <= {asking.OUT_OF_USE, asking.ELSEWHERE}:
        return {}
    rest = [entry for entry in submission.answers or () if entry.question not in refusal.wrong]
    return {FIELD: _write(submission.category_slug, rest)}


def _row(visit: Visit) -> Row | None:
    questions = _questions(visit)
    if not questions:
        return None
    answers = {entry.question: entry.value for entry in visit.submission.answers or ()}
    lines: list[Line] = []
    for question in questions:
        lines.append(Line(str(question.question_texts), "hint"))
        lines.append(Line(_words(question, answers.get(question.slug, "")) or gettext("Not answered"), "typed"))
    return Row(title=gettext("Questions"), change=gettext("Change your answers"), lines=lines)


def _words(question: Question, text: str) -> str:
    reply = asking.reply_to(question, text)
    language = get_language() or settings.LANGUAGE_CODE
    return in_words(reply.kind, reply.value, reply.choice_texts, language) if reply.value else ""


QUESTIONS = Step(
    name=NAME,
    form=QuestionsForm,
    template="intake/questions.html",
    applies=_applies,
    is_due=_is_due,
    offer=_offer,
    check=_check,
    values=_values,
    take=_take,
    mend=_mend,
    holds=_holds,
    row=_row,
    refusals={FIELD: FIELD},
    is_counted=False,
    is_on_the_way_back=False,
)
