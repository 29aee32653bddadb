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
