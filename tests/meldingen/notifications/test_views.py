from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from meldingen.handling import triage
from meldingen.intake.receiving import submit
from meldingen.intake.submission import Submission
from meldingen.notifications.models import LinkRequest, Recipient
from meldingen.questions import asking
from meldingen.record.models import Event, Melding
from tests.factories import Town, follower_of, recipient_of
from tests.meldingen.questions.asked import question_of
from tests.threats import threaten


@pytest.fixture
def melding(town: Town) -> Melding:
    said = Submission(text="Lamp kapot", buurt_code=town.west.code, email="sam@example.org", name="Sam")
    return submit(town.municipality, said)


@pytest.fixture
def case(town: Town, melding: Melding) -> triage.Case:
    user = town.member(user__first_name="Zoë", user__last_name="Geheim", user__username="zgeheim")
    return triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=user)


def page_of(client: Client, melding: Melding) -> Any:
    return client.get(f"/volg/{melding.follow_token}")


def test_it_shows_the_history_in_public_words_and_the_answers(
    resident: Client, melding: Melding, case: triage.Case, town: Town
) -> None:
    triage.assign(case, town.roads)
    triage.answer(case, "Wij komen donderdag.")
    triage.close(case, "solved", "De lamp brandt weer.")
    page = page_of(resident, melding).content.decode()
    assert "Wij komen donderdag." in page
    assert "De lamp brandt weer." in page
    assert page.count("history__item") == 4


def test_it_keeps_inside_what_is_not_public(resident: Client, melding: Melding, case: triage.Case, town: Town) -> None:
    triage.note(case, "Deze meneer belt elke week.")
    triage.assign(case, town.roads)
    triage.answer(case, "Wij komen.")
    page = page_of(resident, melding).content.decode()
    for inside in ("elke week", "Geheim", "Zoë", "zgeheim", "sam@example.org", "priorit"):
        assert inside not in page


def test_the_reporter_reads_which_team_has_it_and_which_answered(
    resident: Client, melding: Melding, case: triage.Case, town: Town
) -> None:
    triage.answer(case, "Wij zoeken het uit.")
    triage.assign(case, town.roads)
    triage.answer(case, "Wij komen.")
    triage.assign(case, town.cleaning)
    page = page_of(resident, melding).text
    assert "Team Reiniging heeft uw melding." in page
    assert page.index("Team Wegen antwoordt:") < page.index("Ons antwoord:")  # the newest stands first


def test_only_who_has_the_address_comes_near(resident: Client, melding: Melding) -> None:
    response = page_of(resident, melding)
    assert response["Cache-Control"] == "no-store, private"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"


def test_it_needs_few_queries(
    resident: Client, melding: Melding, case: triage.Case, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        triage.answer(case, f"Antwoord {number}")
    with django_assert_max_num_queries(6):
        page_of(resident, melding)


@pytest.mark.parametrize("token", ["x", "a" * 43, "a" * 5000, "é" * 43, "..%2f..", "' OR 1=1 --"])
def test_an_unknown_address_is_a_404_that_helps(resident: Client, token: str) -> None:
    response = resident.get(f"/volg/{token}")
    assert response.status_code == 404
    assert b"<li" in response.content or b'href="/"' in response.content


def test_an_unknown_address_has_the_field_to_send_the_link_again(resident: Client, town: Town) -> None:
    page = resident.get(f"/volg/{'a' * 43}").text
    assert 'name="reference"' in page
    assert 'action="/volg/"' in page


@pytest.mark.parametrize("address", ["sam@example.org", "ander@example.org"])
def test_who_asks_for_the_link_reads_the_same_whoever_they_are(
    resident: Client, melding: Melding, address: str
) -> None:
    response = resident.post("/volg/", {"reference": melding.reference, "email": address}, follow=True)
    assert response.redirect_chain == [("/volg/?gevraagd=ja", 302)]
    assert "Als kenmerk en e-mailadres bij elkaar horen" in response.text
    assert address not in response.text
    assert "Wacht tien minuten." in response.text


def test_who_left_a_number_only_reads_whom_to_ring(resident: Client, town: Town) -> None:
    town.municipality.phone = "14 0123"
    town.municipality.save()
    assert 'href="tel:140123"' in resident.get("/volg/").text


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_asked(resident: Client, melding: Melding) -> None:
    response = resident.post("/volg/", {"reference": "weg", "email": "sam"})
    assert response.text.count('aria-invalid="true"') == 2
    assert not LinkRequest.objects.exists()


def test_a_network_asks_so_many_times_an_hour(resident: Client, melding: Melding, limited: Any) -> None:
    limited(links="2/hour")
    data = {"reference": melding.reference, "email": "sam@example.org"}
    assert [resident.post("/volg/", data).status_code for _time in range(3)] == [302, 302, 429]


def test_the_neighbour_does_not_show_it(melding: Melding, neighbour: Town, client: Client) -> None:
    client.defaults["HTTP_HOST"] = neighbour.host
    assert page_of(client, melding).status_code == 404
    assert client.get(f"/melden/bedankt/{melding.follow_token}").status_code == 404


def test_an_answer_cannot_bring_markup(resident: Client, melding: Melding, case: triage.Case) -> None:
    triage.answer(case, "<img src=x onerror=alert(1)>")
    assert b"<img src=x" not in page_of(resident, melding).content


def by_mail(melding: Melding) -> Any:
    return {"mail": recipient_of(melding).token}


def say(client: Client, melding: Melding, word: str, **values: Any) -> Any:
    return client.post(f"/volg/{melding.follow_token}/mail", by_mail(melding) | {"say": word} | values)


def test_who_hears_no_reads_why_first(resident: Client, melding: Melding, case: triage.Case) -> None:
    triage.close(case, "declined", "Deze weg is van de provincie.")
    page = page_of(resident, melding).content.decode()
    assert page.index("Deze weg is van de provincie.") < page.index("Daarom pakken wij deze melding niet op.")
    triage.reopen(case)
    assert "Daarom pakken wij deze melding niet op." not in page_of(resident, melding).content.decode()


def test_a_reason_of_the_list_stands_before_what_a_colleague_added(
    resident: Client, melding: Melding, case: triage.Case
) -> None:
    triage.close(case, "declined", "Wij hebben de eigenaar gebeld.", reason="private")
    page = page_of(resident, melding).content.decode()
    order = ["Dit is op privéterrein.", "Wij hebben de eigenaar gebeld.", "Daarom pakken wij deze melding niet op."]
    assert sorted(order, key=page.index) == order


def test_why_it_was_closed_stands_under_how_it_stands_until_it_is_opened_again(
    resident: Client, melding: Melding, case: triage.Case
) -> None:
    triage.close(case, "forwarded", reason="province")
    assert page_of(resident, melding).content.decode().count("De provincie gaat hierover.") == 2
    triage.reopen(case)
    assert page_of(resident, melding).content.decode().count("De provincie gaat hierover.") == 1


def test_who_came_by_a_mail_is_asked_whether_it_is_theirs(resident: Client, melding: Melding) -> None:
    address = f"/volg/{melding.follow_token}"
    assert b"Dit is mijn melding" in resident.get(address, by_mail(melding)).content
    for other in ({}, {"mail": "x"}, {"mail": ""}, {"mail": melding.follow_token}):
        assert b"Dit is mijn melding" not in resident.get(address, other).content


@pytest.mark.parametrize("path", ["", "/niet-ik", "/mail"])
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_a_program_that_opens_every_link_changes_nothing(
    resident: Client, melding: Melding, path: str, method: str
) -> None:
    words = by_mail(melding) | {"say": "refuse"}
    getattr(resident, method)(f"/volg/{melding.follow_token}{path}", words)
    assert Event.objects.count() == 1
    assert Recipient.objects.filter(confirmed_at=None, stopped_at=None).count() == 1


def test_a_button_confirms_and_a_button_stops(resident: Client, melding: Melding) -> None:
    shown = resident.get(say(resident, melding, "confirm")["Location"])
    assert "U krijgt elke mail erover meteen" in shown.text
    shown = resident.get(say(resident, melding, "refuse")["Location"])
    assert "Deze mails zijn gestopt" in shown.text
    assert [event.kind for event in melding.events.all()] == ["received", "address_confirmed", "address_refused"]


def test_the_page_that_stops_mails_shows_nothing_that_was_typed_and_counts_the_others(
    resident: Client, town: Town, melding: Melding
) -> None:
    for _ in range(2):
        said = Submission(
            text="Woord", buurt_code=town.east.code, email="SAM@example.org", place_text="Ergens", name="Wim"
        )
        submit(town.municipality, said)
    page = resident.get(f"/volg/{melding.follow_token}/niet-ik", by_mail(melding)).content.decode()
    assert "2 andere meldingen" in page
    assert town.west.name in page
    assert not [typed for typed in ("Lamp", "Woord", "Ergens", "Sam", "Wim", "example.org\n") if typed in page]
    say(resident, melding, "refuse_all")
    assert Recipient.objects.filter(stopped_at__isnull=False).count() == 3


@pytest.mark.parametrize("wrong", [{"mail": "x"}, {"mail": ""}, {"say": "dance"}, {"say": ""}])
def test_what_no_mail_says_is_unknown(resident: Client, melding: Melding, wrong: Any) -> None:
    assert say(resident, melding, "refuse", **wrong).status_code == 404
    assert Event.objects.count() == 1


def test_the_private_address_alone_speaks_for_nobody(resident: Client, melding: Melding) -> None:
    address = f"/volg/{melding.follow_token}"
    assert resident.get(f"{address}/niet-ik").status_code == 404
    assert resident.post(f"{address}/mail", {"say": "confirm"}).status_code == 404


def test_another_website_cannot_press_the_button(town: Town, melding: Melding) -> None:
    client = Client(headers={"host": town.host}, enforce_csrf_checks=True)
    assert say(client, melding, "refuse").status_code == 403


def test_a_copy_is_a_file_of_text(resident: Client, melding: Melding, town: Town) -> None:
    copy = resident.get(f"/volg/{melding.follow_token}.txt")
    reference = f"{melding.reference[:4]}-{melding.reference[4:]}"
    assert copy["Content-Type"] == "text/plain; charset=utf-8"
    assert copy["Content-Disposition"] == f'attachment; filename="melding-{reference}.txt"'
    for words in (reference, "Lamp kapot", town.west.name, f"http://stad.example/volg/{melding.follow_token}\n"):
        assert words in copy.content.decode()
    assert "sam@example.org" not in copy.content.decode()


def test_a_copy_is_written_as_it_was_typed(resident: Client, town: Town) -> None:
    said = Submission(text="<b>Lamp</b> & 'meer'\nhier", buurt_code=town.west.code)
    assert (
        b"<b>Lamp</b> & 'meer'\nhier"
        in resident.get(f"/volg/{submit(town.municipality, said).follow_token}.txt").content
    )


def test_the_page_of_thanks_has_the_copy(resident: Client, melding: Melding) -> None:
    page = resident.get(f"/melden/bedankt/{melding.follow_token}").content.decode()
    assert "Lamp kapot" in page
    assert f"/volg/{melding.follow_token}.txt" in page


@pytest.mark.parametrize("path", ["", ".txt", "/niet-ik"])
def test_all_of_it_is_private(resident: Client, neighbour: Town, melding: Melding, path: str) -> None:
    address = f"/volg/{melding.follow_token}{path}"
    answer = resident.get(address, by_mail(melding))
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store, private")
    assert answer["Referrer-Policy"] == ("no-referrer" if path == ".txt" else "strict-origin")
    assert Client(headers={"host": neighbour.host}).get(address, by_mail(melding)).status_code == 404


@pytest.mark.parametrize("call", [triage.call_spam, threaten])
def test_who_sent_spam_or_a_threat_reads_no_more_than_that_it_is_not_taken_up(
    resident: Client, melding: Melding, case: triage.Case, call: Any
) -> None:
    call(case)
    page = page_of(resident, melding).content.decode()
    assert "Wij pakken deze niet op" in page
    assert not {"spam", "threat", "dreig"} & set(page.lower().replace("<", " ").split())


def test_in_english_a_buurt_is_a_neighbourhood(resident: Client, melding: Melding, town: Town) -> None:
    resident.cookies["django_language"] = "en"
    page = resident.get(f"/volg/{follower_of(melding).token}").text
    assert "Neighbourhood" in page
    assert "Buurt</dt>" not in page


def test_the_state_stands_above_all_and_what_is_late_says_so(
    resident: Client, melding: Melding, case: triage.Case, town: Town
) -> None:
    triage.assign(case, town.roads)
    page = page_of(resident, melding).content.decode()
    assert ("state--assigned" in page, "Bij een team" in page, 'class="late' in page) == (True, True, False)
    Melding.objects.filter(pk=melding.pk).update(promised_at=timezone.now() - timedelta(days=2))
    assert 'class="late' in page_of(resident, melding).content.decode()


def test_spam_reads_as_what_is_not_taken_up(resident: Client, melding: Melding, case: triage.Case) -> None:
    triage.call_spam(case)
    page = page_of(resident, melding).content.decode()
    assert ("state--declined" in page, "state--spam" in page) == (True, False)


def test_the_reporter_reads_what_they_answered_and_a_follower_does_not(
    resident: Client, town: Town, melding: Melding
) -> None:
    melding.category = town.container
    question_of(town)
    asking.keep(melding, [asking.Entry("nummer", 1, "bij mevrouw Geheim")])
    for address in (f"/volg/{melding.follow_token}", f"/volg/{melding.follow_token}.txt"):
        page = resident.get(address).text
        assert ("Wat is nummer?" in page, "bij mevrouw Geheim" in page) == (True, True)
    follower = follower_of(melding)
    assert "Geheim" not in resident.get(f"/volg/{follower.token}").text
