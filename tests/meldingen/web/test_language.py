import pytest
from django.test import Client


@pytest.mark.parametrize("path", ["/", "/melden/", "/data/", "/data/privacy", "/bestaat-niet"])
def test_a_cache_hears_that_a_page_differs_by_cookie(resident: Client, path: str) -> None:
    varies = resident.get(path)["Vary"]
    assert "Cookie" in varies
    assert "Accept-Language" in varies


def test_what_anybody_may_keep_is_the_same_for_everybody(resident: Client) -> None:
    english = resident.get("/kaart/gebieden.geojson", headers={"accept-language": "en"})
    assert "public" in english["Cache-Control"]
    assert not {"Vary", "Content-Language"} & set(english.headers)


@pytest.mark.parametrize("path", ["/", "/melden/", "/kaart/", "/privacy/"])
@pytest.mark.parametrize("code", ["nl", "en"])
def test_a_page_has_one_address_and_says_its_language(resident: Client, path: str, code: str) -> None:
    page = resident.get(path, headers={"accept-language": code})
    assert page.status_code == 200
    assert page["Content-Language"] == code
    assert f'<html lang="{code}"' in page.text
    assert "hreflang" not in page.text


def test_the_language_that_was_chosen_counts_before_that_of_the_browser(resident: Client) -> None:
    resident.post("/taal/", {"language": "en", "next": "/"})
    page = resident.get("/", headers={"accept-language": "nl"})
    assert (page["Content-Language"], page.wsgi_request.path) == ("en", "/")


def test_no_link_changes_the_language(resident: Client) -> None:
    resident.get("/taal/?language=en&next=/")
    assert resident.get("/")["Content-Language"] == "nl"
