"""A text that a rule has ready stands in the form of its act, and goes nowhere by itself."""

from typing import Any

import pytest
from django.test import Client

from meldingen.handling import triage
from meldingen.handling.models import StandardText
from meldingen.languages import Texts
from meldingen.record.models import Answer, Melding
from meldingen.routing import routes
from tests.factories import RoutingRuleFactory, Town


@pytest.fixture
def melding(town: Town, request: pytest.FixtureRequest) -> Melding:
    state, name = getattr(request, "param", ("", "Weg"))
    text = StandardText.objects.create(
        municipality=town.municipality, for_state=state, name=name, text_texts=Texts(nl="Dank. Kenmerk {kenmerk}.")
    )
    own = {"municipality": town.municipality, "category": town.container, "area": None}
    RoutingRuleFactory.create(**own, position=20, team=town.roads, standard_text=text)
    one: Melding = town.melding(category=town.container)
    routes.route(one)
    return one


def ready(client: Client, melding: Melding) -> dict[str, str]:
    page: Any = client.get(f"/beheer/meldingen/melding/{melding.pk}/change/")
    acts = [each for each in page.context_data["offered"] if each.prepared]
    return {each.action.name: each.form.initial["text"] for each in acts}


def test_it_stands_in_the_answer_filled_in_and_nothing_is_sent(triager: Client, melding: Melding) -> None:
    (words,) = ready(triager, melding).values()
    assert words.startswith("Dank. Kenmerk ")
    assert "{" not in words
    assert not Answer.objects.exists()


@pytest.mark.parametrize("melding", [("solved", "Klaar")], indirect=True)
def test_it_stands_with_the_act_that_it_is_for(triager: Client, melding: Melding) -> None:
    assert list(ready(triager, melding)) == ["close"]


def test_it_stands_in_the_inbox_too(triager: Client, melding: Melding) -> None:
    page = triager.get("/beheer/", {"list": "open", "melding": str(melding.pk)})
    assert "Een regel zet “Weg” klaar" in page.text


def test_once_the_reporter_was_answered_nothing_is_ready(triager: Client, town: Town, melding: Melding) -> None:
    case = triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member())
    triage.answer(case, "Wij komen morgen.")
    assert ready(triager, melding) == {}


def test_a_text_that_is_out_of_use_is_not_ready(triager: Client, melding: Melding) -> None:
    StandardText.objects.update(is_active=False)
    assert ready(triager, melding) == {}


def test_what_was_typed_instead_is_kept_when_it_is_refused(triager: Client, melding: Melding) -> None:
    typed = {"text": "Eigen woorden", "seen": "0"}
    page = triager.post(f"/beheer/meldingen/melding/{melding.pk}/answer/doen/", typed)
    assert "Eigen woorden" in page.text
