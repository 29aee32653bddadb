import itertools
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from meldingen.attachments import preparing
from meldingen.attachments.models import Photo
from meldingen.periodic import sweep
from meldingen.record.models import Melding
from tests.factories import Town
from tests.meldingen.attachments.conftest import files_in, private
from tests.meldingen.attachments.pictures import SVG, encoded, exif
from tests.sure import sure

__all__ = ["private"]
Typed = dict[str, str]
Page = BeautifulSoup


OTHERS = itertools.count()


def file(content: bytes = b"", name: str = "lek.jpg") -> SimpleUploadedFile:
    """Another photo each time, where nothing else is said."""
    return SimpleUploadedFile(name, content or encoded(exif=exif()) + b"%d" % next(OTHERS), "image/jpeg")


def send(resident: Client, typed: Typed, *files: SimpleUploadedFile, go: str = "photos", **more: str) -> Page:
    sent: dict[str, Any] = typed | {"step": "photos", "go": go, "photo_files": list(files)} | more
    return BeautifulSoup(resident.post("/melden/fotos", sent).content, "html.parser")


def kept(page: Page) -> str:
    return str(sure(page.select_one("input[name=photos]"))["value"])


def errors(page: Page) -> list[str]:
    return [error.text for error in page.select("#id_photos_error p")]


@pytest.fixture
def with_two(resident: Client, typed: Typed) -> Typed:
    return typed | {"photos": kept(send(resident, typed, file(), file()))}


def test_nobody_passes_it_who_does_not_ask_for_it(resident: Client, typed: Typed) -> None:
    page = BeautifulSoup(resident.post("/melden/", typed | {"step": "what"}).content, "html.parser")
    assert sure(page.select_one("input[name=step]"))["value"] == "subject"
    asked = BeautifulSoup(resident.post("/melden/", typed | {"step": "what", "go": "photos"}).content, "html.parser")
    assert sure(asked.select_one("input[name=step]"))["value"] == "photos"
    assert sure(asked.select_one("#melding"))["action"] == "/melden/fotos"


def test_the_page_comes_back_with_a_list_and_a_button_for_each(resident: Client, typed: Typed) -> None:
    page = send(resident, typed, file(), file())
    assert sure(page.select_one("input[name=step]"))["value"] == "photos"
    assert (
        len(page.select("ol.photos li")) == len(page.select("button[name=photo_off]")) == len(kept(page).split()) == 2
    )
    assert sure(page.select_one("input[name=text]"))["value"] == typed["text"]


def test_who_goes_on_with_files_chosen_takes_them_along(resident: Client, typed: Typed) -> None:
    page = send(resident, typed, file(), go="next")
    assert sure(page.select_one("input[name=step]"))["value"] == "subject"
    assert Photo.objects.filter(form=typed["submission_key"]).count() == 1
    assert kept(page)


def test_a_button_removes_one_with_its_files(resident: Client, with_two: Typed, private: Path) -> None:
    first, second = with_two["photos"].split()
    page = send(resident, with_two, go="", photo_off=first)
    assert kept(page) == second
    assert len(files_in(private)) == 1


def test_what_is_no_photo_is_named_and_keeps_no_other_back(resident: Client, typed: Typed) -> None:
    page = send(resident, typed, file(SVG, "tekening.jpg"), file(), file(b"\n", "kort.jpg"), go="next")
    assert sure(page.select_one("input[name=step]"))["value"] == "photos"
    assert ["tekening.jpg" in errors(page)[0], "kort.jpg" in errors(page)[1]] == [True, True]
    assert len(kept(page).split()) == 1
    assert [link["href"] for link in page.select("#fouten a")] == ["#id_photos"] * 2


def test_the_sixth_is_named_and_five_are_kept(resident: Client, typed: Typed) -> None:
    page = send(resident, typed, *(file(name=f"{number}.jpg") for number in range(1, 7)))
    assert len(kept(page).split()) == Photo.objects.count() == 5
    assert len(errors(page)) == 1
    assert "6.jpg" in errors(page)[0]
    assert page.select("input[type=file]") == []


def test_they_are_sent_with_the_melding_and_stand_on_its_private_page(resident: Client, with_two: Typed) -> None:
    response = resident.post("/melden/", with_two)
    melding = Melding.objects.get()
    assert melding.photos.count() == 2
    for photo in melding.photos.all():
        preparing.prepare(photo.pk)
    for address in (response["Location"], f"/volg/{melding.follow_token}"):
        page = BeautifulSoup(resident.get(address).content, "html.parser")
        assert len(page.select(f"a[href^='/volg/{melding.follow_token}/foto/'] img")) == 2


def test_the_same_sent_twice_is_one_melding(resident: Client, with_two: Typed) -> None:
    first, second = (resident.post("/melden/", with_two) for _press in range(2))
    assert first["Location"] == second["Location"]
    assert Melding.objects.count() == 1


def test_the_check_page_shows_them_with_a_way_back(resident: Client, with_two: Typed) -> None:
    for photo in Photo.objects.all():
        preparing.prepare(photo.pk)
    page = BeautifulSoup(resident.post("/melden/", with_two | {"step": "where"}).content, "html.parser")
    assert len(page.select(".summary img[src^='/melden/foto/']")) == 2
    assert page.select_one("button[value=photos]") is not None


@pytest.mark.parametrize("spoil", [lambda photos: photos[:-1] + "-", lambda photos: f"{'0' * 32}:{'A' * 43}"])
def test_a_forged_id_is_said_on_its_page_and_stores_nothing(resident: Client, with_two: Typed, spoil: Any) -> None:
    sent = with_two | {"photos": spoil(with_two["photos"])}
    page = BeautifulSoup(resident.post("/melden/", sent).content, "html.parser")
    assert sure(page.select_one("input[name=step]"))["value"] == "photos"
    assert len(errors(page)) == 1
    assert not Melding.objects.exists()
    assert not Photo.objects.filter(melding__isnull=False).exists()
    assert resident.post("/melden/", sent | {"photos": kept(page)}).status_code == 302


def test_an_id_of_another_form_is_refused(resident: Client, with_two: Typed) -> None:
    page = BeautifulSoup(
        resident.post("/melden/", with_two | {"submission_key": str(uuid.uuid4())}).content, "html.parser"
    )
    assert len(errors(page)) == 1
    assert not Melding.objects.exists()


def test_who_changes_a_word_after_sending_chooses_them_again(resident: Client, with_two: Typed) -> None:
    resident.post("/melden/", with_two)
    page = BeautifulSoup(resident.post("/melden/", with_two | {"text": "Iets anders."}).content, "html.parser")
    assert len(errors(page)) == 1
    assert (Melding.objects.count(), kept(page)) == (1, "")


def test_an_id_of_another_town_is_refused(with_two: Typed, neighbour: Town) -> None:
    elsewhere = Client(headers={"host": neighbour.host})
    page = BeautifulSoup(elsewhere.post("/melden/", with_two | {"buurt": neighbour.west.code}).content, "html.parser")
    assert len(errors(page)) == 1
    assert not Melding.objects.exists()


def test_the_small_picture_is_shown_to_the_form_alone(resident: Client, with_two: Typed, neighbour: Town) -> None:
    token = with_two["photos"].split()[0]
    assert resident.get(f"/melden/foto/{token}").status_code == 404  # not ready
    for photo in Photo.objects.all():
        preparing.prepare(photo.pk)
    shown = resident.get(f"/melden/foto/{token}")
    assert (shown.status_code, shown["Cache-Control"]) == (200, "no-store, private")
    assert Client(headers={"host": neighbour.host}).get(f"/melden/foto/{token}").status_code == 404
    assert resident.get(f"/melden/foto/{token[:-1]}-").status_code == 404
    resident.post("/melden/", with_two)
    assert resident.get(f"/melden/foto/{token}").status_code == 404


def test_an_expired_page_takes_nothing_in_and_keeps_what_was_there(with_two: Typed, town: Town) -> None:
    strict = Client(headers={"host": town.host}, enforce_csrf_checks=True)
    strict.get("/melden/")
    sent = with_two | {"step": "photos", "go": "next", "photo_files": [file()]}
    answer = strict.post("/melden/fotos", sent, headers={"origin": f"http://{town.host}"})
    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 403
    assert kept(page) == with_two["photos"]
    assert "nog een keer: lek.jpg" in sure(page.select_one("#id_photos")).text
    assert Photo.objects.count() == 2


def test_photos_come_only_by_their_own_address(resident: Client, typed: Typed) -> None:
    resident.post("/melden/", typed | {"step": "photos", "go": "photos", "photo_files": [file()]})
    assert not Photo.objects.exists()


@pytest.fixture(autouse=True)
def nothing_is_left_behind(settings: Settings) -> Iterator[None]:
    yield
    assert not settings.INCOMING_DIR.exists() or list(settings.INCOMING_DIR.iterdir()) == []


def test_an_earlier_page_that_knows_nothing_of_a_photo_loses_none(
    resident: Client, typed: Typed, with_two: Typed
) -> None:
    page = BeautifulSoup(resident.post("/melden/", typed | {"step": "what"}).content, "html.parser")
    assert kept(page).split() == with_two["photos"].split()
    assert "2 foto's toegevoegd" in sure(page.select_one(".add-photo")).text
    assert len(send(resident, typed).select("ol.photos li")) == 2


def test_another_form_gets_no_photo_of_it_nor_one_that_was_removed(
    resident: Client, typed: Typed, with_two: Typed
) -> None:
    send(resident, with_two, go="", photo_off=with_two["photos"].split()[0])
    assert len(kept(send(resident, typed)).split()) == 1
    assert kept(send(resident, typed | {"submission_key": str(uuid.uuid4())})) == ""


def test_a_photo_that_the_last_page_does_not_know_goes_along(
    resident: Client, town: Town, typed: Typed, with_two: Typed
) -> None:
    assert resident.post("/melden/", typed).status_code == 302
    sweep()
    assert Melding.objects.get().photos.count() == 2


def first_page(resident: Client) -> Typed:
    """What the front page sends that has no mark yet: its words and the token of that page."""
    page = BeautifulSoup(resident.get("/melden/").content, "html.parser")
    token = str(sure(page.select_one("#melding input[name=csrfmiddlewaretoken]"))["value"])
    return {"csrfmiddlewaretoken": token, "step": "what", "go": "photos", "text": "Groot gat in de weg"}


def begun(resident: Client, typed: Typed) -> Typed:
    page = BeautifulSoup(resident.post("/melden/", typed).content, "html.parser")
    return {str(each["name"]): str(each.get("value", "")) for each in page.select("#melding input[type=hidden]")}


def test_the_first_page_of_photos_loaded_anew_has_those_that_were_added(resident: Client, town: Town) -> None:
    first = first_page(resident)
    shown = begun(resident, first)
    send(resident, shown, file())
    assert begun(resident, first)["photos"].split() == [kept(send(resident, shown))]
    assert begun(resident, first_page(resident))["photos"] == ""


def test_a_page_that_is_loaded_anew_sends_the_same_file_and_has_it_once(resident: Client, typed: Typed) -> None:
    photo = encoded(exif=exif())
    first, second = (send(resident, typed, file(photo)) for _load in range(2))
    assert kept(first) == kept(second)
    assert Photo.objects.count() == 1


def test_a_photo_that_must_be_chosen_again_is_named(resident: Client, town: Town, typed: Typed) -> None:
    page = send(resident, typed, file(name="gat <b> van Sam.jpg"), file(name="lamp.jpg"))
    names = str(sure(page.select_one("input[name=photo_names]"))["value"])
    sent = typed | {"photos": kept(page), "photo_names": names}
    sure(Photo.objects.order_by("pk").first()).delete()
    page = BeautifulSoup(resident.post("/melden/", sent).content, "html.parser")
    assert sure(page.select_one("#id_photos_again")).text == "Kies deze nog een keer: gat <b> van Sam.jpg."
    assert len(kept(page).split()) == 1


@pytest.mark.parametrize("names", ["{", "[]", "3", '{"x": {"y": []}}', "x" * 3000])
def test_names_that_are_none_of_ours_are_no_error(resident: Client, typed: Typed, names: str) -> None:
    assert resident.post("/melden/", typed | {"photo_names": names}).status_code == 302
    assert send(resident, typed, photo_names=names).select_one("#id_photos_error") is None


def test_a_last_page_that_comes_back_knows_of_every_photo(resident: Client, typed: Typed, with_two: Typed) -> None:
    page = BeautifulSoup(resident.post("/melden/", typed | {"email": "sam"}).content, "html.parser")
    assert sure(page.select_one("input[name=step]"))["value"] == "check"
    assert kept(page).split() == with_two["photos"].split()
    assert len(page.select("input[name=photos]")) == 1


def test_without_a_script_a_link_looks_again_whether_a_photo_is_ready(resident: Client, with_two: Typed) -> None:
    thanks = resident.post("/melden/", with_two, follow=True)
    volg = resident.get(f"/volg/{Melding.objects.get().follow_token}")
    for answer in (thanks, volg):
        links = BeautifulSoup(answer.content, "html.parser").select("noscript a")
        assert [link["href"] for link in links] == [answer.wsgi_request.get_full_path()] * 2
    for photo in Photo.objects.all():
        preparing.prepare(photo.pk)
    assert "noscript" not in resident.get(volg.wsgi_request.path).text
