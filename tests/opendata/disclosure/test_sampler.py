import math
import time
from collections import Counter
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from scipy import stats

from opendata.disclosure import sampler
from opendata.disclosure.errors import InvalidEpsilonError

UNLIKELY = 1e-7  # the chance that a right sampler fails a test here; there is no seed that could make it zero
SIZE = 20_000


def analytic(epsilon: Fraction, z: int) -> float:
    p = math.exp(-float(epsilon))
    return (1 - p) / (1 + p) * p ** abs(z)


@pytest.mark.parametrize(
    "epsilon", [Fraction(1, 10), Fraction(3, 10), Fraction(2, 5), Fraction(1), Fraction(7, 3), Fraction(5)]
)
def test_it_draws_the_analytic_distribution(epsilon: Fraction) -> None:
    draws = Counter(sampler.discrete_laplace(epsilon, SIZE))
    reach = next(z for z in range(1000) if analytic(epsilon, z + 1) * SIZE < 10)
    expected = [analytic(epsilon, z) * SIZE for z in range(-reach, reach + 1)]
    seen = [draws[z] for z in range(-reach, reach + 1)]
    seen.append(SIZE - sum(seen))
    expected.append(SIZE - sum(expected))
    assert stats.chisquare(seen, expected).pvalue > UNLIKELY


@pytest.mark.parametrize("epsilon", [Fraction(1, 10), Fraction(2, 5), Fraction(1)])
def test_its_tails_are_as_heavy_as_they_should_be(epsilon: Fraction) -> None:
    draws = np.abs(sampler.discrete_laplace(epsilon, SIZE))
    p = math.exp(-float(epsilon))
    for chance in (0.1, 0.01, 0.001):
        limit = math.ceil(math.log(chance * (1 + p) / 2) / -float(epsilon))
        beyond = 2 * p**limit / (1 + p)
        assert stats.binomtest(int((draws >= limit).sum()), SIZE, beyond).pvalue > UNLIKELY


def test_the_signs_and_neighbouring_draws_do_not_depend_on_each_other() -> None:
    draws = np.array(sampler.discrete_laplace(Fraction(2, 5), SIZE))
    assert stats.binomtest(int((draws > 0).sum()), int((draws != 0).sum()), 0.5).pvalue > UNLIKELY
    assert stats.pearsonr(draws[1:], draws[:-1]).pvalue > UNLIKELY
    assert stats.pearsonr(abs(draws[1:]), abs(draws[:-1])).pvalue > UNLIKELY


def exactly(monkeypatch: pytest.MonkeyPatch, numerator: int, denominator: int, steps: int) -> tuple[Fraction, Fraction]:
    """The chance of True within `steps` questions, and that of needing more, by trying every random number."""
    outcome = Fraction(0)
    alive = Fraction(1)
    for step in range(1, steps + 1):
        answers = []
        for number in range(denominator * step):
            script = [0] * (step - 1) + [number]  # 0 lets every earlier question go on
            monkeypatch.setattr("secrets.randbelow", lambda _, script=script: script.pop(0) if script else 10**9)
            goes_on = number < numerator
            answers.append(goes_on)
            if not goes_on:
                outcome += alive * Fraction(sampler._happens_exp_minus(numerator, denominator), denominator * step)
        alive *= Fraction(sum(answers), denominator * step)
    return outcome, alive


@pytest.mark.parametrize(("numerator", "denominator"), [(0, 1), (1, 1), (1, 2), (2, 5), (19, 20)])
def test_the_coin_with_chance_exp_minus_x_is_exact(
    monkeypatch: pytest.MonkeyPatch, numerator: int, denominator: int
) -> None:
    chance, rest = exactly(monkeypatch, numerator, denominator, 12)
    assert float(chance) <= math.exp(-numerator / denominator) * (1 + 1e-15)
    assert math.exp(-numerator / denominator) <= float(chance + rest) * (1 + 1e-15)
    assert rest < Fraction(1, 10**8)


@pytest.mark.parametrize("epsilon", [Fraction(3, 10), Fraction(1)])
def test_it_agrees_with_opendp(epsilon: Fraction) -> None:
    prelude = pytest.importorskip("opendp.prelude")
    prelude.enable_features("contrib")
    measure = prelude.m.make_laplace(
        prelude.vector_domain(prelude.atom_domain(T=int)), prelude.l1_distance(T=int), scale=float(1 / epsilon)
    )
    assert measure.map(1) == pytest.approx(float(epsilon))
    theirs, ours = Counter(measure([0] * SIZE)), Counter(sampler.discrete_laplace(epsilon, SIZE))
    common = sorted(z for z in set(theirs) | set(ours) if theirs[z] + ours[z] >= 20)
    rows = [[side[z] for z in common] for side in (theirs, ours)]
    for row in rows:
        row.append(SIZE - sum(row))
    assert stats.chi2_contingency(np.array(rows) + 1e-9).pvalue > UNLIKELY


def test_fifty_thousand_cells_take_less_than_five_seconds() -> None:
    start = time.process_time()
    sampler.discrete_laplace(Fraction(9, 20), 50_000)
    assert time.process_time() - start < 5


def test_no_float_is_made_on_the_way() -> None:
    source = sampler._one.__code__.co_consts + sampler._happens_exp_minus.__code__.co_consts
    assert not any(isinstance(constant, float) for constant in source)
    assert not {"float", "math", "numpy"} & set(
        sampler._one.__code__.co_names + sampler._happens_exp_minus.__code__.co_names
    )


@pytest.mark.parametrize(
    "epsilon",
    [
        0,
        1,
        0.5,
        "1",
        None,
        True,
        Fraction(0),
        Fraction(-1, 2),
        Fraction(51, 10),
        Fraction(1, 1001),
        Fraction(1, 3 * 10**7),
    ],
)
def test_it_refuses_an_epsilon_that_is_no_sensible_fraction(epsilon: Any) -> None:
    with pytest.raises(InvalidEpsilonError):
        sampler.discrete_laplace(epsilon, 1)


@pytest.mark.parametrize("size", [-1, 1.0, None, True])
def test_it_refuses_a_size_that_is_no_number_of_cells(size: Any) -> None:
    with pytest.raises(ValueError, match="size"):
        sampler.discrete_laplace(Fraction(1), size)


def test_no_cells_need_no_draws() -> None:
    assert sampler.discrete_laplace(Fraction(1), 0) == ()
