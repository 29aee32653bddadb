"""How well one colour reads on another, as WCAG 2 measures it. Pure."""

# Where sRGB is a straight line, and how it is made one above that (WCAG 2.2, relative luminance).
_LINEAR, _SLOPE = 0.04045, 12.92
_WEIGHTS = (0.2126, 0.7152, 0.0722)


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white), of two colours #rgb or #rrggbb."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    pairs = [2 * sign for sign in digits] if len(digits) == 3 else [digits[i : i + 2] for i in (0, 2, 4)]
    return sum(weight * _linear(int(pair, 16) / 255) for weight, pair in zip(_WEIGHTS, pairs, strict=True))


def _linear(part: float) -> float:
    return part / _SLOPE if part <= _LINEAR else ((part + 0.055) / 1.055) ** 2.4
