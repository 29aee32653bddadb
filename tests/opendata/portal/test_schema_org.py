"""Search engines read of a page what it is, under a policy that stays strict."""

import base64
import hashlib
import json
import re
from typing import Any

import pytest
from django.test import Client

from meldingen.tenancy.models import Municipality
from opendata import releases
from tests.factories import Town
from tests.opendata.conftest import MAY

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
PAGE = "/data/buurt-per-maand/"


def read(page: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(BLOCK.findall(page)[0])
    return found


@pytest.mark.parametrize(("path", "kind"), [("/data/", "DataCatalog"), (PAGE, "Dataset")])
def test_the_policy_names_the_block_by_its_hash_and_no_other(reader: Client, path: str, kind: str) -> None:
    answer = reader.get(path)
    (text,) = BLOCK.findall(answer.text)
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}';" in f"{answer['Content-Security-Policy']};"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert read(answer.text)["@type"] == kind


def test_its_files_are_there(reader: Client) -> None:
    files = [one["contentUrl"] for one in read(reader.get(PAGE).text)["distribution"]]
    paths = [address.removeprefix("http://gelezen.example") for address in files]
    assert [reader.get(path, follow=True).status_code for path in paths] == [200] * (4 + 3)


def test_it_speaks_the_language_of_the_reader(reader: Client) -> None:
    dutch, english = (
        read(reader.get(PAGE, headers={"accept-language": language}).text)["keywords"] for language in ("nl", "en")
    )
    assert ("openbare ruimte" in dutch, "public space" in english) == (True, True)


def test_no_name_ends_the_block(publisher: Municipality, visitor: Client) -> None:
    releases.publish(publisher, MAY)
    name = "</script><script>alert(1)</script>"
    Municipality.objects.filter(pk=publisher.pk).update(publisher_name=name)
    page = visitor.get(PAGE).text
    assert read(page)["publisher"]["name"] == name
    assert "<script>alert" not in page


def test_it_names_the_town_by_its_code(reader: Client, published_city: Town) -> None:
    assert read(reader.get(PAGE).text)["spatialCoverage"]["identifier"] == published_city.municipality.code
