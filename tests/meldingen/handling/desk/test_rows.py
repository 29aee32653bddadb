from datetime import datetime, timedelta

import pytest

from meldingen.handling.desk import rows
from meldingen.record import workflow
from meldingen.record.models import Melding

ZONE = "Europe/Amsterdam"
NOON = datetime.fromisoformat("2026-05-05T12:00:00+02:00")


def due(**values: object) -> Melding:
    return Melding(**{"state": workflow.ASSIGNED, "danger": "", "received_at": NOON - timedelta(days=9)} | values)


@pytest.mark.parametrize(
    ("later", "words", "kind"),
    [
        (timedelta(hours=2), "vandaag", "today"),
        (timedelta(days=1), "morgen", "soon"),
        (timedelta(days=2), "nog 2 d", "soon"),
        (timedelta(days=9), "nog 9 d", "later"),
        (-timedelta(hours=1), "sinds vandaag te laat", "overdue"),
        (-timedelta(days=1), "sinds gisteren te laat", "overdue"),
        (-timedelta(days=3), "3 d te laat", "overdue"),
    ],
)
def test_a_term_fits_in_a_line(later: timedelta, words: str, kind: str) -> None:
    term = rows.term(due(deadline=NOON + later), NOON, ZONE)
    assert term is not None
    assert (term.words, term.kind) == (words, kind)


def test_a_danger_says_the_hour() -> None:
    term = rows.term(due(deadline=NOON + timedelta(hours=2), danger="gas"), NOON, ZONE)
    assert term is not None
    assert "14:00" in term.words


def test_a_danger_of_tonight_is_late_by_hours_and_not_by_a_day() -> None:
    term = rows.term(due(deadline=NOON - timedelta(hours=14), danger="gas"), NOON, ZONE)
    assert term is not None
    assert (term.words, term.kind) == ("14 u te laat", "overdue")


def test_what_came_tonight_is_not_a_day_late() -> None:
    melding = due(received_at=NOON - timedelta(hours=16), deadline=NOON - timedelta(hours=14))
    term = rows.term(melding, NOON, ZONE)
    assert term is not None
    assert (term.words, term.kind) == ("14 u te laat", "overdue")


@pytest.mark.parametrize("state", [workflow.WAITING, workflow.SOLVED])
def test_what_rests_or_is_closed_is_not_late(state: str) -> None:
    assert rows.term(due(deadline=NOON - timedelta(days=3), state=state), NOON, ZONE) is None


@pytest.mark.parametrize(
    ("ago", "words"),
    [(timedelta(seconds=-5), "0 min"), (timedelta(minutes=59), "59 min"), (timedelta(hours=23), "23 u"),
     (timedelta(days=40), "40 d")],
)  # fmt: skip
def test_an_age_is_one_word(ago: timedelta, words: str) -> None:
    assert rows.age(NOON - ago, NOON, ZONE) == words


def test_nothing_is_later_than_it_is_old() -> None:
    evening = NOON - timedelta(days=3, hours=-8)
    late = rows.term(due(deadline=evening + timedelta(hours=1)), NOON, ZONE)
    assert (rows.age(evening, NOON, ZONE), late and late.words) == ("3 d", "3 d te laat")


def test_the_place_is_the_street_and_else_what_was_said_of_it() -> None:
    assert rows.place_of(Melding(address="Dorpsstraat 12, Lindewaard", place_text="bij de brug")) == "Dorpsstraat 12"
    assert rows.place_of(Melding(place_text="bij de brug")) == "bij de brug"


def test_a_melding_without_a_category_has_no_drawing() -> None:
    assert rows.drawing_of(None) == ""
