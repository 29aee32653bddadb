"""Is this right? All that was said, with a way back to each step, before it is sent."""

from collections.abc import Sequence
from typing import Any

from meldingen.intake.step import Fields, Row, Step, Visit


def checking(asking: Sequence[Step]) -> Step:
    """The last step, after those that ask: it shows what each of them has to say."""

    def offer(visit: Visit, _fields: Fields) -> dict[str, Any]:
        rows: list[tuple[str, Row]] = [(step.name, row) for step in asking if (row := step.row(visit))]
        return {"rows": rows}

    return Step(name="check", template="intake/check.html", offer=offer)
