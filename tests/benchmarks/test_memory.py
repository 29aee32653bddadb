import numpy as np

from tests.benchmarks.memory import peak_megabytes, reset_peak


def test_the_peak_counts_what_was_taken_since_it_was_reset() -> None:
    reset_peak()
    before = peak_megabytes()
    np.ones(10_000_000)
    assert peak_megabytes() - before > 60
