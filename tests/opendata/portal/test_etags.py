"""Who has it already is told so, of what no file holds too."""

import pytest
from django.test import Client

MADE = [
    "/data/", "/data/privacy", "/data/buurt-per-maand/", "/data/buurt-per-maand.json", "/data/buurt-per-maand.xlsx",
    "/data/buurt-per-maand.svg", "/data/buurt-per-maand/bestanden", "/data/catalog.ttl", "/data/uitgaven.atom",
    "/data/sitemap.xml", "/data/dp-registratie.json", "/data/buurt-per-maand/2026-05.csv-metadata.json",
    "/data/api/v1/datasets", "/data/api/v1/cijfers", "/data/api/v1/openapi.json",
]  # fmt: skip


@pytest.mark.parametrize("path", MADE)
def test_what_is_still_so_is_not_sent_again(reader: Client, path: str) -> None:
    first = reader.get(path)
    again = reader.get(path, headers={"if-none-match": first["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    assert reader.head(path)["ETag"] == first["ETag"]


@pytest.mark.parametrize("path", ["/data/buurt-per-maand/", "/data/buurt-per-maand.json"])
def test_another_language_is_another_answer(reader: Client, path: str) -> None:
    dutch, english = (reader.get(path, headers={"accept-language": one})["ETag"] for one in ("nl", "en"))
    assert dutch != english
    assert reader.get(path, headers={"accept-language": "en", "if-none-match": dutch}).status_code == 200


@pytest.mark.parametrize("path", ["/data/nergens.json", "/data/buurt-per-maand.json?kleur=rood", "/melden/"])
def test_what_may_not_be_kept_has_none(reader: Client, path: str) -> None:
    assert "ETag" not in reader.get(path)
