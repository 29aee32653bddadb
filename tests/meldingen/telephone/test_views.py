"""The page for a colleague who has somebody on the telephone, and the letter."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from meldingen.places.models import Address
from meldingen.questions.models import Reply
from meldingen.record.models import Event, Melding
from meldingen.tenancy.models import AuditEntry
from tests.factories import Town, reporter_of
from tests.meldingen.questions.asked import colour_of, question_of
from tests.meldingen.telephone.conftest import PAGE
from tests.staff import at
from tests.sure import sure

Press = Callable[..., Any]


def test_a_call_is_stored_and_ends_at_the_melding_on_the_desk(press: Press) -> None:
    response = press("save")
    melding = Melding.objects.get()
    assert response["Location"] == f"/beheer/?list=all&melding={melding.pk}"
    assert (melding.source, sure(melding.category).slug, melding.address) == (
        "phone", "container-vol", "Dorpsstraat 12, Lindewaard",
    )  # fmt: skip
    assert (melding.reporter.phone, melding.entered_by_id) == ("06 12345678", melding.events.get().actor_id)


def test_the_desk_says_the_reference_and_offers_a_letter_to_who_left_no_address(
    press: Press, telephonist: Client
) -> None:
    page = telephonist.get(press("save")["Location"]).content.decode()
    melding = Melding.objects.get()
    assert f"{melding.reference[:4]}-{melding.reference[4:]}" in page
    assert f"/beheer/telefoon/brief/{melding.pk}/" in page


def test_who_left_an_address_gets_a_mail_and_no_letter(press: Press, telephonist: Client) -> None:
    page = telephonist.get(press("save", email="wim@example.org")["Location"]).content.decode()
    assert "/beheer/telefoon/brief/" not in page
    assert Event.objects.get().deliveries.count() == 1


def test_where_a_neighbourhood_is_asked_for_its_field_is_open_and_it_is_the_colleague_who_chose(
    press: Press, telephonist: Client
) -> None:
    page = BeautifulSoup(press("save", place_text="Nergensstraat 1").content, "html.parser")
    assert sure(sure(page.find(id="id_buurt")).find_parent("details")).has_attr("open")
    press("save")
    page = BeautifulSoup(
        telephonist.get(f"/beheer/meldingen/melding/{Melding.objects.get().pk}/change/").content, "html.parser"
    )
    assert "wie het gesprek opnam" in page.text


def test_the_same_call_sent_twice_is_stored_once(press: Press) -> None:
    assert press("save")["Location"] == press("save")["Location"]
    assert Melding.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": ""}, "id_text"),
        ({"place_text": "Nergensstraat 1"}, "id_place_text"),
        ({"place_text": ""}, "id_place_text"),
        ({"phone": "bel me"}, "id_phone"),
        ({"email": "geen adres"}, "id_email"),
        ({"category": "bestaat-niet"}, "id_category"),
        ({"buurt": "BU00000000", "place_text": "x"}, "id_buurt"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_all_that_was_typed_stays(
    press: Press, values: dict[str, str], field: str
) -> None:
    page = press("save", name="Wim de Vries", **values).content.decode()
    assert f'href="#{field}"' in page
    assert 'value="Wim de Vries"' in page
    assert Melding.objects.count() == 0


def test_what_fits_is_shown_by_a_plain_button_and_nothing_is_stored(press: Press, town: Town) -> None:
    known = town.melding(category=town.container, point=town.point(), text="De glascontainer is vol.")
    response = press("check")
    page = response.content.decode()
    assert [each.melding.pk for each, _row in response.context["same"]] == [known.pk]
    assert known.reference in page
    assert "Dorpsstraat 12" in page
    assert Melding.objects.count() == 1
    assert AuditEntry.objects.count() == 0


def test_a_likely_category_is_chosen_by_its_button(press: Press) -> None:
    page = press("choose", "dumping", category="").content.decode()
    assert '<option value="dumping" selected>' in page


def test_danger_shows_112_and_is_not_stored_before_somebody_said_what_becomes_of_it(press: Press) -> None:
    page = press("save", text="Er ligt een kind in het water, help!").content.decode()
    assert 'href="tel:112"' in page
    assert 'href="#gevaar"' in page
    assert Melding.objects.count() == 0


def test_an_emergency_has_the_priority_that_it_has_by_the_form(press: Press) -> None:
    text = "Er ligt een kind in het water, help!"
    mark = press("check", text=text).context["danger_text"]
    press("save", text=text, danger_answer="called", danger_text=mark)
    melding = Melding.objects.get()
    assert (melding.priority, melding.danger, melding.events.filter(kind="warned").count()) == (4, "life", 1)


def test_who_called_before_is_looked_up_by_number_and_kept_as_a_search(press: Press, town: Town) -> None:
    before = town.melding(text="De stoep ligt los.")
    reporter_of(before, "", phone="+31 6 12 34 56 78")
    response = press("who")
    assert [row.melding.pk for row in response.context["earlier"]] == [before.pk]
    look = AuditEntry.objects.get()
    assert (look.kind, look.codes, look.target) == ("contact_searched", {"meldingen": 1}, "")


def test_nothing_is_looked_up_of_who_left_nothing(press: Press) -> None:
    assert "earlier" not in press("who", phone="").context
    assert not AuditEntry.objects.filter(kind="contact_searched").exists()


@pytest.mark.parametrize("role", ["reader", "handler"])
def test_who_may_not_take_calls_looks_nobody_up(town: Town, call: dict[str, str], role: str) -> None:
    assert at(town, town.member(role)).post(PAGE, call | {"who": "1"}).status_code == 403
    assert not AuditEntry.objects.filter(kind="contact_searched").exists()


def test_the_caller_follows_what_is_known_in_one_act(press: Press, town: Town) -> None:
    known = town.melding(category=town.container, point=town.point())
    response = press("same", str(known.pk), email="wim@example.org")
    assert response["Location"] == f"/beheer/?list=all&melding={known.pk}"
    assert known.recipients.filter(kind="follower").count() == 1
    assert Melding.objects.count() == 1


def test_a_wrong_address_stops_the_following_and_keeps_what_was_typed(press: Press, town: Town) -> None:
    known = town.melding(category=town.container, point=town.point())
    page = press("same", str(known.pk), email="geen adres").content.decode()
    assert 'href="#id_email"' in page
    assert known.recipients.count() == 0


@pytest.mark.parametrize("which", ["theirs", "0", "x", "9" * 30])
def test_a_melding_of_another_town_cannot_be_followed(press: Press, neighbour: Town, which: str) -> None:
    pk = str(neighbour.melding().pk) if which == "theirs" else which
    assert press("same", pk).status_code == 404


@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("handler", 403), ("telephone", 200), ("triage", 200)])
def test_the_page_is_for_who_takes_meldingen_in(town: Town, role: str, status: int) -> None:
    assert at(town, town.member(role)).get(PAGE).status_code == status


def test_who_is_no_colleague_is_asked_to_log_in(resident: Client) -> None:
    assert resident.get(PAGE)["Location"].startswith("/beheer/login/")


def test_the_letter_has_words_and_reference_and_nothing_of_who_called(press: Press, telephonist: Client) -> None:
    press("save", name="Wim de Vries")
    melding = Melding.objects.get()
    page = telephonist.get(f"/beheer/telefoon/brief/{melding.pk}/").content.decode()
    assert melding.text in page
    assert melding.follow_token in page
    assert not any(words in page for words in ("Wim", "12345678"))


def test_the_letter_is_in_the_language_of_the_reporter(press: Press, telephonist: Client) -> None:
    press("save", reporter_language="en")
    page = telephonist.get(f"/beheer/telefoon/brief/{Melding.objects.get().pk}/").content.decode()
    assert '<html lang="en"' in page
    assert "Container-vol (en)" in page


def test_a_letter_of_another_town_is_none(telephonist: Client, neighbour: Town, town: Town) -> None:
    assert telephonist.get(f"/beheer/telefoon/brief/{neighbour.melding().pk}/").status_code == 404
    reader = at(town, town.member("reader"))
    assert reader.get(f"/beheer/telefoon/brief/{town.melding().pk}/").status_code == 403


def test_looking_costs_as_many_statements_however_much_lies_near(
    press: Press, town: Town, dorpsstraat: Address, django_assert_max_num_queries: Any
) -> None:
    for _number in range(30):
        town.melding(category=town.container, point=dorpsstraat.point)
    with django_assert_max_num_queries(30):
        assert len(press("check").context["same"]) == 4


def test_what_the_category_asks_is_on_the_page_and_its_answers_are_stored(press: Press, town: Town) -> None:
    question_of(town)
    colour_of(town, kind="several")
    page = BeautifulSoup(press("check").content, "html.parser")
    assert sure(page.select_one("[data-part=questions] [name='vraag-']"))["value"] == "nummer:1 kleur:1"
    press("save", **{"vraag-": "nummer:1 kleur:1", "vraag-nummer": "0412", "vraag-kleur:wit": "1"})
    assert list(Reply.objects.values_list("value", flat=True)) == ["0412", "wit"]


def test_a_needed_answer_that_is_missing_is_asked_and_all_that_was_typed_stays(press: Press, town: Town) -> None:
    colour_of(town, is_required=True)
    question_of(town)
    answers = {"vraag-": "kleur:1 nummer:1", "vraag-nummer": "0412"}
    page = BeautifulSoup(press("save", name="Wim de Vries", **answers).content, "html.parser")
    assert [link["href"] for link in page.select(".errornote a")] == ["#id_vraag-kleur"]
    assert page.select_one("#id_vraag-kleur .errors")
    typed = [sure(page.select_one(field))["value"] for field in ("#id_vraag-nummer", "#id_name")]
    assert typed == ["0412", "Wim de Vries"]
    assert not Melding.objects.exists()


def test_a_needed_answer_is_asked_of_who_stores_before_the_question_was_there(press: Press, town: Town) -> None:
    colour_of(town, is_required=True)
    assert 'href="#id_vraag-kleur"' in press("save", **{"vraag-": ""}).text
    assert not Melding.objects.exists()


def test_answers_to_another_category_are_left_out(press: Press, town: Town) -> None:
    question_of(town, category=town.dumping)
    assert press("save", **{"vraag-": "nummer:1", "vraag-nummer": "0412"}).status_code == 302
    assert not Reply.objects.exists()


def test_who_is_in_danger_is_asked_no_question(press: Press, town: Town) -> None:
    colour_of(town, is_required=True)
    values = {"text": "Ik ruik gas bij de container", "danger_answer": "called", "vraag-": ""}
    page = press("check", **values)
    assert "vraag-kleur" not in page.text
    shown = BeautifulSoup(page.content, "html.parser").select_one("[name=danger_text]")
    values["danger_text"] = str(sure(shown)["value"])
    assert press("save", **values).status_code == 302
