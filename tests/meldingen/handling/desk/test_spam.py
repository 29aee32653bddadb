"""What was called spam lately stands under who did it, and goes back by a button."""

from typing import Any

from django.test import Client

from meldingen.handling import triage
from meldingen.record.models import Melding
from tests.factories import Town
from tests.meldingen.handling.conftest import case_of
from tests.staff import SECRET, at, full_melding

PAGE = "/beheer/spam/"


def test_each_colleague_stands_there_with_what_they_called_spam(triager: Client, town: Town) -> None:
    busy, other = town.member(user__first_name="Fatima"), town.member(user__first_name="Joris")
    for who, number in ((busy, 7), (other, 1)):
        for _number in range(number):
            triage.call_spam(case_of(town, town.melding(), who))
    page: Any = triager.get(PAGE)
    assert [
        (each["name"], each["number"], len(each["rows"]), each["more"]) for each in page.context_data["shares"]
    ] == [
        ("Fatima", 7, 5, 2),
        ("Joris", 1, 1, 0),
    ]
    theirs: Any = triager.get(PAGE, {"wie": busy.pk})
    assert len(theirs.context_data["shares"][0]["rows"]) == 7


def test_a_button_puts_it_back_as_it_was(triager: Client, town: Town) -> None:
    melding = town.melding(is_suspect=True)
    triage.call_spam(case_of(town, melding, town.member()))
    page: Any = triager.get(PAGE)
    (row,) = page.context_data["shares"][0]["rows"]
    assert "Geen spam" in page.text
    triager.post(f"/beheer/meldingen/melding/{melding.pk}/no-spam/doen/", {"seen": row["seen"]})
    stored = Melding.objects.get()
    assert (stored.state, stored.is_suspect) == ("new", True)
    assert "Er is pas niets spam genoemd." in triager.get(PAGE).text


def test_who_called_nothing_spam_here_is_no_page(triager: Client, neighbour: Town) -> None:
    stranger = neighbour.member()
    triage.call_spam(case_of(neighbour, full_melding(neighbour), stranger))
    assert triager.get(PAGE, {"wie": stranger.pk}).status_code == 404
    assert SECRET not in triager.get(PAGE).text


def test_who_does_not_decide_on_all_does_not_see_it(town: Town) -> None:
    assert at(town, town.member("handler")).get(PAGE).status_code == 403
