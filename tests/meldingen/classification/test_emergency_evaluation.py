"""Sentences by somebody who saw neither words nor code. How they were judged at first is in docs/classifier.md."""

from pathlib import Path

import pytest

from meldingen.classification.dangers import Kind
from meldingen.classification.emergencies import find_danger, is_emergency

FOLDER = Path(__file__).with_name("evaluation")


def texts(name: str) -> list[str]:
    return [line for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines() if line]


@pytest.mark.parametrize("part", ["a", "b", "c", "d", "e"])
def test_emergencies_are_found(part: str) -> None:
    found = [is_emergency(text) for text in texts(f"danger_{part}")]
    assert sum(found) >= 0.95 * len(found)


@pytest.mark.parametrize("part", ["a", "b", "c", "d", "e"])
def test_everyday_reports_are_left_alone(part: str) -> None:
    found = [find_danger(text) is not None for text in texts(f"harmless_{part}")]
    assert sum(found) <= 0.03 * len(found)


@pytest.mark.parametrize("part", ["a", "b"])
def test_hazards_are_found_and_called_so(part: str) -> None:
    found = [find_danger(text) == Kind.HAZARD for text in texts(f"dangerous_nobody_hurt_{part}")]
    assert sum(found) >= 0.9 * len(found)


def test_hazards_of_the_later_sets_are_found_as_some_danger() -> None:
    hazards = [text for text in texts("dangerous_nobody_hurt_c") if find_danger(text) is not None]
    assert len(hazards) >= 20


def test_dangers_in_a_few_words_are_found() -> None:
    assert [text for text in texts("short_danger") if not is_emergency(text)] == []


def test_few_words_that_are_no_danger_now_are_left_alone() -> None:
    assert [text for text in texts("short_harmless") if is_emergency(text)] == []


def test_dangers_that_played_residents_saw_missed_are_found() -> None:
    assert [text for text in texts("stumbled_danger") if not is_emergency(text)] == []
    assert [text for text in texts("stumbled_hazards") if find_danger(text) is not Kind.HAZARD] == []


def test_what_they_saw_taken_for_danger_is_left_alone() -> None:
    assert [text for text in texts("stumbled_harmless") if find_danger(text) is not None] == []
