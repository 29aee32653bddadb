from pathlib import Path

import pytest

from meldingen.record import workflow
from meldingen.record.models import Melding


def test_every_state_of_a_melding_has_its_transitions() -> None:
    assert set(workflow.TRANSITIONS) == set(Melding.State.values)


def test_open_and_closed_states_divide_all_states() -> None:
    assert set(Melding.State.values) == workflow.OPEN | workflow.CLOSED
    assert not workflow.OPEN & workflow.CLOSED


@pytest.mark.parametrize("closed", sorted(workflow.CLOSED))
def test_a_closed_melding_can_only_be_opened_again(closed: str) -> None:
    assert workflow.TRANSITIONS[closed] == {workflow.REOPENED}


def test_it_refuses_what_the_workflow_does_not_know() -> None:
    with pytest.raises(workflow.TransitionRefused, match="solved -> new"):
        workflow.check("solved", "new")


def test_it_refuses_a_state_that_does_not_exist() -> None:
    with pytest.raises(workflow.TransitionRefused):
        workflow.check("gone", "new")


def in_words(state: str, effects: workflow.Effects) -> tuple[str, ...]:
    """A row of the page about states."""
    yes = {True: "yes", False: "no"}
    return (
        f"`{state}`", "closed" if state in workflow.CLOSED else "open", str(effects.term), yes[effects.mails],
        f"`{effects.measure}`" if effects.measure else "–", yes[effects.is_drawn], yes[effects.teaches],
        f"`{effects.reads_as}`",
    )  # fmt: skip


def test_the_page_about_states_says_what_the_code_does() -> None:
    page = Path("docs/states.md").read_text()
    lines = [line.strip("|").split("|") for line in page.splitlines() if line.startswith("| `")]
    rows = [tuple(cell.strip() for cell in cells) for cells in lines]
    assert rows == [in_words(state, effects) for state, effects in workflow.STATES.items()]


@pytest.mark.parametrize("state", ["spam", "threat"])
def test_who_sent_spam_or_a_threat_reads_that_it_is_not_taken_up(state: str) -> None:
    assert (workflow.public(state), workflow.STATES[state].mails) == ("declined", False)
