"""A line through time with a band around it: the number, and between what the true one lies."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from opendata.pictures.scale import ticks


@dataclass(frozen=True)
class Point:
    """A number with its bounds at a place in time; `place` counts periods, so what was not published leaves a gap."""

    place: int
    label: str
    value: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Frame:
    """How large a picture is, and what its edges leave free for words."""

    width: int
    height: int
    left: int = 0
    right: int = 0
    top: int = 0
    bottom: int = 0
    label_width: int = 72


WIDE = Frame(760, 360, left=52, right=64, top=16, bottom=36)
SMALL = Frame(360, 240, left=42, right=56, top=12, bottom=32, label_width=66)
DISTANCE = 17  # how far two numbers stand apart that can both be read


@dataclass(frozen=True)
class Mark:
    """A point that stands out, with its number in words."""

    x: float
    y: float
    words: str
    anchor: str
    words_y: float


@dataclass(frozen=True)
class Curve:
    """One line: its path, its band, its points that stand alone, and the marks on it."""

    path: str
    band: str
    alone: tuple[tuple[float, float], ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class LinePicture:
    """Lines in one frame. `rules`: y and words of each step of the axis; `labels`: x, words and anchor below it."""

    frame: Frame
    series: tuple[Curve, ...]
    rules: tuple[tuple[float, str], ...]
    labels: tuple[tuple[float, str, str], ...]

    @property
    def right(self) -> int:
        return self.frame.width - self.frame.right

    @property
    def floor(self) -> int:
        return self.frame.height - self.frame.bottom


def line(
    series: Sequence[Sequence[Point]],
    frame: Frame,
    say: Callable[[float], str],
    emphasis: Sequence[int] = (),
) -> LinePicture:
    """The picture of one line or several over the same time. `emphasis`: places of the first line that stand out."""
    points = [point for one in series for point in one]
    first, last = min(point.place for point in points), max(point.place for point in points)
    steps = ticks(max(point.upper for point in points))
    across, up = frame.width - frame.left - frame.right, frame.height - frame.top - frame.bottom

    def x(place: int) -> float:
        return round(frame.left + across * ((place - first) / (last - first) if last > first else 0.5), 1)

    def y(value: float) -> float:
        return round(frame.height - frame.bottom - up * max(value, 0) / steps[-1], 1)

    curves = [_curve(one, x, y, say, emphasis if number == 0 else (last,)) for number, one in enumerate(series)]
    return LinePicture(
        frame, tuple(_ends_apart(curves)), tuple((y(step), say(step)) for step in steps), _labels(series[0], frame, x)
    )


def _curve(
    points: Sequence[Point],
    x: Callable[[int], float],
    y: Callable[[float], float],
    say: Callable[[float], str],
    emphasis: Sequence[int],
) -> Curve:
    path, band, alone = [], [], []
    for run in _runs(points):
        path.append("M" + "L".join(f"{x(one.place)} {y(one.value)}" for one in run))
        there = [f"{x(one.place)} {y(one.upper)}" for one in run]
        back = [f"{x(one.place)} {y(one.lower)}" for one in reversed(run)]
        band.append("M" + "L".join([*there, *back]) + "Z")
        if len(run) == 1:
            alone.append((x(run[0].place), y(run[0].value)))
    last = points[-1].place
    marks = tuple(
        Mark(x(one.place), y(one.value), say(one.value), "start" if one.place == last else "middle", y(one.value))
        for one in points
        if one.place in emphasis
    )
    return Curve("".join(path), "".join(band), tuple(alone), marks)


def _ends_apart(curves: Sequence[Curve]) -> Iterator[Curve]:
    """The numbers at the ends of two lines that end close together: one above the other."""
    ends = [one.marks[-1].y for one in curves if one.marks]
    if len(ends) == 2 and abs(ends[0] - ends[1]) < DISTANCE:
        shift = round((DISTANCE - abs(ends[0] - ends[1])) / 2, 1)
        for one, sign in zip(curves, (-1, 1) if ends[0] <= ends[1] else (1, -1), strict=True):
            yield replace(one, marks=(*one.marks[:-1], replace(one.marks[-1], words_y=one.marks[-1].y + sign * shift)))
        return
    yield from curves


def _runs(points: Sequence[Point]) -> list[list[Point]]:
    """Points without a gap between them."""
    runs: list[list[Point]] = []
    for point in points:
        if runs and runs[-1][-1].place == point.place - 1:
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs


def _labels(points: Sequence[Point], frame: Frame, x: Callable[[int], float]) -> tuple[tuple[float, str, str], ...]:
    """As many as fit, the last one always."""
    labels: list[tuple[float, str, str]] = []
    for point in reversed(points):
        at = x(point.place)
        if not labels or labels[-1][0] - at >= frame.label_width:
            labels.append((at, point.label, "middle"))
    return tuple(reversed(labels))
