import pytest

from meldingen import triage
from meldingen.intake import Submission, submit
from meldingen.models import Melding


@pytest.fixture
def melding(town) -> Melding:
    said = Submission(text="Lamp kapot", buurt_code=town.west.code, email="sam@example.org", name="Sam")
    return submit(town.municipality, said)


@pytest.fixture
def case(town, melding) -> triage.Case:
    user = town.member(user__first_name="Zoë", user__last_name="Geheim", user__username="zgeheim")
    return triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=user)


def page_of(client, melding):
    return client.get(f"/volg/{melding.follow_token}")


def test_it_shows_the_history_in_public_words_and_the_answers(resident, melding, case, town):
    triage.assign(case, town.roads)
    triage.answer(case, "Wij komen donderdag.")
    triage.close(case, "solved", "De lamp brandt weer.")
    page = page_of(resident, melding).content.decode()
    assert "Wij komen donderdag." in page
    assert "De lamp brandt weer." in page
    assert page.count("history__item") == 4


def test_it_keeps_inside_what_is_not_public(resident, melding, case, town):
    triage.note(case, "Deze meneer belt elke week.")
    triage.assign(case, town.roads)
    triage.answer(case, "Wij komen.")
    page = page_of(resident, melding).content.decode()
    for inside in ("elke week", "Geheim", "Zoë", "zgeheim", town.roads.name, "sam@example.org", "priorit"):
        assert inside not in page


def test_only_who_has_the_address_comes_near(resident, melding):
    response = page_of(resident, melding)
    assert response["Cache-Control"] == "no-store, private"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"


def test_it_needs_few_queries(resident, melding, case, django_assert_max_num_queries):
    for number in range(5):
        triage.answer(case, f"Antwoord {number}")
    with django_assert_max_num_queries(5):
        page_of(resident, melding)


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "a" * 5000, "%00", "é" * 43, "..%2f..", "' OR 1=1 --"])
def test_an_unknown_address_is_a_404_that_helps(resident, token):
    response = resident.get(f"/volg/{token}")
    assert response.status_code == 404
    assert b"<li" in response.content or b'href="/"' in response.content


def test_the_neighbour_does_not_show_it(melding, neighbour, client):
    client.defaults["HTTP_HOST"] = neighbour.host
    assert page_of(client, melding).status_code == 404
    assert client.get(f"/melden/bedankt/{melding.follow_token}").status_code == 404


def test_an_answer_cannot_bring_markup(resident, melding, case):
    triage.answer(case, "<img src=x onerror=alert(1)>")
    assert b"<img src=x" not in page_of(resident, melding).content
