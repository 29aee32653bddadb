"""The table of jobs: every job has a test that does it, and the table says when it takes too much."""

import re
from pathlib import Path

from tests.jobs.table import Job, Outcome, jobs, lines

FOLDER = Path(__file__).resolve().parent.parent / "jobs"


def done() -> set[str]:
    texts = (path.read_text() for path in FOLDER.glob("test_*.py"))
    return {name.upper() for text in texts for name in re.findall(r"^def test_([a-z]\d+)_", text, re.MULTILINE)}


def asked() -> set[str]:
    return {job.id for job in jobs().values() if job.most and not job.of}


def test_every_job_that_was_asked_for_has_a_test_and_every_test_a_job() -> None:
    assert done() == asked()


def test_a_job_that_takes_more_than_it_may_is_marked() -> None:
    found = lines([Outcome("R4", "phone", {"taps": 6, "loads": 6})])
    assert any("R4   phone        TOO MANY 6 taps, 6 loads" in line for line in found)


def test_a_job_that_nobody_can_do_says_why() -> None:
    found = lines([Outcome("R3", "phone", {}, "no photo can be sent")])
    assert any("impossible: no photo can be sent" in line for line in found)


def test_a_job_of_eighty_counts_eighty_times_one() -> None:
    assert any(line.startswith("S3") and "480 taps" in line for line in lines([Outcome("S1", "mouse", {"taps": 6})]))


def test_what_is_not_limited_never_exceeds() -> None:
    assert Job("X1", "", {"taps": 1}).exceeds({"taps": 1, "loads": 9}) == []
