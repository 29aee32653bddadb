"""Which page follows, decided without a request; what a browser sees of it is in test_views."""

import pytest

from meldingen.intake.draft import Post
from meldingen.intake.pages import Left, Page, Thanks, decide, decide_stale
from meldingen.intake.steps.danger import mark_of
from meldingen.record.models import Melding
from tests.factories import Town


def answer(town: Town, typed: dict[str, str], **more: str) -> Page | Thanks | Left:
    return decide(Post(municipality=town.municipality, inputs=typed | more))


def step_of(page: Page | Thanks | Left) -> str:
    assert isinstance(page, Page)
    return page.step.name


@pytest.mark.parametrize(
    ("step", "go", "shown"),
    [
        ("", "next", "what"),
        ("onzin", "next", "what"),
        ("what", "next", "subject"),
        ("subject", "next", "where"),
        ("where", "next", "check"),
        ("where", "subject", "subject"),
        ("where", "check", "check"),
        ("where", "where", "check"),
        ("check", "what", "what"),
    ],
)
def test_it_goes_on_by_one_step_or_back_to_any(
    town: Town, typed: dict[str, str], step: str, go: str, shown: str
) -> None:
    assert step_of(answer(town, typed, step=step, go=go)) == shown
    assert not Melding.objects.exists()


def test_the_last_step_stores_the_melding(town: Town, typed: dict[str, str]) -> None:
    assert answer(town, typed) == Thanks(Melding.objects.get().follow_token)


@pytest.mark.parametrize(
    ("wrong", "shown"), [({"text": ""}, "what"), ({"email": "nee"}, "check"), ({"category": "onbekend"}, "subject")]
)
def test_what_is_wrong_is_shown_on_its_own_step(
    town: Town, typed: dict[str, str], wrong: dict[str, str], shown: str
) -> None:
    page = answer(town, typed, **wrong)
    assert step_of(page) == shown
    assert isinstance(page, Page)
    assert len(page.context["wrong"]) == 1


@pytest.mark.parametrize("step", ["what", "subject", "where", "check"])
def test_the_button_of_a_language_stays_on_the_step_and_checks_nothing(
    town: Town, typed: dict[str, str], step: str
) -> None:
    assert step_of(answer(town, typed, step=step, language="en", go="next")) == step
    assert not Melding.objects.exists()


@pytest.mark.parametrize("step", ["what", "subject", "where", "check"])
def test_a_page_that_was_open_too_long_is_shown_again_and_stores_nothing(
    town: Town, typed: dict[str, str], step: str
) -> None:
    page = decide_stale(Post(municipality=town.municipality, inputs=typed | {"step": step}))
    assert isinstance(page, Page)
    assert (page.step.name, page.notice) == (step, "stale")
    assert not Melding.objects.exists()


def numbers(town: Town, typed: dict[str, str]) -> list[tuple[str, int, int]]:
    """What each page calls itself, of those that follow."""
    pages = [answer(town, typed, step=step) for step in ("what", "danger", "subject", "where")]
    return [(page.step.name, page.context["number"], page.context["steps"]) for page in pages if isinstance(page, Page)]


def test_a_visitor_counts_four_steps(town: Town, typed: dict[str, str]) -> None:
    fire = typed | {"text": "Er is brand in huis"}
    assert numbers(town, fire) == [("danger", 1, 4), ("subject", 2, 4), ("where", 3, 4), ("check", 4, 4)]


def test_who_called_for_help_counts_what_they_are_asked(town: Town, typed: dict[str, str]) -> None:
    text = "Er is brand in huis"
    called = typed | {"text": text, "danger_answer": "called", "danger_text": mark_of(text)}
    assert numbers(town, called)[-1] == ("check", 3, 3)


@pytest.mark.parametrize("changed", ["what", "subject", "where"])
def test_who_changes_something_from_the_last_page_returns_to_it_at_once(
    town: Town, typed: dict[str, str], changed: str
) -> None:
    page = answer(town, typed, go=changed)
    assert isinstance(page, Page)
    assert (page.step.name, page.context["is_changing"]) == (changed, True)
    assert step_of(answer(town, typed, step=changed, is_changing="1")) == "check"


def test_who_changes_the_text_into_a_danger_is_told_to_call_on_the_way_back(town: Town, typed: dict[str, str]) -> None:
    fire = typed | {"text": "Er is brand in huis", "is_changing": "1"}
    assert step_of(answer(town, fire, step="what")) == "danger"
    assert step_of(answer(town, fire, step="danger")) == "check"


def test_what_is_still_wrong_is_asked_before_the_last_page(town: Town, typed: dict[str, str]) -> None:
    assert step_of(answer(town, typed, step="subject", is_changing="1", buurt="")) == "where"


@pytest.mark.parametrize(("step", "follows"), [("what", "subject"), ("photos", "subject"), ("subject", "where")])
def test_who_goes_on_with_what_the_browser_kept_is_asked_what_was_not_asked_yet(
    town: Town, typed: dict[str, str], step: str, follows: str
) -> None:
    page = answer(town, typed, step="check", go=step, resumed="1")
    assert step_of(page) == step
    assert isinstance(page, Page)
    assert page.context["is_changing"] is False
    assert step_of(answer(town, typed, step=step, go="next")) == follows
