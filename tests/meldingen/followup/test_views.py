import pytest
from django.test import Client

from meldingen.followup import rating
from meldingen.handling import triage
from meldingen.handling.triage import Case
from meldingen.record.models import Event, Melding, Satisfaction
from tests.factories import Town, follower_of

PAGES = ("toevoegen", "intrekken", "opgelost", "niet-opgelost")


def address(melding: Melding, page: str) -> str:
    return f"/volg/{melding.follow_token}/{page}"


@pytest.mark.parametrize("page", PAGES)
def test_looking_at_a_page_changes_nothing(resident: Client, solved: Melding, page: str) -> None:
    before = Event.objects.count()
    assert resident.get(address(solved, page)).status_code == 200
    assert (Event.objects.count(), Melding.objects.get().state) == (before, "solved")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_kept_by_no_cache_and_told_to_no_other_site(resident: Client, melding: Melding, page: str) -> None:
    response = resident.get(address(melding, page))
    assert (response["Cache-Control"], response["Referrer-Policy"]) == ("no-store, private", "strict-origin")


@pytest.mark.parametrize("page", [*PAGES, "oordeel"])
@pytest.mark.parametrize("token", ["x", "a" * 43])
def test_an_unknown_address_is_a_404_that_helps(resident: Client, town: Town, page: str, token: str) -> None:
    response = resident.post(f"/volg/{token}/{page}", {"text": "x", "reason": "half_done", "grade": "1"})
    assert response.status_code == 404
    assert "<h1" in response.text


def test_the_neighbour_and_a_follower_have_no_such_pages(
    resident: Client, client: Client, neighbour: Town, melding: Melding
) -> None:
    follower = follower_of(melding)
    for page in PAGES:
        assert resident.post(f"/volg/{follower.token}/{page}", {"text": "x"}).status_code == 404
        assert client.post(address(melding, page), headers={"host": neighbour.host}).status_code == 404
    assert melding.events.count() == 1


def test_a_form_needs_its_token(melding: Melding, town: Town) -> None:
    stranger = Client(enforce_csrf_checks=True, headers={"host": town.host})
    assert stranger.post(address(melding, "intrekken")).status_code == 403
    assert Melding.objects.get().state == "new"


def test_something_is_added_and_stands_on_the_private_page(resident: Client, melding: Melding) -> None:
    response = resident.post(address(melding, "toevoegen"), {"text": "Nu ook <b>glas</b>."}, follow=True)
    assert "Wij hebben uw aanvulling." in response.text
    assert "Nu ook &lt;b&gt;glas&lt;/b&gt;." in response.text


def test_what_is_wrong_stands_at_the_field_with_what_was_typed(resident: Client, melding: Melding) -> None:
    response = resident.post(address(melding, "toevoegen"), {"text": "x" * 5001})
    assert "x" * 5001 in response.text
    assert response.text.count("5000") >= 2
    assert 'aria-invalid="true"' in response.text


def test_withdrawing_asks_first_and_says_so_after(resident: Client, melding: Melding) -> None:
    assert "Melding intrekken" in resident.get(address(melding, "intrekken")).text
    page = resident.post(address(melding, "intrekken"), follow=True).text
    assert "U hebt uw melding ingetrokken." in page
    assert f'href="{address(melding, "intrekken")}"' not in page


def test_it_is_not_solved_in_two_taps(resident: Client, solved: Melding) -> None:
    page = resident.get(f"/volg/{solved.follow_token}").text
    assert f'href="{address(solved, "niet-opgelost")}"' in page
    reasons = resident.get(address(solved, "niet-opgelost")).text
    assert reasons.count('class="answer-button"') == 4
    page = resident.post(address(solved, "niet-opgelost"), {"reason": "came_back"}, follow=True).text
    assert "U zei: het is teruggekomen." in page


def test_yes_leads_to_five_faces_with_words(resident: Client, solved: Melding) -> None:
    page = resident.post(address(solved, "opgelost"), follow=True).text
    assert page.count('name="grade"') == 5
    resident.post(address(solved, "oordeel"), {"grade": "4"})
    assert Satisfaction.objects.get().grade == 4


@pytest.mark.parametrize("data", [{}, {"reason": "weg"}, {"grade": "9"}])
def test_what_no_button_sends_changes_nothing(resident: Client, solved: Melding, data: dict[str, str]) -> None:
    for page in ("niet-opgelost", "oordeel"):
        assert resident.post(address(solved, page), data).status_code == 200
    assert not Satisfaction.objects.exists()


def test_where_nothing_is_asked_any_more_the_page_says_why(resident: Client, melding: Melding) -> None:
    page = resident.get(address(melding, "niet-opgelost")).text
    assert 'name="reason"' not in page
    assert "niet afgesloten als opgelost" in page


def test_a_replayed_answer_of_two_tabs_is_as_one(resident: Client, solved: Melding, town: Town, case: Case) -> None:
    for _tab in range(2):
        resident.post(address(solved, "niet-opgelost"), {"reason": "half_done"})
    triage.close(case, "solved")
    rating.say_solved(town.municipality, solved.follow_token)
    assert solved.events.filter(to_state="reopened").count() == 1


def test_a_page_asks_a_fixed_number_of_questions(
    resident: Client, melding: Melding, django_assert_max_num_queries: object
) -> None:
    for number in range(4):
        resident.post(address(melding, "toevoegen"), {"text": f"Nog iets: {number}"})
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        resident.get(f"/volg/{melding.follow_token}")


def test_followers_and_merged_reporters_read_states_and_no_words(
    resident: Client, solved: Melding, town: Town, case: Case
) -> None:
    follower = follower_of(solved)
    resident.post(address(solved, "toevoegen"), {"text": "Geheimpje achter de bak."})
    resident.post(address(solved, "niet-opgelost"), {"reason": "wrong_place"})
    page = resident.get(f"/volg/{follower.token}").text
    assert "Wij hebben de melding opnieuw opgepakt." in page
    for inside in ("Geheimpje", "verkeerde plek", "U zei", "Reiniging", "/toevoegen", "/intrekken", "/niet-opgelost"):
        assert inside not in page


def test_who_says_it_in_their_own_words_opens_it_again_with_them(resident: Client, solved: Melding) -> None:
    page = resident.get(address(solved, "toevoegen")).text
    assert f'formaction="{address(solved, "niet-opgelost")}"' in page
    said = {"reason": "own_words", "text": "De bak zit nog vol, er kwam niemand."}
    page = resident.post(address(solved, "niet-opgelost"), said, follow=True).text
    assert said["text"] in page
    assert "U zei in uw eigen woorden dat het niet is opgelost." in page
    solved.refresh_from_db()
    assert (solved.state, solved.additions.count()) == ("reopened", 1)


def test_without_words_of_ones_own_the_page_asks_for_some(resident: Client, solved: Melding) -> None:
    page = resident.post(address(solved, "niet-opgelost"), {"reason": "own_words", "text": " "}).text
    assert "Schrijf eerst op wat er niet is opgelost." in page
    assert Melding.objects.get(pk=solved.pk).state == "solved"


def test_who_only_adds_reads_that_it_stays_closed(resident: Client, solved: Melding) -> None:
    page = resident.post(address(solved, "toevoegen"), {"text": "Nog vol."}, follow=True).text
    assert "Uw melding blijft gesloten." in page


def test_who_wrote_of_danger_reads_why_it_cannot_be_withdrawn(resident: Client, town: Town) -> None:
    page = resident.get(f"/volg/{town.melding(danger='life').follow_token}").text
    assert "/intrekken" not in page
    assert "U schreef over gevaar" in page
