import pytest
from django.conf import settings

from meldingen.models import Melding

ADDRESS = "/api/v1/meldingen"


@pytest.mark.parametrize("raw", ["[" * 100_000, '{"place":' * 100_000, '{"text": ' + "[" * 9000 + "]" * 9000 + "}"])
def test_a_body_nested_too_deep_is_a_400(resident, raw):
    response = resident.post(ADDRESS, raw, content_type="application/json")
    assert (response.status_code, response["Content-Type"]) == (400, "application/json")


def test_a_body_that_is_far_too_big_is_refused_and_not_read(resident, town):
    body = {"text": "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE, "place": {"buurt": town.west.code}}
    response = resident.post(ADDRESS, body, content_type="application/json")
    said = {"detail": "Dit is te veel in één keer. Stuur hoogstens 1 MB."}
    assert (response.status_code, response.json()) == (413, said)
    assert not Melding.objects.exists()


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"])
def test_what_is_no_json_is_a_415(resident, kind):
    response = resident.post(ADDRESS, "text=x", content_type=kind)
    said = {"detail": "Stuur JSON, met de header Content-Type: application/json."}
    assert (response.status_code, response.json()) == (415, said)
