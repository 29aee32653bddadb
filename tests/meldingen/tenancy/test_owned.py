"""Rows know whose they are."""

from typing import Any

import pytest

from meldingen.tenancy.models import Team


def test_the_rows_of_a_municipality_are_its_own(town: Any, neighbour: Any) -> None:
    assert set(Team.objects.of(town.municipality)) == {town.cleaning, town.roads}
    assert not Team.objects.filter(pk=neighbour.roads.pk).of(town.municipality).exists()


def test_rows_of_nobody_are_refused(db: None) -> None:
    with pytest.raises(ValueError, match="Team: rows are asked for without saying of which municipality"):
        Team.objects.of(None)


def test_rows_of_every_other_municipality_are_asked_for_by_name(town: Any, neighbour: Any) -> None:
    assert set(Team.objects.of_others(town.municipality)) == {neighbour.cleaning, neighbour.roads}
