import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import connection

from meldingen import intake, references
from meldingen.geo import to_door
from meldingen.intake import Refused, Submission, submit
from meldingen.models import Delivery, Event, Melding, Reporter
from tests.factories import CategoryFactory


@pytest.fixture
def said(town) -> Submission:
    return Submission(text="Lamp kapot", buurt_code=town.west.code, submission_key=uuid.uuid4())


def refusal(town, said, **changes) -> str:
    with pytest.raises(Refused) as caught:
        submit(town.municipality, replace(said, **changes))
    assert not Melding.objects.exists()
    return caught.value.code


def test_it_stores_melding_reporter_event_and_the_mail_that_is_due(town, said):
    melding = submit(town.municipality, replace(said, email="sam@example.org", language="en"))
    event = Event.objects.get(melding=melding)
    assert (event.kind, event.to_state, event.codes) == ("received", "new", {"source": "web"})
    assert Reporter.objects.get().language == "en"
    assert Delivery.objects.get().event == event


def test_it_asks_for_classification_and_receipt_when_it_commits(town, said, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        submit(town.municipality, replace(said, email="sam@example.org"))
    assert len(callbacks) == 2


def test_without_an_address_no_mail_is_due(town, said):
    submit(town.municipality, replace(said, name="Sam"))
    assert not Delivery.objects.exists()


def test_a_pin_goes_before_a_buurt(town, said):
    longitude, latitude = to_door(town.point())
    melding = submit(
        town.municipality, replace(said, buurt_code=town.east.code, longitude=longitude, latitude=latitude)
    )
    assert (melding.buurt, melding.place_source) == (town.west, "pin")


def test_on_a_shared_edge_the_lowest_code_counts(town, said):
    edge = town.point()
    edge.x = 86000
    longitude, latitude = to_door(edge)
    melding = submit(town.municipality, replace(said, longitude=longitude, latitude=latitude))
    assert melding.buurt in (town.west, town.east)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"text": " \n"}, "empty"),
        ({"text": "x" * (intake.MAX_TEXT + 1)}, "too_long"),
        ({"longitude": 0.0, "latitude": 0.0}, "outside"),
        ({"longitude": 1e300, "latitude": 4.0}, "outside"),
        ({"buurt_code": ""}, "missing"),
        ({"buurt_code": "BU00000000"}, "unknown"),
        ({"category_slug": "bestaat-niet"}, "unknown"),
        ({"category_slug": "afval"}, "unknown"),
    ],
)
def test_what_cannot_be_stored_is_refused_with_a_code(town, said, changes, code):
    assert refusal(town, said, **changes) == code


def test_nothing_of_the_neighbour_is_known_here(town, neighbour, said):
    CategoryFactory(municipality=neighbour.municipality, slug="van-de-buren", parent=neighbour.waste)
    assert refusal(town, said, category_slug="van-de-buren") == "unknown"
    assert refusal(town, said, buurt_code=neighbour.west.code) == "unknown"


def test_a_category_out_of_use_is_refused(town, said):
    town.waste.is_active = False
    town.waste.save()
    assert refusal(town, said, category_slug="dumping") == "unknown"


def test_the_same_key_in_two_municipalities_is_two_meldingen(town, neighbour, said):
    submit(town.municipality, said)
    submit(neighbour.municipality, replace(said, buurt_code=neighbour.west.code))
    assert Melding.objects.count() == 2


def test_a_reference_that_is_taken_is_drawn_again(town, said, monkeypatch):
    drawn = iter(["AAAAAAAA", "AAAAAAAA", "BBBBBBBB"])
    monkeypatch.setattr(references, "new_reference", lambda: next(drawn))
    submit(town.municipality, said)
    assert submit(town.municipality, replace(said, submission_key=uuid.uuid4())).reference == "BBBBBBBB"


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_make_one_melding(town, said):
    def press(_):
        try:
            return submit(town.municipality, said).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(press, range(8)))) == 1
    assert Melding.objects.count() == 1
