from meldingen.intake.step import Advice, Row, Step, Visit
from meldingen.intake.steps.check import checking
from meldingen.intake.submission import Submission
from meldingen.tenancy.models import Municipality

VISIT = Visit(municipality=Municipality(), sender=None, inputs={}, submission=Submission(text="x"))


def test_it_shows_each_step_that_has_something_to_say_in_order() -> None:
    row = Row(title="Grootte", change="Wijzig", lines=[])
    asking = [Step(name="one", row=lambda _visit: row), Step(name="silent"), Step(name="two", row=lambda _visit: row)]
    assert checking(asking).offer(VISIT, {})["rows"] == [("one", row), ("two", row)]


def test_it_repeats_advice_that_has_words() -> None:
    said, silent = (Advice(name="Gat", words=words, pictogram="wegen") for words in ("Bel de provincie.", ""))
    asking = [Step(name="one", advice=lambda _visit: said), Step(name="two", advice=lambda _visit: silent)]
    assert checking(asking).offer(VISIT, {})["advices"] == [said]
