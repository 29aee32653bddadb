import json

import pytest

from meldingen.importing.files import BrokenFile
from meldingen.importing.municipality import load_municipality
from meldingen.models import Municipality

GIVEN = {
    "code": "GM0606",
    "name": "Schiedam",
    "hosts": ["s.example"],
    "publisher": "Schiedam",
    "contact_email": "a@example.org",
}


@pytest.fixture
def load(db, tmp_path):
    def load(**changed):
        path = tmp_path / "stad.json"
        path.write_text(json.dumps(GIVEN | changed))
        return load_municipality(path)

    return load


@pytest.mark.parametrize("code", ["GM\0", "GM060\0", "GM٠٦٠٦", "GM0606\n", "gm0606", "GM06061", None, ["GM0606"]])
def test_a_code_is_gm_and_four_digits(load, code):
    with pytest.raises(BrokenFile, match=r"(?s)stad\.json, .*, code: "):
        load(code=code)
    assert not Municipality.objects.exists()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("publisher", "a\0b"),
        ("name", "\ud800"),
        ("retention_days", float("inf")),
        ("retention_days", 30.5),
        ("epsilon_month", float("nan")),
        ("invented", "misschien"),
        ("hosts", ["a b"]),
    ],
)
def test_a_value_that_cannot_be_stored_is_refused_by_its_key(load, key, value):
    with pytest.raises(BrokenFile, match=rf"stad\.json, GM0606, {key}: "):
        load(**{key: value})
    assert not Municipality.objects.exists()


def test_what_the_file_does_not_say_stays(load):
    load(theme="lindewaard", epsilon_month=0.5)
    municipality = load(name="Nieuw Schiedam")
    municipality.refresh_from_db()
    assert (municipality.name, municipality.theme, str(municipality.epsilon_month)) == (
        "Nieuw Schiedam",
        "lindewaard",
        "0.500",
    )
