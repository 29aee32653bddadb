"""Seasons, weeks and volumes are factors around 1, so that the yearly volume is the one that is asked for."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from meldingen.demo import rhythm

TOWN = Path(rhythm.__file__).parent / "lindewaard"


def slugs() -> set[str]:
    with (TOWN / "categories.csv").open(encoding="utf-8", newline="") as file:
        return {row["categorie"] for row in csv.DictReader(file) if row["categorie"]}


def test_every_name_in_the_tables_is_a_category_of_the_town() -> None:
    assert set(rhythm.RANKING) | set(rhythm.SEASONS) | rhythm.URBAN | set(rhythm.STORM) <= slugs()
    assert len(set(rhythm.RANKING)) == len(rhythm.RANKING)


def test_shares_add_up_and_fall_with_the_rank() -> None:
    shares = rhythm.shares(sorted(slugs()))
    assert sum(shares.values()) == pytest.approx(1)
    ranked = [shares[slug] for slug in rhythm.RANKING]
    assert ranked == sorted(ranked, reverse=True)


@pytest.mark.parametrize("slug", ["bladeren", "geluid", "laadpaal"])
def test_factors_are_one_on_average(slug: str) -> None:
    months = [rhythm.season(slug, date(2026, month, 1)) for month in range(1, 13)]
    days = [rhythm.weekday(slug, date(2026, 6, 1) + timedelta(days=n)) for n in range(7)]
    assert sum(months) / 12 == pytest.approx(1)
    assert sum(days) / 7 == pytest.approx(1)


def test_noise_is_reported_at_night_and_rubbish_by_day() -> None:
    assert rhythm.hours("geluid")[0] > rhythm.hours("afval-gedumpt")[0]
    assert len(rhythm.hours("geluid")) == len(rhythm.hours("laadpaal")) == 24


@pytest.mark.parametrize(
    ("slug", "most", "none"),
    [
        ("bladeren", 11, set()),
        ("onkruid", 6, set()),
        ("gladheid", 1, {5, 6, 7, 8, 9}),
        ("processierups", 6, {1, 2, 3, 11, 12}),
        ("vuurwerk", 12, set()),
        ("zwerfafval", 7, set()),
    ],
)
def test_each_season_has_its_month_and_what_cannot_be_is_not_there(slug: str, most: int, none: set[int]) -> None:
    months = {month: rhythm.season(slug, date(2026, month, 1)) for month in range(1, 13)}
    assert max(months, key=months.__getitem__) == most
    assert {month for month, factor in months.items() if factor == 0} == none


def test_a_week_of_the_night_ends_high_and_another_begins_high() -> None:
    assert list(rhythm.WEEKDAYS) == sorted(rhythm.WEEKDAYS, reverse=True)
    assert [sum(rhythm.WEEKDAYS), sum(rhythm.NIGHTLIFE_DAYS)] == pytest.approx([7, 7])


def test_a_slug_of_the_night_has_its_own_days_and_hours() -> None:
    saturday, monday = date(2026, 6, 6), date(2026, 6, 1)
    assert rhythm.weekday("geluid", saturday) > 1 > rhythm.weekday("geluid", monday)
    assert rhythm.weekday("laadpaal", saturday) < 1 < rhythm.weekday("laadpaal", monday)
    assert rhythm.hours("geluid")[22] > rhythm.hours("laadpaal")[22]
