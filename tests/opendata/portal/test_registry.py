"""The entry for the registry of deployments of differential privacy."""

import importlib
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from django.test import Client

from meldingen.tenancy.models import Municipality
from tests.factories import Town
from tests.opendata.conftest import publishing_town

SCHEMA = Path(__file__).resolve().parents[4] / "shared" / "standards" / "dp-deployments-schema.yaml"
ENTRY = "/data/dp-registratie.json"


@pytest.mark.skipif(not SCHEMA.exists(), reason="the schema of the registry is not here")
def test_the_entry_is_one_of_the_registry(reader: Client) -> None:
    jsonschema = importlib.import_module("jsonschema")  # it comes without types
    schema = yaml.safe_load(SCHEMA.read_text())
    jsonschema.validate(yaml.safe_load(reader.get(ENTRY).content), schema)


def test_it_says_the_largest_budget_and_the_first_day(reader: Client, published_city: Town) -> None:
    towns = Municipality.objects.filter(pk=published_city.municipality.pk)
    entry = reader.get(ENTRY).json()["deployment"]
    assert entry["privacy_loss"]["privacy_parameters"] == {"epsilon": 2.0}
    assert len(entry["basic"]["publication_date"]) == len("2026-05-01")
    towns.update(epsilon_year=Decimal("1.5"))
    assert reader.get(ENTRY).json()["deployment"]["privacy_loss"]["privacy_parameters"] == {"epsilon": 2.5}


def test_without_a_draw_there_is_no_entry(db: None) -> None:
    empty = Client(headers={"host": publishing_town(host="leeg.example").host})
    assert empty.get(ENTRY).status_code == 404
