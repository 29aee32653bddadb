"""Where things are reported in an invented town: at houses and objects of its streets, or anywhere in a buurt."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate
from pathlib import Path
from random import Random

from meldingen.demo import rhythm, streets
from meldingen.demo.ground import contains
from meldingen.demo.reports import Category, Spot
from meldingen.demo.streets import Town

NEAR_A_SPOT = 0.4  # the same container, the same corner is reported again and again
SPOTS = 4
AS_ADDRESS = 0.55  # who says it by an address; others put a pin
NOBODY = 60  # nobody lives on some land, and still something breaks there
WITH_STREETS = {"lindewaard"}
KINDS = {"straatverlichting": "lichtmast"}
KINDS_OF = {"container-vol-of-kapot": "container", "prullenbak-vol": "afvalbak"}


def kind_of(category: Category) -> str:
    """The kind of object that a category is about, empty for none."""
    return KINDS_OF.get(category.slug, KINDS.get(category.main, ""))


class Spots:
    """Draws a place for a report: first a buurt, by who lives there, then something in it."""

    def __init__(self, folder: Path) -> None:
        self.town = streets.build(folder) if folder.name in WITH_STREETS else None
        features = json.loads((folder / "buurten.geojson").read_text(encoding="utf-8"))["features"]
        self.rings = {each["properties"]["code"]: each["geometry"]["coordinates"] for each in features}
        self.wijken = {each["properties"]["code"]: each["properties"]["wijkcode"] for each in features}
        weights = [each["properties"]["inwoners"] + NOBODY for each in features]
        density = [each["properties"]["omgevingsadressendichtheid"] for each in features]
        self.pulls = {
            False: list(accumulate(weights)),
            True: list(accumulate(weight * per for weight, per in zip(weights, density, strict=True))),
        }
        self.known: dict[tuple[str, str], list[Spot]] = defaultdict(list)
        for spot in self._houses(self.town) if self.town else ():
            self.known[spot.buurt, spot.kind].append(spot)

    def draw(self, rng: Random, category: Category) -> Spot:
        """A place for a report of a category."""
        buurt = rng.choices(list(self.rings), cum_weights=self.pulls[category.slug in rhythm.URBAN])[0]
        kind = kind_of(category) if self.town else ""
        spots = self.known.get((buurt, kind)) or self.known.get((buurt, ""))
        if not spots:
            return self._anywhere(rng, buurt)
        spot = rng.choice(spots[:SPOTS] if rng.random() < NEAR_A_SPOT else spots)
        if spot.kind or rng.random() < AS_ADDRESS:
            return spot
        beside = tuple(round(each + rng.uniform(-1, 1) * 0.0001, 6) for each in spot.point)
        return Spot((beside[0], beside[1]), "", spot.street, spot.number, buurt, self.wijken[buurt])

    def all_of(self, kind: str) -> Iterable[Spot]:
        """Every place of one kind of object."""
        return [spot for (_buurt, each), spots in self.known.items() if each == kind for spot in spots]

    def _houses(self, town: Town) -> Iterable[Spot]:
        degrees = town.ground.projection.degrees
        for house in town.addresses:
            words, number = f"{house.street} {house.number}", str(house.number)
            yield Spot(degrees(house.point), words, house.street, number, house.buurt, self.wijken[house.buurt])
        for thing in town.things:
            words = f"{NAMES[thing.kind]} {thing.number}, {thing.street}"
            place = degrees(thing.point)
            wijk = self.wijken[thing.buurt]
            yield Spot(place, words, thing.street, "", thing.buurt, wijk, thing.kind, thing.number)

    def _anywhere(self, rng: Random, buurt: str) -> Spot:
        rings: Sequence[Sequence[tuple[float, float]]] = self.rings[buurt]
        xs, ys = zip(*rings[0], strict=True)
        while True:
            point = (round(rng.uniform(min(xs), max(xs)), 6), round(rng.uniform(min(ys), max(ys)), 6))
            if contains(rings[0], point):
                return Spot(point, "", "", "", buurt, self.wijken[buurt])


NAMES = {"lichtmast": "Lantaarnpaal", "container": "Container", "afvalbak": "Afvalbak"}
