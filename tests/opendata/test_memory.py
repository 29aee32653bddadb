"""What a process keeps in memory."""

from opendata import memory
from opendata.memory import Memory


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    kept: Memory[str, int] = Memory(2)
    kept.keep("a", 1)
    kept.keep("b", 2)
    assert kept.get("a") == 1
    kept.keep("c", 3)
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (1, None, 3)


def test_what_is_kept_is_made_once() -> None:
    kept: Memory[str, list[int]] = Memory(2)
    first = kept.get_or_make("a", lambda: [1])
    assert kept.get_or_make("a", lambda: [2]) is first


def test_all_memories_are_forgotten_together() -> None:
    kept: Memory[str, int] = Memory(2)
    kept.keep("a", 1)
    memory.forget_all()
    assert kept.get("a") is None
