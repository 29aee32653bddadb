import uuid
from decimal import Decimal
from typing import Any

import pytest

from meldingen.intake import suggestions
from meldingen.intake.step import Visit
from meldingen.intake.steps.subject import SUBJECT, SubjectForm
from meldingen.intake.submission import Submission
from meldingen.languages import Texts
from meldingen.refusals import Refused
from meldingen.routing import prediction
from tests.factories import Town
from tests.learned import CONTAINER, learn


def visit(town: Town, typed: dict[str, str] | None = None, **said: Any) -> Visit:
    submission = Submission(**({"text": "De lamp is kapot"} | said))
    return Visit(municipality=town.municipality, sender=None, typed=typed or {}, submission=submission)


def offer(asked: Visit) -> dict[str, Any]:
    form = SubjectForm()
    return SUBJECT.offer(asked, {name: form[name] for name in form.fields})


def test_the_list_goes_before_the_suggestions() -> None:
    said = SUBJECT.said({"category": "een", "other_category": "twee"})
    assert said["category_slug"] == "twee"


@pytest.mark.parametrize(("answer", "asked"), [("called", False), ("safe", True), ("", True)])
def test_who_called_for_help_is_not_asked_what_it_is_about(answer: str, asked: bool) -> None:
    assert SUBJECT.applies(Submission(text="Er is brand in huis", danger_answer=answer)) is asked


def test_what_is_shown_is_sealed_in_the_page_with_the_choice_of_before(town: Town) -> None:
    page = offer(visit(town, {"category": town.dumping.slug}))
    assert page["subjects"] == [town.dumping]
    assert suggestions.unseal(page["seal"], town.municipality.pk, "De lamp is kapot") == ["afval|dumping"]


@pytest.mark.parametrize(("share", "text", "suggests"), [("0", CONTAINER, True), ("1", CONTAINER, False)])
def test_who_is_audited_is_shown_no_suggestion(town: Town, share: str, text: str, suggests: bool) -> None:
    prediction.forget_models()
    learn(town)
    town.municipality.audit_share = Decimal(share)
    page = offer(visit(town, text=text, submission_key=uuid.uuid4()))
    assert bool(page["subjects"]) is suggests


def test_who_began_with_a_main_subject_chooses_from_what_is_under_it(town: Town) -> None:
    page = offer(visit(town, {"main_subject": "afval"}))
    assert {town.dumping, town.container} <= set(page["subjects"])
    assert suggestions.unseal(page["seal"], town.municipality.pk, "De lamp is kapot") == []


@pytest.mark.parametrize("began", ["bestaat-niet", "<b>", "", "é" * 10_000])
def test_a_main_subject_that_nobody_knows_changes_nothing(town: Town, began: str) -> None:
    assert offer(visit(town, {"main_subject": began}))["subjects"] == []


def test_nothing_shown_is_sealed_too(town: Town) -> None:
    assert suggestions.unseal(offer(visit(town))["seal"], town.municipality.pk, "De lamp is kapot") == []


@pytest.mark.parametrize("seal", [None, "", "x", "é" * 10_000])
def test_no_seal_is_wrong(seal: str | None) -> None:
    form = SubjectForm({"seal": seal} if seal is not None else {})
    assert form.is_valid()
    assert SUBJECT.said(form.cleaned_data)["seal"] == (seal or "")


def test_a_subject_of_nobody_is_refused_and_none_is_good(town: Town) -> None:
    SUBJECT.check(visit(town))
    with pytest.raises(Refused):
        SUBJECT.check(visit(town, category_slug="onbekend"))


def test_the_last_page_has_the_advice_of_what_was_chosen(town: Town) -> None:
    town.dumping.guidance_texts = Texts(nl="Dit doet de provincie.")
    town.dumping.save()
    row = SUBJECT.row(visit(town, category_slug=town.dumping.slug))
    assert row is not None
    assert row.advice == ("Dumping", "Dit doet de provincie.")
