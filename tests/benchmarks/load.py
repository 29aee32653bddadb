"""A closed loop of clients: each does its work again as soon as it is done, in a process of its own."""

import multiprocessing
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

Work = Callable[[], None]


@dataclass(frozen=True)
class Figures:
    """Of the median run: how many per second over all clients, percentiles in milliseconds, and of how many answers.

    Beside it the rates of the slowest and the fastest run: what depends on luck shows there, and not in a median.
    """

    rate: float
    p50: float
    p95: float
    p99: float
    answers: int
    lowest: float = 0.0
    highest: float = 0.0


def measure(
    make_work: Callable[[int], Work], clients: int = 4, seconds: float = 10, runs: int = 3, warm: float = 1
) -> Figures:
    """The run with the median rate of `runs`. `make_work(number)` is called inside the client's own process."""
    done = [_run(make_work, clients, seconds, warm) for _number in range(runs)]
    done.sort(key=lambda figures: figures.rate)
    return replace(done[len(done) // 2], lowest=done[0].rate, highest=done[-1].rate)


def _run(make_work: Callable[[int], Work], clients: int, seconds: float, warm: float) -> Figures:
    context = multiprocessing.get_context("fork")
    with context.Manager() as manager:
        took: list[list[float]] = manager.list()  # type: ignore[assignment]
        failed: list[str] = manager.list()  # type: ignore[assignment]
        processes = [
            context.Process(target=_client, args=(make_work, number, seconds, warm, took, failed))
            for number in range(clients)
        ]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        if failed or len(took) != clients:
            raise RuntimeError(f"a client failed: {list(failed)}")
        every = sorted(milliseconds for one in took for milliseconds in one)
    at = {percent: every[len(every) * percent // 100] for percent in (95, 99)}
    return Figures(len(every) / seconds, statistics.median(every), at[95], at[99], len(every))


def _client(
    make_work: Callable[[int], Work],
    number: int,
    seconds: float,
    warm: float,
    took: list[list[float]],
    failed: list[str],
) -> None:
    try:
        work = make_work(number)
        until = time.perf_counter() + warm
        while time.perf_counter() < until:
            work()
        mine = []
        end = time.perf_counter() + seconds
        while (begin := time.perf_counter()) < end:
            work()
            mine.append((time.perf_counter() - begin) * 1000)
        took.append(mine)
    except BaseException as error:
        failed.append(f"{type(error).__name__}: {error}")
        raise
