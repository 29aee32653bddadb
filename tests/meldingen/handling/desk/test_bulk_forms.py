"""What is filled in for an act on many."""

from typing import Any

from meldingen.handling import moving
from meldingen.handling.desk.bulk_forms import FORMS, BulkForm
from meldingen.handling.models import BulkAct, StandardText
from meldingen.languages import Texts
from meldingen.record import events, lifecycle
from tests.factories import Town


def form(town: Town, kind: str, typed: dict[str, Any] | None, **more: Any) -> BulkForm:
    given: dict[str, Any] = {"municipality": town.municipality, "rows": [], "lead": None}
    return FORMS[kind](typed, **given | more)


def test_each_act_has_a_form() -> None:
    assert set(FORMS) == set(BulkAct.Kind) - set(moving.KINDS)


def test_outcome_and_reason_are_one_choice(town: Town) -> None:
    choice = form(town, "close", {"outcome": "declined/private", "text": "Bij u thuis."}).choice()
    assert (choice.outcome, choice.reason, choice.text) == ("declined", "private", "Bij u thuis.")


def test_a_standard_text_or_words_of_ones_own_and_not_both(town: Town) -> None:
    own = {"municipality": town.municipality, "text_texts": Texts(nl="Klaar.")}
    text = StandardText.objects.create(**own, name="Klaar", for_state="solved")
    typed = {"outcome": "solved", "standard_text": text.pk}
    assert form(town, "close", typed).choice().standard_text == text
    assert "text" in form(town, "close", typed | {"text": "Ook dit."}).errors


def test_who_leads_is_one_of_the_chosen(town: Town) -> None:
    lead, other = town.melding(), town.melding()
    rows = {"rows": [lead, other], "lead": lead.pk}
    assert form(town, "merge", None, **rows).choice().lead_id == lead.pk
    assert form(town, "merge", {"lead": str(other.pk)}, **rows).choice().lead_id == other.pk
    assert form(town, "merge", {"lead": "1"}, **rows).errors


def test_what_is_closed_or_was_merged_is_not_offered_to_lead(town: Town) -> None:
    lead, closed = town.melding(), town.melding()
    merged = town.melding(lead=lead)
    lifecycle.move(closed, "solved", actor=events.SWEEP)
    offered = form(town, "merge", None, rows=[lead, closed, merged], lead=lead.pk).fields["lead"].choices  # type: ignore[attr-defined]
    assert [pk for pk, _words in offered] == [lead.pk]
