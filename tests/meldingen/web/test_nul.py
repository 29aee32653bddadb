import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from meldingen.record.models import Melding
from tests.factories import Town

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
    assert "NUL" in answer.json()["detail"]
    assert "regel 1" in answer.json()["detail"]


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


class Stream(BytesIO):
    """A body; `breaks` where its sender broke off."""

    def __init__(self, *, breaks: bool) -> None:
        super().__init__(b'{"text": "' + b"x" * 90 + b'"}')
        self.breaks, self.was_read = breaks, False

    def read(self, size: int | None = -1, /) -> bytes:
        self.was_read = True
        if self.breaks:
            raise OSError("broke off")
        return super().read(size)


def send(client: Client, path: str, stream: Stream, kind: str) -> int:
    given: dict[str, Any] = {"wsgi.input": stream, "CONTENT_LENGTH": "102", "CONTENT_TYPE": kind}
    return client.post(path, **given).status_code


@pytest.mark.parametrize(
    ("path", "kind", "status"),
    [
        ("/melden/", "application/x-www-form-urlencoded", 403),
        ("/melden/", "multipart/form-data; boundary=x", 403),
        ("/taal/", "application/x-www-form-urlencoded", 302),
        (API, "application/json", 400),
    ],
)
def test_who_breaks_off_is_no_fault_of_ours(town: Town, path: str, kind: str, status: int) -> None:
    client = Client(enforce_csrf_checks=True, headers={"host": town.host})
    assert send(client, path, Stream(breaks=True), kind) == status


def test_what_is_too_much_for_the_limit_is_not_read(resident: Client, limited: Callable[..., Any]) -> None:
    limited(api="1/hour")
    streams = [Stream(breaks=False) for _number in range(2)]
    assert [send(resident, API, stream, "application/json") for stream in streams] == [400, 429]
    assert [stream.was_read for stream in streams] == [True, False]
