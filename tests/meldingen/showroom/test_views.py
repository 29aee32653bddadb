"""The door of the demonstration: open beside invented towns, not there beside a real one."""

from email.message import EmailMessage as Message
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import NoReverseMatch, reverse

from meldingen.notifications.files import FileBackend
from meldingen.showroom.checks import check_demo
from tests.factories import MunicipalityFactory, Town

pytestmark = pytest.mark.urls("tests.meldingen.showroom.urls")


@pytest.fixture
def invented(town: Town) -> Town:
    town.municipality.is_invented = True
    town.municipality.save()
    for username, role in (("behandelaar", "triage"), ("beheer", "manager")):
        town.member(role, user__username=username)
    return town


def look_as(client: Client, town: Town, part: str) -> str:
    """Where one click leads."""
    answer = client.post("/demo/als/", {"part": part}, headers={"host": town.host})
    assert answer.status_code == 302, answer.status_code
    return str(answer["Location"])


def test_the_page_offers_those_parts_that_somebody_plays_here(invented: Town, client: Client) -> None:
    page = client.get("/demo/", headers={"host": invented.host}).content.decode()
    for part in ("bewoner", "triage", "beheerder", "journalist"):
        assert f'value="{part}"' in page
    assert 'value="telefoon"' not in page


def test_one_click_signs_in_and_the_next_as_somebody_else(invented: Town, client: Client) -> None:
    assert look_as(client, invented, "triage") == "/beheer/"
    assert client.session["_auth_user_id"]
    first = client.session["_auth_user_id"]
    look_as(client, invented, "beheerder")
    assert client.session["_auth_user_id"] != first


def test_a_resident_is_signed_in_nowhere(invented: Town, client: Client) -> None:
    look_as(client, invented, "triage")
    assert look_as(client, invented, "journalist") == "/data/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("part", ["", "koning", "telefoon"])
def test_a_part_that_nobody_plays_is_not_there(invented: Town, client: Client, part: str) -> None:
    assert client.post("/demo/als/", {"part": part}, headers={"host": invented.host}).status_code == 404


def test_a_colleague_of_another_town_is_played_by_nobody(invented: Town, client: Client) -> None:
    other = Town(host="ander.example", is_invented=True)
    assert client.post("/demo/als/", {"part": "triage"}, headers={"host": other.host}).status_code == 404


@pytest.mark.parametrize("page", ["", "post/", "post/" + "0" * 32])
def test_nothing_is_there_beside_a_real_town(invented: Town, client: Client, page: str) -> None:
    MunicipalityFactory.create(is_invented=False)
    assert client.get(f"/demo/{page}", headers={"host": invented.host}).status_code == 404


def test_nobody_is_let_in_beside_a_real_town(invented: Town, client: Client) -> None:
    MunicipalityFactory.create(is_invented=False)
    assert client.post("/demo/als/", {"part": "triage"}, headers={"host": invented.host}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_mails_can_be_read(invented: Town, client: Client, settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_FILE_PATH = str(tmp_path)
    mail = EmailMessage("Wij hebben uw melding", "Zie https://stad.example/volg/x", to=["jo@voorbeeld.example"])
    FileBackend().send_messages([mail])
    (name,) = (path.stem for path in tmp_path.iterdir())
    assert "Wij hebben uw melding" in client.get("/demo/post/", headers={"host": invented.host}).content.decode()
    page = client.get(f"/demo/post/{name}", headers={"host": invented.host}).content.decode()
    assert 'href="https://stad.example/volg/x"' in page


def test_before_the_first_mail_it_says_what_to_do(
    invented: Town, client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.EMAIL_FILE_PATH = str(tmp_path / "niets")
    assert reverse("melden") in client.get("/demo/post/", headers={"host": invented.host}).content.decode()


@pytest.mark.parametrize("name", ["x", "..%2f..%2fetc%2fpasswd", "0" * 32])
def test_no_other_file_is_shown(invented: Town, client: Client, settings: Any, tmp_path: Path, name: str) -> None:
    settings.EMAIL_FILE_PATH = str(tmp_path)
    (tmp_path / "x.eml").write_bytes(bytes(Message()))
    assert client.get(f"/demo/post/{name}", headers={"host": invented.host}).status_code == 404


@pytest.mark.parametrize(("demo", "real", "errors"), [(True, True, 1), (True, False, 0), (False, True, 0)])
def test_the_check_refuses_the_door_beside_a_real_town(
    invented: Town, settings: Any, *, demo: bool, real: bool, errors: int
) -> None:
    settings.DEMO = demo
    if real:
        MunicipalityFactory.create(is_invented=False)
    assert len(check_demo(databases=["default"])) == errors


@pytest.mark.urls("meldingen.conf.urls")
def test_without_the_setting_there_is_no_such_address() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("demo")
