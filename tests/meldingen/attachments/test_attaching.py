import uuid

import pytest

from meldingen.attachments import attaching
from meldingen.attachments.models import Photo
from meldingen.attachments.tokens import token_of
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from tests.factories import Town
from tests.meldingen.attachments.conftest import FORM, Receive
from tests.meldingen.attachments.pictures import encoded


def code_of(town: Town, *tokens: str, form: uuid.UUID = FORM) -> str:
    with pytest.raises(Refused) as refused:
        attaching.attach(town.melding(), form, tokens)
    assert refused.value.field == "photos"
    return refused.value.code


@pytest.fixture
def two(receive: Receive) -> list[str]:
    return [token_of(receive()), token_of(receive(encoded("PNG")))]


def test_photos_of_the_form_become_those_of_the_melding(town: Town, two: list[str]) -> None:
    melding = town.melding()
    attaching.attach(melding, FORM, two)
    assert [token_of(photo) for photo in melding.photos.all()] == two
    assert attaching.photos_of_form(town.municipality, FORM, two) == []


def test_a_forged_id_is_refused_with_its_number(town: Town, two: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        attaching.attach(town.melding(), FORM, [two[0], two[1][:-1] + ("x" if two[1][-1] != "x" else "y")])
    assert "2" in str(refused.value.message)
    assert not Photo.objects.filter(melding__isnull=False).exists()


def test_an_id_of_another_form_or_another_town_is_refused(town: Town, neighbour: Town, receive: Receive) -> None:
    assert code_of(town, token_of(receive()), form=uuid.uuid4()) == "unknown"
    assert code_of(town, token_of(receive(where=neighbour))) == "unknown"


def test_an_id_that_was_sent_is_refused_the_second_time(town: Town, two: list[str]) -> None:
    attaching.attach(town.melding(), FORM, two)
    assert code_of(town, *two) == "sent"


def test_what_was_swept_away_is_said_to_be_gone(town: Town, two: list[str]) -> None:
    Photo.objects.all().delete()
    assert code_of(town, *two) == "gone"


def test_six_are_refused(town: Town, receive: Receive) -> None:
    assert code_of(town, *(token_of(receive()) for _number in range(6))) == "too_many"


def test_a_page_leaves_out_what_can_not_be_sent(town: Town, two: list[str]) -> None:
    kept = attaching.photos_of_form(town.municipality, FORM, ["forged", two[1]])
    assert [token_of(photo) for photo in kept] == [two[1]]
    assert attaching.photos_of_form(town.municipality, uuid.uuid4(), two) == []


def test_a_form_that_was_sent_shows_its_photo_no_more(town: Town, two: list[str]) -> None:
    photo = attaching.unsent(town.municipality, two[0])
    assert photo is not None
    Photo.objects.update(melding=town.melding())
    assert attaching.unsent(town.municipality, two[0]) is None


def test_none_costs_nothing(town: Town, django_assert_num_queries: object) -> None:
    melding: Melding = town.melding()
    with django_assert_num_queries(0):  # type: ignore[operator]
        attaching.attach(melding, FORM, ())


def test_what_was_there_when_its_form_was_sent_goes_to_its_melding(
    town: Town, neighbour: Town, two: list[str], receive: Receive
) -> None:
    strange, other = receive(form=uuid.uuid4()), receive(where=neighbour)
    melding = town.melding(submission_key=FORM)
    later = receive(encoded())
    assert attaching.adopt_left_over() == 2
    assert [token_of(photo) for photo in melding.photos.all()] == two
    assert set(Photo.objects.filter(melding=None)) == {strange, other, later}
    assert attaching.adopt_left_over() == 0
