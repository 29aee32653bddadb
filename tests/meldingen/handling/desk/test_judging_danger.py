"""The forms of a colleague who closes an emergency, or opens a melding again."""

import pytest
from django.test import Client

from meldingen.handling import triage
from meldingen.record import workflow
from meldingen.record.models import Melding, Note
from tests.factories import Town
from tests.meldingen.handling.desk.test_melding import act


def case_of(town: Town, melding: Melding) -> triage.Case:
    return triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member())


def test_the_form_asks_it_of_that_one_alone_and_says_what_to_do(town: Town, triager: Client) -> None:
    urgent, plain = town.melding(danger="life"), town.melding()
    assert b'name="danger" value="none"' not in triager.get(page(plain)).content
    answer = act(triager, urgent, "close", outcome="solved/repaired")
    assert "Niemand heeft nog gekeken" in answer.content.decode()
    said = {"outcome": "solved/repaired", "danger": "none"}
    assert act(triager, urgent, "close", **said).status_code == 302
    urgent.refresh_from_db()
    assert (urgent.danger, urgent.state) == ("", "solved")


@pytest.mark.parametrize(
    ("ticks", "answers", "notes"), [({}, 0, 1), ({"for_reporter": "on"}, 1, 0), ({"for_everybody": "on"}, 1, 0)]
)
def test_why_it_is_opened_again_is_for_colleagues_unless_it_is_ticked(
    town: Town, triager: Client, ticks: dict[str, str], answers: int, notes: int
) -> None:
    melding = town.melding()
    triage.close(case_of(town, melding), workflow.SOLVED)
    typed = {"text": "Per ongeluk gesloten."} | ticks
    assert act(triager, melding, "reopen", **typed).status_code == 302
    assert (melding.answers.count(), Note.objects.filter(melding=melding).count()) == (answers, notes)


@pytest.mark.parametrize("address", ["", "piket@stad.example"])
def test_before_a_danger_is_saved_the_form_says_who_is_mailed(town: Town, triager: Client, address: str) -> None:
    town.municipality.duty_email = address
    town.municipality.save()
    said = "krijgt wie piket heeft meteen een mail" in triager.get(page(town.melding())).text
    assert said == bool(address)


def page(melding: Melding) -> str:
    return f"/beheer/meldingen/melding/{melding.pk}/change/"
