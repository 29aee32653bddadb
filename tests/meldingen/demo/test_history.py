"""The generator of the demo town's year: deterministic, inside the buurten, in the columns of a real export."""

import csv
import json
from collections import Counter
from datetime import date, datetime
from itertools import islice
from pathlib import Path

import pytest

from meldingen.demo import history

TOWN = Path(history.__file__).parent / "lindewaard"
UNTIL = date(2026, 11, 23)


@pytest.fixture(scope="module")
def year():
    return list(history.rows(TOWN, UNTIL))


def test_it_covers_twelve_closed_months_and_the_running_one(year):
    months = Counter(row["gemeld_op"][:7] for row in year)
    assert 12_000 < sum(count for month, count in months.items() if month != "2026-11") < 14_500
    closed = [month for month in months if "2025-11" <= month <= "2026-10"]
    assert len(closed) == 12
    assert all(months[month] > 700 for month in closed)


def test_it_has_the_columns_of_the_export_and_unique_ids(year):
    assert all(tuple(row) == history.COLUMNS for row in year)
    assert len({row["id"] for row in year}) == len(year)


def test_it_is_sorted_and_never_reaches_the_end_date(year):
    received = [datetime.fromisoformat(row["gemeld_op"]) for row in year]
    assert received == sorted(received)
    assert received[-1] < datetime.fromisoformat("2026-11-22T23:00:00+00:00")
    assert all(row["afgehandeld_op"] < UNTIL.isoformat() for row in year)


def test_nothing_is_handled_before_it_was_reported(year):
    # A report just after local midnight is still on the day before in UTC, never on the day after.
    assert all(not row["afgehandeld_op"] or row["afgehandeld_op"] >= row["gemeld_op"][:10] for row in year)


def test_some_are_open_and_most_are_handled(year):
    still_open = sum(not row["afgehandeld_op"] for row in year)
    assert 200 < still_open < len(year) / 10


def test_every_point_lies_in_exactly_one_buurt(year):
    features = json.loads((TOWN / "buurten.geojson").read_text(encoding="utf-8"))["features"]
    shapes = [[[tuple(p) for p in ring] for ring in feature["geometry"]["coordinates"]] for feature in features]
    for row in year[::20]:
        point = (float(row["longitude"]), float(row["latitude"]))
        assert sum(history.contains(rings, point) for rings in shapes) == 1, row


def test_it_uses_every_category_by_its_name(year):
    with (TOWN / "categories.csv").open(encoding="utf-8", newline="") as file:
        names = {(r["hoofdcategorie"], r["categorie"]): r["naam_nl"] for r in csv.DictReader(file)}
    seen = {(r["hoofdcategorie_slug"], r["categorie_slug"]): r["categorie"] for r in year}
    assert seen == {key: name for key, name in names.items() if key[1]}


def test_leaves_fall_in_autumn_and_caterpillars_come_in_june(year):
    months = Counter((row["categorie_slug"], row["gemeld_op"][5:7]) for row in year)
    assert months["bladeren", "10"] > 5 * months["bladeren", "05"]
    assert months["processierups", "06"] > 5 * months["processierups", "10"]
    assert months["gladheid", "07"] == 0


def test_the_same_seed_and_date_give_the_same_rows(year):
    assert list(islice(history.rows(TOWN, UNTIL), 500)) == year[:500]


def test_another_seed_gives_other_rows(year):
    assert next(history.rows(TOWN, UNTIL, seed=1)) != year[0]


def test_a_later_end_leaves_the_reports_of_the_past_as_they_were(year):
    def reports(found):
        return [{**row, "afgehandeld_op": ""} for row in found]

    later = [row for row in history.rows(TOWN, date(2026, 11, 30)) if row["gemeld_op"] <= year[-1]["gemeld_op"]]
    assert reports(later) == reports(year)


def test_no_month_that_the_town_says_it_registered_is_empty():
    year_later = history.rows(TOWN, date(2027, 6, 1))
    assert next(year_later)["gemeld_op"].startswith("2025-11-01")
    assert json.loads((TOWN / "municipality.json").read_text())["registered_from"] == "2025-11-01"
    assert "registered_from" not in json.loads((TOWN.parent / "oosterveen" / "municipality.json").read_text())


@pytest.mark.parametrize(
    ("until", "first"),
    [(date(2026, 1, 1), date(2025, 1, 1)), (date(2026, 12, 31), date(2025, 12, 1)), (UNTIL, date(2025, 11, 1))],
)
def test_the_first_day_is_twelve_months_before_the_running_month(until, first):
    assert history.first_day(until) == first


@pytest.mark.parametrize(("point", "inside"), [((1.0, 1.0), True), ((3.0, 3.0), False), ((9.0, 1.0), False)])
def test_a_hole_is_outside(point, inside):
    square = [(0.0, 0.0), (6.0, 0.0), (6.0, 6.0), (0.0, 6.0), (0.0, 0.0)]
    hole = [(2.0, 2.0), (4.0, 2.0), (4.0, 4.0), (2.0, 4.0), (2.0, 2.0)]
    assert history.contains([square, hole], point) is inside


def test_the_command_writes_the_file(tmp_path, capsys):
    out = tmp_path / "history.csv"
    assert history.main([str(TOWN.parent / "oosterveen"), "2026-11-23", str(out)]) == 0
    with out.open(encoding="utf-8", newline="") as file:
        count = len(list(csv.DictReader(file)))
    assert f"{count} invented meldingen" in capsys.readouterr().out


def test_the_command_explains_itself_when_called_wrongly(capsys):
    assert history.main(["only-one"]) == 2
    assert "usage" in capsys.readouterr().err
