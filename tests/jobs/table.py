"""The jobs, what each may take, and what it took this time."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

EXTRA = ("held", "of", "times")
FILE = Path(__file__).with_name("jobs.toml")


@dataclass(frozen=True)
class Job:
    """One row of the table. `most` may be empty: nobody has asked for it yet."""

    id: str
    title: str
    most: Mapping[str, int]
    held: bool = False
    of: str = ""
    times: int = 1

    def exceeds(self, counts: Mapping[str, int]) -> list[str]:
        """What was done more often than it may be."""
        return [name for name, most in self.most.items() if counts.get(name, 0) > most]


@dataclass(frozen=True)
class Outcome:
    """What became of a job in one way of doing it: counted, or why nobody can do it."""

    job: str
    way: str
    counts: Mapping[str, int]
    impossible: str = ""


def jobs() -> dict[str, Job]:
    """Every job by its id, in the order of the file."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["job"]
    return {
        row["id"]: Job(
            row["id"], row["title"], row.get("most", {}), row.get("held", False), row.get("of", ""), row.get("times", 1)
        )
        for row in rows
    }


def lines(outcomes: list[Outcome]) -> list[str]:
    """The table: each job with what it took in each way, beside what it may take."""
    shown = []
    for job in jobs().values():
        own = [_times(outcome, job.times) for outcome in outcomes if outcome.job == (job.of or job.id)]
        allowed = in_words(job.most) or "later"
        shown += [_line(job, outcome, allowed) for outcome in own] or [f"{job.id:4} {'–':12} {allowed:34} {job.title}"]
    return shown


def in_words(counts: Mapping[str, int]) -> str:
    """The counts that are not zero, or that matter at zero."""
    return ", ".join(f"{number} {name}" for name, number in counts.items())


def _times(outcome: Outcome, times: int) -> Outcome:
    return replace(outcome, counts={name: count * times for name, count in outcome.counts.items()})


def _line(job: Job, outcome: Outcome, allowed: str) -> str:
    if outcome.impossible:
        took = f"impossible: {outcome.impossible}"
    else:
        mark = "TOO MANY " if job.exceeds(outcome.counts) else ""
        took = mark + in_words({name: count for name, count in outcome.counts.items() if count})
    return f"{job.id:4} {outcome.way:12} {took or '0 taps':60} at most {allowed:24} {job.title}"
