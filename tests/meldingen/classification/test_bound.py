import pytest

from meldingen.classification import bound
from meldingen.classification.bound import Room, within_bounds


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bound, "MAX_TOTAL", 3_000)


def test_memory_has_an_end(small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes, labels = [30] * 2_000, ["a", "b", "c", "d"] * 500
    assert 3_000 < 30 * len(within_bounds(sizes, labels)) <= 6_000
    monkeypatch.setattr(bound, "ENOUGH", 0)
    assert within_bounds(sizes, labels) == list(range(1_900, 2_000))


def test_what_is_rare_is_not_forgotten_when_there_is_too_much(small: None) -> None:
    assert within_bounds([14] * 5 + [30] * 500, ["dier"] * 5 + ["a"] * 500)[:5] == [0, 1, 2, 3, 4]


def test_a_book_is_counted_as_what_is_read_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bound, "MAX_TOTAL", 6_000)
    assert Room({"a"}).takes(10**9, "a") == Room({"a"}).takes(5_000, "a")


def test_a_room_says_of_which_labels_older_texts_are_still_wanted(small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bound, "ENOUGH", 5)
    room = Room({"a", "b"})
    while room.takes(1_000, "a") and not room.is_full:
        pass
    assert room.is_full
    assert (room.lack("a"), room.lack("b")) == (1, 5)
