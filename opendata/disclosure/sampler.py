"""The discrete Laplace distribution, drawn exactly.

P(Z = z) = (1 - p) / (1 + p) * p ** |z| with p = exp(-epsilon), for every whole number z.

The algorithm is the rejection sampler of Canonne, Kamath and Steinke, "The Discrete Gaussian for Differential
Privacy" (2020), algorithms 1 and 2. It needs nothing but uniform whole numbers and comparisons of whole numbers: no
float is made on the way, so no rounding can give a neighbouring input away (Mironov 2012). The uniform numbers come
from `secrets`, which asks the operating system each time: no seed, no state in this process, nothing that two forked
workers could share.

The time a draw takes depends on the noise, not on what it is added to; draws are made in a batch job whose duration
nobody sees.
"""

from __future__ import annotations

import secrets
from fractions import Fraction

from opendata.disclosure.errors import InvalidEpsilonError

MAX_EPSILON = Fraction(5)
MIN_EPSILON = Fraction(1, 1000)
MAX_DENOMINATOR = 1_000_000


def check_epsilon(epsilon: Fraction) -> Fraction:
    """`epsilon` itself when it is a Fraction within [1/1000, 5] with a denominator of at most a million; else
    InvalidEpsilonError.

    Only Fraction is accepted: 0.1 is not a tenth, and a budget that is off by one in the last bit can be overspent.
    More than 5 would let one melding change a probability by a factor of 148, which protects nobody.
    """
    if type(epsilon) is not Fraction:
        raise InvalidEpsilonError(f"epsilon must be a Fraction, not {type(epsilon).__name__}")
    if epsilon <= 0:
        raise InvalidEpsilonError("epsilon must be greater than zero")
    if epsilon > MAX_EPSILON:
        raise InvalidEpsilonError(f"epsilon must be at most {MAX_EPSILON}: more protects nobody")
    if epsilon < MIN_EPSILON:
        raise InvalidEpsilonError(f"epsilon must be at least {MIN_EPSILON}: less publishes nothing but noise")
    if epsilon.denominator > MAX_DENOMINATOR:
        raise InvalidEpsilonError(f"the denominator of epsilon must be at most {MAX_DENOMINATOR}")
    return epsilon


def discrete_laplace(epsilon: Fraction, size: int) -> tuple[int, ...]:
    """`size` independent draws of discrete Laplace noise with parameter `epsilon` (sensitivity 1).

    All or nothing: when the random source fails, the error goes through and no draw is returned.
    """
    check_epsilon(epsilon)
    if type(size) is not int or size < 0:
        raise ValueError("size must be a whole number of zero or more")
    return tuple(_one(epsilon.numerator, epsilon.denominator) for _ in range(size))


def _one(numerator: int, denominator: int) -> int:
    """One draw with p = exp(-numerator / denominator)."""
    while True:
        fine = secrets.randbelow(denominator)
        if not _happens_exp_minus(fine, denominator):
            continue
        coarse = 0
        while _happens_exp_minus(1, 1):
            coarse += 1
        magnitude = (fine + denominator * coarse) // numerator
        negative = secrets.randbits(1)
        if negative and magnitude == 0:
            continue  # zero would otherwise be counted with both signs
        return -magnitude if negative else magnitude


def _happens_exp_minus(numerator: int, denominator: int) -> bool:
    """True with probability exp(-numerator / denominator), for 0 <= numerator <= denominator.

    Von Neumann: multiply chances x/1, x/2, x/3 ... until one fails; the chance that the first to fail is an odd one
    is exp(-x).
    """
    step = 1
    while secrets.randbelow(denominator * step) < numerator:
        step += 1
    return step % 2 == 1
