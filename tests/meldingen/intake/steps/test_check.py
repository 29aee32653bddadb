from dataclasses import replace

from meldingen.intake.step import Advice, Row, Step, Visit
from meldingen.intake.steps.check import checking
from meldingen.intake.submission import Submission
from meldingen.tenancy.models import Municipality

VISIT = Visit(municipality=Municipality(), sender=None, inputs={}, submission=Submission(text="x"))


def test_it_shows_each_step_that_has_something_to_say_in_order() -> None:
    row = Row(title="Grootte", change="Wijzig", lines=[])
    asking = [Step(name="one", row=lambda _visit: row), Step(name="silent"), Step(name="two", row=lambda _visit: row)]
    assert checking(asking).offer(VISIT, {})["rows"] == [("one", row), ("two", row)]


def test_it_shows_advice_only_to_who_has_not_read_it_on_the_page_before() -> None:
    said, silent = (Advice(name="Gat", words=words, pictogram="wegen") for words in ("Bel de provincie.", ""))
    asking = [Step(name="one", advice=lambda _visit: said), Step(name="two", advice=lambda _visit: silent)]
    came = {name: replace(VISIT, inputs={"step": name}) for name in ("one", "two", "where")}
    shown = {name: checking(asking).offer(visit, {})["advices"] for name, visit in came.items()}
    assert shown == {"one": [said], "two": [], "where": []}
