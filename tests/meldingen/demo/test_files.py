"""The files of a whole town, in the forms of the loaders."""

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path

from meldingen.demo import files
from meldingen.demo.spots import NAMES

DEMO = Path(files.__file__).parent
UNTIL = date(2026, 11, 23)


def test_the_town_declares_since_when_it_registers_and_its_outage(tmp_path: Path) -> None:
    files.write_town(DEMO / "lindewaard", UNTIL, tmp_path)
    about = json.loads((tmp_path / "municipality.json").read_text(encoding="utf-8"))
    assert about["registered_from"] == "2024-01-01"
    assert about["gaps"] == [{"first_day": "2025-05-12", "last_day": "2025-05-14"}]
    assert (tmp_path / "logo.svg").exists()


def test_addresses_streets_and_objects_are_written(tmp_path: Path) -> None:
    assert files.write_streets(DEMO / "lindewaard", tmp_path)
    with (tmp_path / "addresses.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    features = json.loads((tmp_path / "map.geojson").read_text(encoding="utf-8"))["features"]
    sorts = Counter(each["properties"]["soort"] for each in features)
    assert (len(rows) > 2_900, {row["woonplaats"] for row in rows}) == (True, {"Lindewaard"})
    assert (sorts["straat"] > 90, sorts["water"], sorts["groen"]) == (True, 6, 8)
    objects = json.loads((tmp_path / "objects.geojson").read_text(encoding="utf-8"))["features"]
    assert len(objects) == 2204


def test_a_town_without_streets_has_none_of_these(tmp_path: Path) -> None:
    assert not files.write_streets(DEMO / "oosterveen", tmp_path)
    assert not list(tmp_path.iterdir())


def test_objects_have_the_names_that_residents_use() -> None:
    names = {slug: name for slug, name, _plural, _asked in files.KINDS}
    assert names == NAMES
    assert names["lichtmast"] == "Lantaarnpaal"
