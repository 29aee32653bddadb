"""To the figures of one buurt."""

from django.test import Client

from tests.factories import Town


def test_a_buurt_leads_to_its_line_through_time(onlooker: Client, seen_town: Town) -> None:
    answer = onlooker.get(f"/data/mijn-buurt/{seen_town.west.code}", follow=True)
    assert answer.redirect_chain[0][0].startswith(f"/data/buurt-per-maand/?gebied={seen_town.west.code}")
    assert answer.status_code == 200


def test_what_has_no_figures_is_said(onlooker: Client) -> None:
    answer = onlooker.get("/data/mijn-buurt/BU00000000", headers={"accept-language": "nl"})
    assert (answer.status_code, "geen cijfers van dit gebied" in answer.text) == (404, True)
