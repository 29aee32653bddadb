"""Is this right, and who are you? All that was said, with a way back to each step, before it is sent."""

from collections.abc import Sequence
from typing import Any

from meldingen.intake.step import Advice, Fields, Row, Step, Visit
from meldingen.intake.steps.who import CallerForm, WhoForm, values


def checking(asking: Sequence[Step]) -> Step:
    """The last step, after those that ask: it shows what each of them has to say, and asks who makes it."""

    def offer(visit: Visit, _fields: Fields) -> dict[str, Any]:
        rows: list[tuple[str, Row]] = [(step.name, row) for step in asking if (row := step.row(visit))]
        # Who came by the page after that step has read its advice there; who changed the subject just now has not.
        new = [step for step in asking if step.name == visit.inputs.get("step")]
        advices: list[Advice] = [advice for step in new if (advice := step.advice(visit)) and advice.words]
        return {"rows": rows, "advices": advices}

    return Step(
        name="check", form=WhoForm, colleague_form=CallerForm, template="intake/check.html", offer=offer, values=values
    )
