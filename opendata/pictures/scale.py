"""Numbers that people like to read beside an axis."""

import math
from collections.abc import Sequence

STEPS = (1, 2, 2.5, 5, 10)


def ticks(most: float, number: int = 4) -> tuple[float, ...]:
    """From zero to at least `most`, in about so many round steps."""
    if most <= 0:
        return (0.0, 1.0)
    raw = most / number
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(size * power for size in STEPS if size * power >= raw * 0.999)
    return tuple(round(step * place, 6) for place in range(math.ceil(most / step - 0.001) + 1))


def round_down(value: float) -> float:
    """To two figures that count: 1,237 becomes 1,200."""
    if value <= 0:
        return 0.0
    power = 10.0 ** (math.floor(math.log10(value)) - 1)
    return round(math.floor(value / power + 1e-9) * power, 6)


def classes(values: Sequence[float], most: int = 5) -> tuple[float, ...]:
    """Where each class begins, the first at zero, so that each holds about as many of the values, at round numbers."""
    positive = sorted(value for value in values if value > 0)
    cuts = [round_down(positive[len(positive) * place // most]) for place in range(1, most)] if positive else []
    return tuple(dict.fromkeys([0.0, *cuts]))


def class_of(value: float, begins: Sequence[float]) -> int:
    """In which class a value falls."""
    return sum(value >= begin for begin in begins[1:])
