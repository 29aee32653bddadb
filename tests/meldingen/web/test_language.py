import pytest


@pytest.mark.parametrize("path", ["/", "/melden/", "/data/", "/data/privacy", "/bestaat-niet"])
def test_a_cache_hears_that_a_page_differs_by_cookie(resident, path):
    varies = resident.get(path)["Vary"]
    assert "Cookie" in varies
    assert "Accept-Language" in varies


def test_what_anybody_may_keep_is_the_same_for_everybody(resident):
    english = resident.get("/kaart/gebieden.geojson", headers={"accept-language": "en"})
    assert "public" in english["Cache-Control"]
    assert not {"Vary", "Content-Language"} & set(english.headers)
