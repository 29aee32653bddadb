"""One picture with its words, as a file of its own: for paper, and for pages of others."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from opendata.pictures.bars import BarPicture
from opendata.pictures.choropleth import Choropleth, Legend
from opendata.pictures.line import LinePicture

HEADLINE, SENTENCES, FOOT = 50, 88, 104  # characters of a line of 760 in these letters
LEGEND_COLUMNS, LEGEND_COLUMN, LEGEND_ROW = 5, 152, 30


@dataclass(frozen=True)
class Paper:
    """Where the words of a picture stand; `at` is the corner of the picture itself."""

    height: int
    headline: tuple[tuple[int, str], ...]
    sentences: tuple[tuple[int, str], ...]
    at: tuple[int, int]
    legend: tuple[tuple[int, int, Legend], ...]
    foot: tuple[tuple[int, str], ...]


def paper(
    headline: str, sentences: Iterable[str], foot: Iterable[str], picture: LinePicture | BarPicture | Choropleth | None
) -> Paper:
    """The words above and below a picture, broken into lines, for SVG breaks none itself."""
    above = _stack(in_lines(headline, HEADLINE), 46, 32)
    body = _stack([line for one in sentences for line in in_lines(one, SENTENCES)], _end(above, 46) + 26, 22)
    top = _end(body or above, 46) + 24
    from_left, tall, legend = _size(picture)
    entries = tuple(
        (20 + place % LEGEND_COLUMNS * LEGEND_COLUMN, top + tall + 20 + place // LEGEND_COLUMNS * LEGEND_ROW, one)
        for place, one in enumerate(legend)
    )
    below = top + tall + 36 + -(-len(entries) // LEGEND_COLUMNS) * LEGEND_ROW
    last = _stack([line for one in foot if one for line in in_lines(one, FOOT)], below, 18)
    return Paper(_end(last, below) + 20, above, body, (from_left, top), entries, last)


def in_lines(words: str, most: int) -> list[str]:
    """In lines of at most so many characters; a word that is longer, such as an address, is cut."""
    lines = [""]
    pieces = (word[first : first + most] for word in words.split() for first in range(0, len(word), most))
    for word in pieces:
        if lines[-1] and len(lines[-1]) + len(word) + 1 > most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _stack(lines: list[str], first: int, step: int) -> tuple[tuple[int, str], ...]:
    return tuple((first + place * step, words) for place, words in enumerate(lines))


def _end(lines: tuple[tuple[int, str], ...], without: int) -> int:
    return lines[-1][0] if lines else without


def _size(picture: Any) -> tuple[int, int, tuple[Legend, ...]]:
    """Where its left edge is, how tall it is, and what its colours mean."""
    match picture:
        case LinePicture():
            return 20, picture.frame.height, ()
        case Choropleth():
            return 80, picture.height, picture.legend
        case BarPicture():
            return 20, picture.height, ()
        case _:
            return 20, 0, ()
