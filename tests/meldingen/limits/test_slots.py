"""Slots are counted over threads and processes, and come back whatever happens to who had one."""

import multiprocessing
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from meldingen.limits.slots import Busy, Slots
from tests.sure import sure


def work(folder: Path, names: set[Any]) -> Any:
    """Take one of two slots and say when it began and ended; for a while, in several threads."""

    def once(name: str) -> Any:
        with Slots(folder, "proef", 2, 20).take(20):
            begin = time.monotonic()
            time.sleep(0.05)
            return begin, time.monotonic()

    with ThreadPoolExecutor(len(names)) as pool:
        return list(pool.map(once, names))


def test_threads_and_processes_together_never_take_more(tmp_path: Path) -> None:
    with multiprocessing.get_context("fork").Pool(2) as pool:
        spans = [span for each in pool.starmap(work, [(tmp_path, "abcd")] * 2) for span in each]
    assert len(spans) == 8
    together = [sum(1 for begin, end in spans if begin <= moment < end) for moment, _end in spans]
    assert max(together) == 2


def test_who_finds_no_chair_hears_at_once_that_it_is_busy(tmp_path: Path) -> None:
    slots = Slots(tmp_path, "proef", 1, 0)
    with slots.take(0):
        begin = time.monotonic()
        with pytest.raises(Busy), slots.take(20):
            pass
        assert time.monotonic() - begin < 1


def test_who_waits_for_too_long_hears_it_too(tmp_path: Path) -> None:
    slots = Slots(tmp_path, "proef", 1, 1)
    with slots.take(0), pytest.raises(Busy), slots.take(0.1):
        pass


def test_a_slot_comes_back_after_an_error(tmp_path: Path) -> None:
    slots = Slots(tmp_path, "proef", 1, 0)
    with pytest.raises(ZeroDivisionError), slots.take(0):
        1 / 0  # noqa: B018
    with slots.take(0):
        pass


def test_a_slot_comes_back_from_a_process_that_is_killed(tmp_path: Path) -> None:
    ready = multiprocessing.get_context("fork").Event()

    def hold() -> None:
        with Slots(tmp_path, "proef", 1, 0).take(0):
            ready.set()
            time.sleep(60)

    process = multiprocessing.get_context("fork").Process(target=hold)
    process.start()
    assert ready.wait(10)
    os.kill(sure(process.pid), signal.SIGKILL)
    process.join()
    with Slots(tmp_path, "proef", 1, 0).take(0):
        pass


def test_where_nothing_can_be_written_nobody_is_held_up(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "bestand").touch()
    with Slots(tmp_path / "bestand" / "map", "proef", 1, 0).take(0):
        pass
    assert "slots cannot be counted" in caplog.text
