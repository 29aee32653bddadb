from meldingen.intake.step import Row, Step, Visit
from meldingen.intake.steps.check import checking
from meldingen.intake.submission import Submission
from meldingen.tenancy.models import Municipality


def test_it_shows_each_step_that_has_something_to_say_in_order() -> None:
    row = Row(title="Grootte", change="Wijzig", lines=[])
    asking = [Step(name="one", row=lambda _visit: row), Step(name="silent"), Step(name="two", row=lambda _visit: row)]
    visit = Visit(municipality=Municipality(), sender=None, typed={}, submission=Submission(text="x"))
    assert checking(asking).offer(visit, {}) == {"rows": [("one", row), ("two", row)]}
