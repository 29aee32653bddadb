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
