from dataclasses import replace
from typing import Any

import pytest

from meldingen.intake.draft import Draft, Post
from meldingen.intake.step import Step
from meldingen.intake.steps import STEPS
from meldingen.intake.steps.danger import mark_of
from meldingen.refusals import Refused
from meldingen.tenancy.models import Municipality, User

NAMED = {step.name: step for step in STEPS}
WHAT, SUBJECT, WHERE, CHECK = (NAMED[name] for name in ("what", "subject", "where", "check"))
FIRE, HAZARD, LAMP = "Er is brand in huis", "Het putdeksel is weg", "De lamp is kapot"


def draft(**typed: str) -> Draft:
    return Draft(Post(municipality=Municipality(pk=1), inputs=typed))


def carried(step: Step, **typed: str) -> dict[str, str]:
    return dict(draft(**typed).hidden_values(step))


def test_each_page_carries_all_other_fields_and_none_twice() -> None:
    typed = {"text": "x", "buurt": "BU1", "email": "half", "latitude": "52"}
    for step in STEPS:
        names = [name for name, _value in draft(**typed).hidden_values(step)]
        assert sorted(names) == sorted(({"submission_key"} | set(typed)) - set(step.form.base_fields))


def test_no_two_steps_have_a_field_of_one_name() -> None:
    names = [name for step in STEPS for name in step.form_for(colleague=True).base_fields]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "answer", "steps"),
    [
        (LAMP, "", ["subject", "where", "check"]),
        (HAZARD, "", ["subject", "where", "check"]),
        (FIRE, "", ["danger", "subject", "where", "check"]),
        (FIRE, "onzin", ["danger", "subject", "where", "check"]),
        (FIRE, "called", ["where", "check"]),
        (FIRE, "safe", ["subject", "where", "check"]),
        (LAMP, "called", ["subject", "where", "check"]),
    ],
)
def test_who_is_in_danger_is_told_to_call_and_who_called_is_asked_for_no_subject(
    text: str, answer: str, steps: list[str]
) -> None:
    asked, walked = draft(text=text, danger_answer=answer, danger_text=mark_of(text)), [WHAT]
    while walked[-1] is not CHECK:
        walked.append(asked.following(walked[-1]))
    assert [step.name for step in walked[1:]] == steps
    back = [step for step in walked if step.name != "danger"]
    assert [asked.previous(step) for step in back] == [None, *back[:-1]]


def test_who_changes_the_text_is_told_to_call_again() -> None:
    answered = {"danger_answer": "called", "danger_text": mark_of(FIRE)}
    assert carried(WHAT, text=f"{FIRE} ", **answered).items() >= answered.items()
    assert carried(WHAT, text=f"{FIRE} en gas", **answered).keys().isdisjoint(answered)


def test_what_is_no_field_is_not_carried() -> None:
    assert set(carried(WHAT, csrfmiddlewaretoken="x", evil="y")) == {"submission_key"}


@pytest.mark.parametrize(
    ("name", "typed", "spelt"),
    [
        ("text", "cafe\u0301\x00\u200b\r\n", "café\n"),
        ("place_text", "Dorpsstraat\u00a012", "Dorpsstraat 12"),
        ("email", "\u202ajan@example.nl\u202c", "jan@example.nl"),
        ("phone", "\u200e06\u00a012345678\ufeff", "06 12345678"),
        ("latitude", "\uff15\uff12", "52"),
    ],
)
def test_what_is_typed_is_carried_in_one_spelling(name: str, typed: str, spelt: str) -> None:
    assert carried(WHERE if name in CHECK.form.base_fields else CHECK, **{name: typed})[name] == spelt


def test_the_first_wrong_step_is_found() -> None:
    assert draft(text="", email="nee").first_wrong(CHECK) is WHAT
    assert draft(text="x", email="nee").first_wrong(CHECK) is CHECK
    assert draft(text="x", email="nee").first_wrong(WHERE) is None


def test_what_is_wrong_in_shape_counts_as_not_filled_in() -> None:
    said = draft(text="x" * 5001, email="nee", phone="06 12345678", buurt="a b").visit.submission
    assert (said.text, said.email, said.phone, said.buurt_code) == ("", "", "06 12345678", "")


def test_a_refusal_lands_at_its_field() -> None:
    asked = draft(text="x")
    assert asked.refuse(Refused("outside", "Buiten de gemeente", "pin")) is WHERE
    assert asked.forms["where"].errors["latitude"] == ["Buiten de gemeente"]


def test_a_refusal_that_can_be_mended_keeps_everything_else_and_the_key() -> None:
    asked = draft(text="x", buurt="BU1", latitude="53", longitude="6")
    mended = asked.mend(Refused("outside", "", "pin"))
    assert mended is not None
    assert mended.inputs == asked.inputs | {"latitude": "", "longitude": "", "submission_key": str(asked.key)}
    assert mended.mend(Refused("unknown", "", "buurt_code")) is None


def test_the_empty_form_is_the_same_for_everybody() -> None:
    assert draft().hidden_values(WHAT) == []


def test_the_key_of_the_page_stays() -> None:
    first = draft(text=LAMP)
    assert draft(**dict(first.hidden_values(WHAT))).key == first.key


@pytest.mark.parametrize(("more", "language"), [({}, "nl"), ({"reporter_language": "en"}, "en")])
def test_a_reporter_reads_their_own_language_and_not_that_of_the_colleague(more: dict[str, Any], language: str) -> None:
    post = Post(municipality=Municipality(pk=1), inputs={"channel": "phone"} | more, language="en")
    assert Draft(post).visit.submission.language == "en"
    said = Draft(replace(post, colleague=User(pk=1))).visit.submission
    assert (said.language, said.source) == (language, "phone")
