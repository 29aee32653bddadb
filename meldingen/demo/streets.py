"""The streets of an invented town: on a bent lattice, joined at their crossings, on no water; and what stands there.

Pure and deterministic: the same folder and seed give the same streets.
"""

import math
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random

from meldingen.demo import names
from meldingen.demo.ground import Buurt, Ground, Point, band, contains, oval, read_ground

SPACING = 150.0
JITTER = 0.17  # of the spacing: how far a crossing is from its place in the lattice
LENGTH = 60_000.0
LONGEST = 7  # blocks of one street
EXTRA = 0.8  # of the blocks that join what is joined already
ADDRESSES, LAMPS, CONTAINERS, BINS = 3000, 1900, 64, 240
FACADE, KERB = 11.0, 4.0  # metres from the middle of the street

Node = tuple[int, int]
Block = tuple[Node, Node]

WATERS = (
    band("Linde", [(-1900, -1800), (-900, -1650), (0, -1560), (900, -1590), (1700, -1900), (2250, -2050)], 130),
    oval("Havenkom", (250, -60), 330, 120),
    oval("Waterwijkplas", (-1400, 20), 300, 190),
    oval("Rietplas", (2620, -150), 240, 330),
    oval("Kloostervijver", (-560, -470), 130, 80),
    oval("Gagelvijver", (-1990, -480), 160, 90),
)
PARKS = (
    oval("Stadspark", (-150, 620), 330, 240),
    oval("Beukenpark", (-820, 1650), 260, 200),
    oval("Vogelweide", (2190, 940), 260, 190),
    oval("Dijkpark", (-1530, -1230), 380, 150),
    oval("Kruidentuin", (-2800, 1040), 200, 200),
    oval("Rozenpark", (-1930, 790), 190, 170),
    oval("Componistenpark", (1850, 260), 190, 150),
    oval("Kerkebos", (640, 1660), 280, 180),
)


@dataclass(frozen=True)
class Street:
    """A named street: its line, and the buurt after which it is named."""

    name: str
    line: tuple[Point, ...]


@dataclass(frozen=True)
class Address:
    """One house at its street."""

    street: str
    number: int
    postcode: str
    point: Point
    buurt: str


@dataclass(frozen=True)
class Thing:
    """An object of the municipality: a lamp, a container or a bin, with the number that stands on it."""

    kind: str
    number: str
    street: str
    point: Point
    buurt: str


@dataclass(frozen=True)
class Town:
    """All that stands in the town."""

    ground: Ground
    streets: Sequence[Street]
    addresses: Sequence[Address]
    things: Sequence[Thing]


@cache
def build(folder: Path, seed: int = 2026) -> Town:
    """The town of a folder."""
    ground = read_ground(folder, WATERS, PARKS)
    rng = Random(f"streets:{seed}")  # noqa: S311 - invented data, nothing to protect
    nodes = _nodes(ground, rng)
    streets = list(_streets_with_names(ground, _chains(_blocks(ground, nodes, rng)), nodes))
    return Town(ground, streets, _addresses(ground, streets), _things(ground, streets, rng))


def _nodes(ground: Ground, rng: Random) -> dict[Node, Point]:
    """The crossings that lie in a buurt and on dry land."""
    nodes: dict[Node, Point] = {}
    for i in range(-24, 22):
        for j in range(-19, 17):
            point = (i + rng.uniform(-JITTER, JITTER)) * SPACING, (j + rng.uniform(-JITTER, JITTER)) * SPACING
            if ground.buurt_at(point) and not ground.is_wet(point):
                nodes[i, j] = point
    return nodes


def _blocks(ground: Ground, nodes: dict[Node, Point], rng: Random) -> list[Block]:
    """Blocks between crossings, about LENGTH together, each to be reached from each.

    First the way from the market to each buurt, then around the middle of each as far as its people ask for.
    """
    possible = [(a, b) for a in nodes for b in ((a[0] + 1, a[1]), (a[0], a[1] + 1)) if b in nodes]
    dry = [block for block in possible if _is_dry(ground, nodes[block[0]], nodes[block[1]])]
    around: dict[Node, list[Block]] = defaultdict(list)
    for block in dry:
        for node in block:
            around[node].append(block)
    blocks = _ways(ground, nodes, around)
    within_reach = {node for block in blocks for node in block}
    rank = {block: _pull(ground, _middle(nodes, block)) * rng.uniform(0.9, 1.1) for block in dry}
    rest = set(dry) - set(blocks)
    total = sum(math.dist(nodes[a], nodes[b]) for a, b in blocks)
    while total < LENGTH:
        block = min((block for block in rest if within_reach & set(block)), key=lambda block: (rank[block], block))
        rest.discard(block)
        if not set(block) <= within_reach or rng.random() < EXTRA:
            blocks.append(block)
            total += math.dist(nodes[block[0]], nodes[block[1]])
        within_reach.update(block)
    return blocks


def _ways(ground: Ground, nodes: dict[Node, Point], around: dict[Node, list[Block]]) -> list[Block]:
    """The shortest way over the lattice from the market to the middle of each buurt."""
    start = min(around, key=lambda node: math.dist(nodes[node], ground.buurten[0].middle))
    came: dict[Node, Block | None] = {start: None}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        for block in around[node]:
            other = block[1] if block[0] == node else block[0]
            if other not in came:
                came[other] = block
                waiting.append(other)
    ways: dict[Block, None] = {}
    for buurt in ground.buurten:
        node = min(came, key=lambda node: math.dist(nodes[node], buurt.middle))
        while step := came[node]:
            ways[step] = None
            node = step[1] if step[0] == node else step[0]
    return list(ways)


def _middle(nodes: dict[Node, Point], block: Block) -> Point:
    (x1, y1), (x2, y2) = nodes[block[0]], nodes[block[1]]
    return (x1 + x2) / 2, (y1 + y2) / 2


def _pull(ground: Ground, point: Point) -> float:
    """How far out it lies in some buurt, measured by how many live there: the nearest is built first."""
    return min(math.dist(point, buurt.middle) / math.sqrt(buurt.inhabitants) for buurt in ground.buurten)


def _is_dry(ground: Ground, a: Point, b: Point) -> bool:
    steps = [(a[0] + (b[0] - a[0]) * n / 10, a[1] + (b[1] - a[1]) * n / 10) for n in range(11)]
    return all(ground.buurt_at(step) and not ground.is_wet(step) for step in steps)


def _chains(blocks: Sequence[Block]) -> Iterator[list[Node]]:
    """Blocks in one line of the lattice are one street, as long as they join and are not too many."""
    for way in (0, 1):
        mine = sorted((block for block in blocks if block[1][way] > block[0][way]), key=lambda b: (b[0][1 - way], b[0]))
        chain: list[Node] = []
        for start, end in mine:
            if chain and chain[-1] == start and len(chain) <= LONGEST:
                chain.append(end)
                continue
            if chain:
                yield chain
            chain = [start, end]
        if chain:
            yield chain


def _streets_with_names(ground: Ground, chains: Iterator[list[Node]], nodes: dict[Node, Point]) -> Iterator[Street]:
    """Each with a name of its own: the theme of the buurt in which it has its middle."""
    names_in_use: set[str] = set()
    for chain in sorted(chains, key=lambda chain: (-len(chain), chain)):
        line = tuple(nodes[node] for node in chain)
        buurt = ground.buurt_at(_along(line, _length(line) / 2)[0]) or ground.buurten[0]
        name = next(name for name in _possible(buurt) if name not in names_in_use)
        names_in_use.add(name)
        yield Street(name, line)


def _possible(buurt: Buurt) -> Iterator[str]:
    if buurt.name == "Oude Markt":
        yield names.FIRST
    stems = names.THEMES[buurt.name]
    for turn in range(len(names.ENDINGS)):
        for n, stem in enumerate(stems):
            yield stem + names.ENDINGS[(n + turn) % len(names.ENDINGS)]
    for stem in stems:
        for extra in ("Nieuwe", "Lange", "Korte", "Oude"):
            for ending in names.ENDINGS:
                yield f"{extra} {stem}{ending}"


def _length(line: Sequence[Point]) -> float:
    return sum(math.dist(a, b) for a, b in pairwise(line))


def _along(line: Sequence[Point], metres: float, aside: float = 0.0) -> tuple[Point, Point]:
    """The point so far along a line, and one beside it; left of the way for a positive number."""
    for a, b in pairwise(line):
        step = math.dist(a, b)
        if metres <= step or b == line[-1]:
            share = min(1.0, metres / step)
            x, y = a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
            return (x, y), (x - (b[1] - a[1]) / step * aside, y + (b[0] - a[0]) / step * aside)
        metres -= step
    return line[-1], line[-1]


def _addresses(ground: Ground, streets: Sequence[Street]) -> list[Address]:
    """Houses on both sides, odd on the left, at such a distance that there are ADDRESSES."""
    total = sum(_length(street.line) for street in streets)
    addresses: list[Address] = []
    step = total * 2 / ADDRESSES
    for street in streets:
        for side in (1, -1):
            metres, number = step / 2, 1 if side > 0 else 2
            while metres < _length(street.line):
                _on, point = _along(street.line, metres, side * FACADE)
                buurt = ground.buurt_at(point)
                if buurt and not any(contains(water.ring, point) for water in ground.waters):
                    addresses.append(Address(street.name, number, _postcode(ground, buurt, number), point, buurt.code))
                metres, number = metres + step, number + 2
    return addresses


def _postcode(ground: Ground, buurt: Buurt, number: int) -> str:
    """No postcode ends in SA, SD or SS: these are nobody's."""
    return f"{9900 + ground.buurten.index(buurt)}{('SA', 'SD', 'SS')[number % 3]}"


def _things(ground: Ground, streets: Sequence[Street], rng: Random) -> list[Thing]:
    """Lamps at even distances, containers near the ends of streets, bins here and there."""
    total = sum(_length(street.line) for street in streets)
    things: list[Thing] = []
    for kind, letter, number in (("lichtmast", "L", LAMPS), ("container", "C", CONTAINERS), ("afvalbak", "B", BINS)):
        step, at = total / number, 0.0
        metres = step / 2
        for street in streets:
            length = _length(street.line)
            while metres < at + length:
                side = KERB if len(things) % 2 else -KERB
                near = metres - at if kind == "lichtmast" else rng.uniform(0.1, 0.9) * length
                _on, point = _along(street.line, near, side)
                buurt = ground.buurt_at(point) or ground.buurten[0]
                things.append(Thing(kind, letter, street.name, point, buurt.code))
                metres += step
            at += length
    return _number(things)


def _number(things: Sequence[Thing]) -> list[Thing]:
    counts: dict[str, int] = defaultdict(int)
    with_numbers = []
    for thing in things:
        counts[thing.kind] += 1
        number = f"{thing.number}-{counts[thing.kind]:04d}"
        with_numbers.append(Thing(thing.kind, number, thing.street, thing.point, thing.buurt))
    return with_numbers
