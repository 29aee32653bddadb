from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from meldingen.attachments.models import Photo
from meldingen.followup import picturing
from meldingen.handling import triage
from meldingen.handling.triage import Case
from meldingen.record import events
from meldingen.record.models import Event, Melding
from meldingen.refusals import Refused
from tests.factories import Town
from tests.meldingen.attachments.conftest import private as private
from tests.meldingen.attachments.pictures import arrival, drawing, encoded

Send = Callable[..., Melding]


@pytest.fixture
def send(town: Town, melding: Melding, private: Any) -> Send:
    """Adds photos with this content to the melding, as its page does."""

    def sent(*contents: bytes) -> Melding:
        files = [arrival(content) for content in contents]
        try:
            picturing.add(town.municipality, melding.follow_token, files, sender=None)
        finally:
            for file in files:
                file.close()
        return Melding.objects.get(pk=melding.pk)

    return sent


def picture(number: int) -> bytes:
    return encoded("PNG", drawing(40 + number, 30))


def test_photos_are_kept_and_a_colleague_sees_that_there_are_some(send: Send) -> None:
    stored = send(picture(1), picture(2))
    assert stored.photos.count() == 2
    assert events.of(stored.events.get(kind=Event.Kind.ADDED)) == events.Added(photos=2)
    assert stored.reporter_spoke_at is not None


def test_the_same_file_again_is_one_photo_and_no_second_event(send: Send) -> None:
    send(picture(1))
    stored = send(picture(1))
    assert (stored.photos.count(), stored.events.filter(kind=Event.Kind.ADDED).count()) == (1, 1)


def test_who_was_asked_something_answers_with_a_photo(send: Send, case: Case) -> None:
    triage.take(case)
    triage.ask(case, "Waar precies?")
    assert send(picture(1)).state == "in_progress"


def test_a_file_that_is_none_keeps_no_other_back_and_is_named(send: Send, melding: Melding) -> None:
    with pytest.raises(Refused) as refused:
        send(b"<svg/>", picture(1))
    assert refused.value.field == "photos"
    assert melding.photos.count() == 1


def test_ten_fit_five_at_once(send: Send, melding: Melding) -> None:
    with pytest.raises(Refused):
        send(*map(picture, range(6)))
    send(*map(picture, range(6, 11)))
    assert melding.photos.count() == 10
    with pytest.raises(Refused, match=r"^full$"):
        send(picture(12))


def test_what_another_window_filled_meanwhile_takes_no_eleventh(
    send: Send, melding: Melding, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(*map(picture, range(5)))
    send(*map(picture, range(5, 9)))
    monkeypatch.setattr(picturing, "MOST", 20)
    last = [picture(20), picture(21)]
    take = picturing._receive

    def late(*args: Any) -> Any:
        received = take(*args)
        monkeypatch.setattr(picturing, "MOST", 10)
        return received

    monkeypatch.setattr(picturing, "_receive", late)
    send(*last)
    assert melding.photos.count() == 10


def test_nothing_is_added_to_what_was_withdrawn_and_nothing_is_kept(
    send: Send, melding: Melding, town: Town, resident: Client
) -> None:
    resident.post(f"/volg/{melding.follow_token}/intrekken", {"text": ""})
    with pytest.raises(Refused, match=r"^withdrawn$"):
        send(picture(1))
    assert not melding.photos.exists()


def test_the_page_takes_photos_and_says_so(resident: Client, melding: Melding, private: Any) -> None:
    address = f"/volg/{melding.follow_token}/fotos"
    assert 'name="photo_files"' in resident.get(address).text
    with closing(arrival(picture(1))) as file:
        done = resident.post(address, {"photo_files": file}, follow=True).text
    assert "Wij hebben uw foto" in done
    assert "U voegde 1 foto toe." in done


def test_who_chooses_none_is_told_at_the_field(resident: Client, melding: Melding) -> None:
    page = resident.post(f"/volg/{melding.follow_token}/fotos").text
    assert 'id="id_photos_error"' in page
    assert "Kies eerst een foto." in page


def test_another_address_takes_no_file(resident: Client, melding: Melding, private: Any) -> None:
    with closing(arrival(picture(1))) as file:
        resident.post(f"/volg/{melding.follow_token}/toevoegen", {"text": "Hier", "photo_files": file})
    assert not melding.photos.exists()


def choose(client: Client, melding: Melding, content: bytes) -> BeautifulSoup:
    """What the script does for each file that was chosen."""
    with closing(arrival(content)) as file:
        response = client.post(f"/volg/{melding.follow_token}/fotos", {"photo_files": file, "go": "photos"})
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_what_was_chosen_is_shown_and_removed_before_it_is_sent(
    resident: Client, melding: Melding, private: Any
) -> None:
    choose(resident, melding, picture(1))
    page = choose(resident, melding, picture(2))
    first, second = page.select("#id_photos .photos__off")
    assert "Nog niet verstuurd" in page.text
    assert not melding.photos.exists()
    after = resident.post(f"/volg/{melding.follow_token}/fotos", {"photo_off": str(first["value"])}).text
    assert str(second["value"]) in after
    assert str(first["value"]) not in after
    resident.post(f"/volg/{melding.follow_token}/fotos")
    assert [photo.melding_id for photo in Photo.objects.all()] == [melding.pk]


def test_what_is_no_photo_is_said_when_it_is_chosen(resident: Client, melding: Melding, private: Any) -> None:
    page = choose(resident, melding, b"<svg/>")
    assert len(page.select("#id_photos_error p")) == 1
    assert page.select("#id_photos .photos__off") == []


def test_what_is_chosen_takes_from_what_fits(resident: Client, melding: Melding, private: Any) -> None:
    pages = [choose(resident, melding, picture(number)) for number in range(6)]
    assert [len(page.select(".photos__off")) for page in pages] == [1, 2, 3, 4, 5, 5]
    assert pages[-1].select("input[type=file]") == []
