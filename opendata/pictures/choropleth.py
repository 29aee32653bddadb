"""A map of areas in classes of one colour. What is unknown is hatched, and what is too uncertain is hatched too."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from opendata.pictures.outlines import Outlines
from opendata.pictures.scale import class_of, classes

# From light to dark, so that it can be read without colours and on paper.
COLOURS = ("#e4edf6", "#b7d0e8", "#7fabd3", "#4279b0", "#123f70")


@dataclass(frozen=True)
class Colouring:
    """A number of an area, None where it is unknown; quiet where it is too uncertain for a colour."""

    code: str
    name: str
    value: float | None
    words: str
    is_quiet: bool = False


@dataclass(frozen=True)
class Shape:
    """An area as it is drawn."""

    code: str
    path: str
    kind: str
    fill: str
    title: str


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
    """The map. `words`: what `quiet` and `unknown` are called; `say` writes a number."""
    values = [one.value for one in areas if one.value is not None and not one.is_quiet]
    begins = classes(values, len(COLOURS))
    colours = COLOURS if len(begins) == len(COLOURS) else COLOURS[-len(begins) :]
    shapes = [_shape(one, outlines.paths[one.code], begins, colours) for one in areas if outlines.paths.get(one.code)]
    shapes.sort(key=lambda shape: shape.code == emphasis)
    present = {shape.kind for shape in shapes}
    legend = [Legend("class", colour, _range(begins, place, say)) for place, colour in enumerate(colours) if values]
    legend += [Legend(kind, "", words[kind]) for kind in ("quiet", "unknown") if kind in present]
    return Choropleth(outlines.width, outlines.height, tuple(shapes), tuple(legend))


def _shape(one: Colouring, path: str, begins: Sequence[float], colours: Sequence[str]) -> Shape:
    title = f"{one.name}: {one.words}"
    if one.value is None:
        return Shape(one.code, path, "unknown", "", title)
    if one.is_quiet:
        return Shape(one.code, path, "quiet", "", title)
    return Shape(one.code, path, "class", colours[class_of(one.value, begins)], title)


def _range(begins: Sequence[float], place: int, say: Callable[[float], str]) -> str:
    if place + 1 == len(begins):
        return f"≥ {say(begins[place])}"
    return f"{say(begins[place])} – {say(begins[place + 1])}"
