"""A map of areas in classes of one colour. What is unknown is hatched, and what is too uncertain is hatched too."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from opendata.pictures.outlines import Outlines
from opendata.pictures.scale import class_of, classes

# From light to dark, so that it can be read without colours and on paper.
COLOURS = ("#e4edf6", "#b7d0e8", "#7fabd3", "#4279b0", "#123f70")
_COLOURS_OF = {1: COLOURS[2:3], 2: COLOURS[1:5:2], 3: COLOURS[::2], 4: COLOURS[1:], 5: COLOURS}
FEWEST = 3  # classes; with fewer nothing can be told apart
LETTER = 8  # how wide a letter of a name is, at most, in units of the picture


@dataclass(frozen=True)
class Colouring:
    """A number of an area with its bounds, None where it is unknown; quiet where it is too uncertain for a colour."""

    code: str
    name: str
    value: float | None
    words: str
    is_quiet: bool = False
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True)
class Label:
    """The name of an area, where it fits."""

    x: float
    y: float
    words: str
    is_on_dark: bool


@dataclass(frozen=True)
class Shape:
    """An area as it is drawn."""

    code: str
    path: str
    kind: str
    fill: str
    title: str
    label: Label | None = None


@dataclass(frozen=True)
class Legend:
    """One class: its colour and what it stands for."""

    kind: str
    fill: str
    words: str


@dataclass(frozen=True)
class Choropleth:
    """The shapes and what their colours mean."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    legend: tuple[Legend, ...]


def choropleth(
    outlines: Outlines,
    areas: Sequence[Colouring],
    say: Callable[[float], str],
    words: Mapping[str, str],
    emphasis: str = "",
) -> Choropleth:
    """The map. `words`: what `quiet` and `unknown` are called, and how a class is told (`between`, `from`); `say`
    writes a number.

    A colour says no more than the number does: there are as many classes as most numbers can be told apart in, and what
    may be in more than two neighbouring ones gets none.
    """
    begins = _begins(areas)
    colours = _COLOURS_OF[len(begins)]
    shapes = [_shape(one, outlines, begins, colours) for one in areas if outlines.paths.get(one.code)]
    shapes.sort(key=lambda shape: shape.code == emphasis)
    present, fills = {shape.kind for shape in shapes}, {shape.fill for shape in shapes}
    legend = [
        Legend("class", colour, _range(begins, place, say, words))
        for place, colour in enumerate(colours)
        if colour in fills
    ]
    legend += [Legend(kind, "", words[kind]) for kind in ("quiet", "unknown") if kind in present]
    return Choropleth(outlines.width, outlines.height, tuple(shapes), tuple(legend))


def _begins(areas: Sequence[Colouring]) -> tuple[float, ...]:
    """Where classes begin: the most of them in which at least half of the areas can be told."""
    with_number = [one for one in areas if one.value is not None and not one.is_quiet]
    values = [one.value for one in with_number if one.value is not None]
    for number in range(len(COLOURS), FEWEST, -1):
        begins = classes(values, number)
        if 2 * sum(_is_told(one, begins) for one in with_number) >= len(with_number):
            return begins
    return classes(values, FEWEST)


def _is_told(one: Colouring, begins: Sequence[float]) -> bool:
    """Whether the true number is in one of two neighbouring classes at most."""
    if one.lower is None or one.upper is None:
        return True
    return class_of(one.upper, begins) - class_of(one.lower, begins) <= 1


def _shape(one: Colouring, outlines: Outlines, begins: Sequence[float], colours: Sequence[str]) -> Shape:
    title, path = f"{one.name}: {one.words}", outlines.paths[one.code]
    if one.value is None:
        return Shape(one.code, path, "unknown", "", title, _label(one, outlines, False))
    if one.is_quiet or not _is_told(one, begins):
        return Shape(one.code, path, "quiet", "", title, _label(one, outlines, False))
    fill = colours[class_of(one.value, begins)]
    return Shape(one.code, path, "class", fill, title, _label(one, outlines, fill in COLOURS[-2:]))


def _label(one: Colouring, outlines: Outlines, is_on_dark: bool) -> Label | None:
    spot = outlines.spots.get(one.code)
    if spot is None or len(one.name) * LETTER > spot.width:
        return None
    return Label(spot.x, spot.y, one.name, is_on_dark)


def _range(begins: Sequence[float], place: int, say: Callable[[float], str], words: Mapping[str, str]) -> str:
    if place + 1 == len(begins):
        return words["from"] % {"lower": say(begins[place])}
    return words["between"] % {"lower": say(begins[place]), "upper": say(begins[place + 1])}
