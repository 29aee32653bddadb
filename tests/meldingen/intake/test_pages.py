"""Which page follows, decided without a request; what a browser sees of it is in test_views."""

import pytest

from meldingen.intake.draft import Post
from meldingen.intake.pages import Page, Sent, decide, decide_stale
from meldingen.record.models import Melding
from tests.factories import Town


def answer(town: Town, typed: dict[str, str], **more: str) -> Page | Sent:
    return decide(Post(municipality=town.municipality, typed=typed | more))


def step_of(page: Page | Sent) -> str:
    assert isinstance(page, Page)
    return page.step.name


@pytest.mark.parametrize(
    ("step", "go", "shown"),
    [
        ("", "next", "what"),
        ("onzin", "next", "what"),
        ("what", "next", "subject"),
        ("subject", "next", "where"),
        ("where", "next", "who"),
        ("who", "next", "check"),
        ("who", "where", "where"),
        ("who", "check", "check"),
        ("where", "where", "who"),
        ("check", "what", "what"),
    ],
)
def test_it_goes_on_by_one_step_or_back_to_any(
    town: Town, typed: dict[str, str], step: str, go: str, shown: str
) -> None:
    assert step_of(answer(town, typed, step=step, go=go)) == shown
    assert not Melding.objects.exists()


def test_the_last_step_stores_the_melding(town: Town, typed: dict[str, str]) -> None:
    assert answer(town, typed) == Sent(Melding.objects.get().follow_token)


@pytest.mark.parametrize(
    ("wrong", "shown"), [({"text": ""}, "what"), ({"email": "nee"}, "who"), ({"other_category": "onbekend"}, "subject")]
)
def test_what_is_wrong_is_shown_on_its_own_step(
    town: Town, typed: dict[str, str], wrong: dict[str, str], shown: str
) -> None:
    page = answer(town, typed, **wrong)
    assert step_of(page) == shown
    assert isinstance(page, Page)
    assert len(page.context["wrong"]) == 1


@pytest.mark.parametrize("step", ["what", "subject", "where", "who", "check"])
def test_the_button_of_a_language_stays_on_the_step_and_checks_nothing(
    town: Town, typed: dict[str, str], step: str
) -> None:
    assert step_of(answer(town, typed, step=step, language="en", go="next")) == step
    assert not Melding.objects.exists()


@pytest.mark.parametrize("step", ["what", "where", "who", "check"])
def test_a_page_that_was_open_too_long_is_shown_again_and_stores_nothing(
    town: Town, typed: dict[str, str], step: str
) -> None:
    page = decide_stale(Post(municipality=town.municipality, typed=typed | {"step": step}))
    assert isinstance(page, Page)
    assert (page.step.name, page.notice) == (step, "stale")
    assert not Melding.objects.exists()


def test_a_visitor_counts_four_steps(town: Town, typed: dict[str, str]) -> None:
    fire = {"text": "Er is brand in huis"}
    pages = [answer(town, typed, step="what", **fire)]
    pages += [answer(town, typed, step=step) for step in ("what", "subject", "where", "who")]
    shown = [(page.step.name, page.context["number"]) for page in pages if isinstance(page, Page)]
    assert shown == [("danger", 1), ("subject", 1), ("where", 2), ("who", 3), ("check", 4)]
