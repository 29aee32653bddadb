from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from meldingen.intake.step import Visit
from meldingen.intake.steps.two import TWO
from meldingen.intake.submission import Submission
from meldingen.record.models import Melding
from meldingen.routing import starter
from meldingen.tenancy.models import Municipality
from tests.factories import Town
from tests.meldingen.intake.test_views import fields_of, send
from tests.sure import sure

LAMP, BIN = "De lamp is uit", "de prullenbak zit vol"
BOTH = f"{LAMP} en {BIN}"


@pytest.fixture(autouse=True)
def fresh_process() -> None:
    starter.forget()


def visit(text: str, second: str = "", **typed: str) -> Visit:
    submission = Submission(text=text, second_text=second)
    return Visit(municipality=Municipality(), sender=None, inputs=typed, submission=submission)


def other_way(page: Any) -> dict[str, str]:
    """What the button sends that answers the other way: the fields of the second form."""
    form = BeautifulSoup(page.content, "html.parser").find(id="andersom")
    assert form is not None
    return {str(field["name"]): str(field.get("value", "")) for field in form.find_all("input")}


@pytest.mark.parametrize(
    ("text", "second", "is_due"),
    [(BOTH, "", True), (LAMP, "", False), (BOTH, "Iets", False), (f"{BOTH}, en er is brand in huis", "", False)],
)
def test_it_is_asked_about_two_things_once_and_never_beside_danger(text: str, second: str, is_due: bool) -> None:
    assert TWO.is_due(visit(text, second)) is is_due


def test_who_said_that_it_is_one_is_asked_again_for_another_text_alone() -> None:
    mark = TWO.offer(visit(BOTH), {})["mark"]
    assert not TWO.is_due(visit(BOTH, two_answer="one", two_text=mark))
    assert TWO.is_due(visit(f"{BOTH}!", two_answer="one", two_text=mark))


def test_one_stays_one(resident: Client, town: Town, typed: dict[str, str]) -> None:
    page = resident.post("/melden/", typed | {"step": "what", "text": BOTH})
    assert fields_of(page)["step"] == "two"
    page = send(resident, page, two_answer="one")
    assert (fields_of(page)["step"], fields_of(page)["text"]) == ("subject", BOTH)
    assert resident.post("/melden/", fields_of(page) | {"step": "check", "go": "next"}).status_code == 302
    assert [melding.text for melding in Melding.objects.all()] == [BOTH]


def test_two_become_two_meldingen_of_one_reporter_at_one_place(
    resident: Client, town: Town, typed: dict[str, str]
) -> None:
    page = resident.post("/melden/", typed | {"step": "what", "text": BOTH})
    page = resident.post("/melden/", other_way(page))
    assert fields_of(page)["step"] == "subject"
    page = send(resident, page, category=town.container.slug)
    page = send(resident, page, buurt=town.west.code)
    assert BIN in BeautifulSoup(page.content, "html.parser").select(".summary")[0].text
    sent = fields_of(page) | {"go": "next"}
    thanks = [resident.post("/melden/", sent)["Location"] for _press in range(2)]
    first, second = Melding.objects.order_by("pk")
    assert ([first.text, second.text], [first.category, second.category]) == ([LAMP, BIN], [town.container, None])
    assert {(melding.buurt, melding.reporter.email) for melding in (first, second)} == {(town.west, typed["email"])}
    assert [sure(melding.events.first()).kind for melding in (first, second)] == ["received", "received"]
    assert (first.part_of, second.part_of) == (None, None)
    assert thanks == [f"/melden/bedankt/{first.follow_token}"] * 2
    assert f"/volg/{second.follow_token}" in resident.get(thanks[0]).text


def test_two_are_put_together_again(resident: Client, town: Town, typed: dict[str, str]) -> None:
    two = typed | {"text": LAMP, "second_text": BIN}
    page = resident.post("/melden/", two | {"go": "two"})
    assert fields_of(page)["step"] == "two"
    page = resident.post("/melden/", other_way(page))
    assert (fields_of(page)["step"], fields_of(page)["text"]) == ("check", f"{LAMP}\n{BIN}")
    assert not fields_of(page).get("second_text")
