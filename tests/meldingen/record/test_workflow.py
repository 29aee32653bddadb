import pytest

from meldingen.record import workflow
from meldingen.record.models import Melding


def test_every_state_of_a_melding_has_its_transitions():
    assert set(workflow.TRANSITIONS) == set(Melding.State.values)


def test_open_and_closed_states_divide_all_states():
    assert set(Melding.State.values) == workflow.OPEN | workflow.CLOSED
    assert not workflow.OPEN & workflow.CLOSED


@pytest.mark.parametrize("closed", sorted(workflow.CLOSED))
def test_a_closed_melding_can_only_be_opened_again(closed):
    assert workflow.TRANSITIONS[closed] == {workflow.REOPENED}


def test_it_refuses_what_the_workflow_does_not_know():
    with pytest.raises(workflow.TransitionRefused, match="solved -> new"):
        workflow.check("solved", "new")


def test_it_refuses_a_state_that_does_not_exist():
    with pytest.raises(workflow.TransitionRefused):
        workflow.check("gone", "new")
