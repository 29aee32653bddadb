import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from meldingen.record.models import Melding

API = "/api/v1/meldingen"


@pytest.mark.parametrize(
    "path", ["/melden/%00", "/melden/?a=%00", "/melden/?%00=a", "/beheer/?q=lamp%00", "/static/%00"]
)
def test_an_address_with_a_nul_is_refused(resident: Client, path: str) -> None:
    assert resident.get(path).status_code == 400


def test_an_address_with_the_code_of_a_nul_in_it_is_none(resident: Client) -> None:
    assert resident.get("/melden/?a=%2500").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": r'sessionid="\000aaaaaaaaaaaaaaaaaaaa"'},
        {"cookie": "csrftoken=a\0b"},
        {"x-forwarded-for": "1.2.3.4\0"},
    ],
)
@pytest.mark.parametrize("path", ["/melden/", "/beheer/", "/api/v1/categories"])
def test_a_header_or_cookie_with_a_nul_is_refused(resident: Client, path: str, headers: dict[str, str]) -> None:
    assert resident.get(path, headers=headers).status_code == 400


def test_a_query_in_an_encoding_that_hides_a_nul_is_refused(resident: Client) -> None:
    answer = resident.get("/melden/?a=%2BAAA-", CONTENT_TYPE="text/plain; charset=utf-7")
    assert answer.status_code == 400


@pytest.mark.parametrize("spoilt", [{"text": "De lamp\0 is stuk"}, {"naam\0": "x"}])
@pytest.mark.parametrize("is_url_encoded", [True, False])
def test_a_form_with_a_nul_is_refused(
    resident: Client, typed: dict[str, Any], spoilt: dict[str, str], is_url_encoded: bool
) -> None:
    if is_url_encoded:
        answer = resident.post(
            "/melden/", "&".join(f"{name}={text}" for name, text in spoilt.items()).replace("\0", "%00"),
            content_type="application/x-www-form-urlencoded",
        )  # fmt: skip
    else:
        answer = resident.post("/melden/", typed | spoilt)
    assert answer.status_code == 400
    assert "Dit kunnen wij niet lezen" in answer.text
    assert not Melding.objects.exists()


def test_a_file_may_hold_what_it_likes(resident: Client, typed: dict[str, Any]) -> None:
    sent = typed | {"photo": SimpleUploadedFile("foto.jpg", b"\0\0")}
    assert resident.post("/melden/", sent).status_code == 302


@pytest.mark.parametrize("text", [r"De lamp\u0000 is stuk", r"\\\u0000"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "cp037"])
def test_json_with_a_nul_is_refused_in_words_for_programs(resident: Client, text: str, charset: str) -> None:
    body = f'{{"text": "{text}"}}'.encode(charset)
    answer = resident.generic("POST", API, body, content_type=f"application/json; charset={charset}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert "Controleer" in answer.json()["detail"]


def test_json_in_which_somebody_writes_about_a_nul_is_read(resident: Client) -> None:
    answer = resident.post(API, json.dumps({"text": r"\u0000"}), content_type="application/json")
    assert "text" not in answer.json()


@pytest.mark.parametrize("charset", ["hex", "weg"])
def test_a_body_in_no_encoding_is_for_its_reader_to_refuse(resident: Client, charset: str) -> None:
    answer = resident.generic("POST", API, b"{}", content_type=f"application/json; charset={charset}")
    assert answer.status_code == 400


def test_a_host_with_a_nul_is_nobodys(resident: Client) -> None:
    assert resident.get("/melden/", headers={"host": "proefstad.localhost\0"}).status_code == 404


def test_nothing_but_the_municipality_is_looked_up_for_it(resident: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert resident.get("/beheer/?a=%00", headers={"cookie": "sessionid=abcdefghijklmnop"}).status_code == 400
