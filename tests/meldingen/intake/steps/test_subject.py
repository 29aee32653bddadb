import uuid
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from meldingen.intake import suggestions
from meldingen.intake.step import Visit
from meldingen.intake.steps.subject import SUBJECT, SubjectForm
from meldingen.intake.submission import Submission
from meldingen.languages import Texts
from meldingen.refusals import Refused
from meldingen.routing import prediction
from tests.factories import CategoryFactory, Town
from tests.learned import CONTAINER, learn


def visit(town: Town, typed: dict[str, str] | None = None, **said: Any) -> Visit:
    submission = Submission(**({"text": "De lamp is kapot"} | said))
    return Visit(municipality=town.municipality, sender=None, inputs=typed or {}, submission=submission)


def offer(asked: Visit) -> dict[str, Any]:
    form = SubjectForm()
    return SUBJECT.offer(asked, {name: form[name] for name in form.fields})


@pytest.mark.parametrize(("answer", "asked"), [("called", False), ("safe", True), ("", True)])
def test_who_called_for_help_is_not_asked_what_it_is_about(answer: str, asked: bool) -> None:
    assert SUBJECT.applies(Submission(text="Er is brand in huis", danger_answer=answer)) is asked


def test_what_is_shown_is_sealed_in_the_page_with_the_choice_of_before(town: Town) -> None:
    page = offer(visit(town, {"category": town.dumping.slug}))
    assert page["kept"].category == town.dumping
    assert suggestions.unseal(page["seal"], town.municipality.pk, "De lamp is kapot") == ["afval|dumping"]


@pytest.mark.parametrize(("share", "text", "suggests"), [("0", CONTAINER, True), ("1", CONTAINER, False)])
def test_who_is_audited_is_shown_no_suggestion(town: Town, share: str, text: str, suggests: bool) -> None:
    prediction.forget_models()
    learn(town)
    town.municipality.audit_share = Decimal(share)
    page = offer(visit(town, text=text, submission_key=uuid.uuid4()))
    assert bool(page["suggested"]) is suggests


def test_who_began_with_a_main_subject_finds_its_tile_open(town: Town) -> None:
    (tile,) = [each for each in offer(visit(town, {"main_subject": "afval"}))["tiles"] if each.is_open]
    assert {town.dumping, town.container} <= {choice.category for choice in tile.choices}


@pytest.mark.parametrize("began", ["bestaat-niet", "<b>", "", "é" * 10_000])
def test_a_main_subject_that_nobody_knows_opens_nothing(town: Town, began: str) -> None:
    page = offer(visit(town, {"main_subject": began}))
    assert (page["is_begun"], [tile for tile in page["tiles"] if tile.is_open]) == (False, [])


def test_what_is_none_of_the_others_is_the_last_button_under_its_tile(town: Town) -> None:
    CategoryFactory.create(
        municipality=town.municipality, parent=town.waste, slug="overig-afval", name_texts=Texts(nl="Aaa")
    )
    slugs = [choice.category.slug for choice in offer(visit(town))["tiles"][0].choices]
    assert slugs[-1] == "overig-afval"


def test_what_was_chosen_before_is_offered_to_be_kept_and_not_once_more(town: Town) -> None:
    prediction.forget_models()
    learn(town)
    town.municipality.audit_share = Decimal(0)
    page = offer(visit(town, {"category": town.container.slug}, text=CONTAINER))
    assert page["kept"].category == town.container
    assert town.container not in [choice.category for choice in page["suggested"]]


def test_only_what_the_model_would_route_alone_is_called_sure(town: Town) -> None:
    prediction.forget_models()
    learn(town)
    for threshold, is_sure in (("0.5", True), ("1", False)):
        town.municipality.routing_threshold = Decimal(threshold)
        first = offer(visit(town, text=CONTAINER))["suggested"][0]
        assert (first.category, first.is_sure) == (town.container, is_sure)


def test_nothing_shown_is_sealed_too(town: Town) -> None:
    assert suggestions.unseal(offer(visit(town))["seal"], town.municipality.pk, "De lamp is kapot") == []


@pytest.mark.parametrize("seal", [None, "", "x", "é" * 10_000])
def test_no_seal_is_wrong(seal: str | None) -> None:
    form = SubjectForm({"seal": seal} if seal is not None else {})
    assert form.is_valid()
    assert SUBJECT.values(form.cleaned_data)["seal"] == (seal or "")


def test_a_subject_of_nobody_is_refused_and_none_is_good(town: Town) -> None:
    SUBJECT.check(visit(town))
    with pytest.raises(Refused):
        SUBJECT.check(visit(town, category_slug="onbekend"))


def test_who_chose_reads_what_the_municipality_says_of_it(town: Town) -> None:
    town.dumping.guidance_texts = Texts(nl="Dit doet de provincie.")
    town.dumping.save()
    advice = SUBJECT.advice(visit(town, category_slug=town.dumping.slug))
    assert advice is not None
    assert (advice.name, advice.words) == ("Dumping", "Dit doet de provincie.")
    assert SUBJECT.advice(visit(town)) is None


@pytest.mark.parametrize(("text", "is_said"), [("Ik wil een paspoort", True), ("Een man is aangereden", False)])
def test_where_nothing_is_suggested_the_town_is_reached_for_what_is_not_outside(
    resident: Client, town: Town, text: str, is_said: bool
) -> None:
    page = resident.post("/melden/", {"step": "danger", "go": "next", "text": text, "danger_answer": "safe"})
    box = BeautifulSoup(page.content, "html.parser").select_one("#niet-buiten")
    assert (box is not None and town.municipality.contact_email in box.text) is is_said
