"""When residents report what: seasons, days of the week, hours, storms and the ranking of categories by volume.

Figures are invented; they only have to look like a town. A category that is not named here is rare, flat over the year
and reported by day.
"""

from collections.abc import Sequence
from datetime import date

# Most reported first: volume falls with the rank (Zipf).
RANKING = (
    "afval-gedumpt",
    "losse-stoeptegel",
    "lamp-brandt-niet",
    "container-vol-of-kapot",
    "fout-geparkeerd",
    "onkruid",
    "overhangend-groen",
    "zwerfafval",
    "geluid",
    "put-verstopt",
    "boom-gevaarlijk",
    "gat-in-de-weg",
    "afval-niet-opgehaald",
    "gevaarlijke-situatie",
    "prullenbak-vol",
    "bladeren",
    "hondenpoep",
    "ratten",
    "fietswrak",
    "verkeersbord",
    "groep-op-straat",
    "gras-maaien",
    "bankje-of-paaltje-kapot",
    "water-op-straat",
    "fietspad-kapot",
    "graffiti",
    "wegwerkzaamheden",
    "processierups",
    "rook-en-stank",
    "speeltoestel-kapot",
    "vuurwerk",
    "rioolstank",
    "vuil-in-het-water",
    "meeuwen-en-duiven",
    "lantaarnpaal-beschadigd",
    "autowrak",
    "drank-en-drugs",
    "dood-dier",
    "laadpaal",
    "verkeerslicht-kapot",
    "overig-afval",
    "overig-groen",
    "gladheid",
    "brug-of-oever-kapot",
    "overig-overlast",
    "overig-verkeer",
    "lamp-brandt-overdag",
    "overig-wegen-en-stoepen",
)

FLAT = (1.0,) * 12
# January to December.
AUTUMN_LEAVES = (0.8, 0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.3, 0.8, 2.6, 4.4, 2.4)
GROWING = (0.1, 0.2, 0.5, 1.0, 2.0, 2.4, 2.0, 1.6, 1.2, 0.7, 0.2, 0.1)
DARK = (1.6, 1.4, 1.1, 0.8, 0.5, 0.4, 0.4, 0.6, 0.9, 1.3, 1.6, 1.4)
FROST = (4.5, 3.2, 0.8, 0.1, 0.0, 0.0, 0.0, 0.0, 0.0, 0.1, 0.8, 2.5)
AFTER_FROST = (1.4, 1.7, 1.5, 1.1, 0.9, 0.8, 0.7, 0.7, 0.8, 0.8, 0.8, 0.8)
CATERPILLARS = (0.0, 0.0, 0.0, 0.3, 2.8, 5.0, 2.6, 0.9, 0.3, 0.1, 0.0, 0.0)
FIREWORKS = (3.2, 0.3, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.2, 0.7, 2.2, 4.8)
OUTDOORS = (0.5, 0.5, 0.7, 1.0, 1.4, 1.6, 1.7, 1.6, 1.2, 0.8, 0.5, 0.5)
RAIN = (1.1, 1.0, 0.8, 0.7, 0.8, 1.0, 1.2, 1.3, 1.0, 1.2, 1.3, 1.2)

SEASONS: dict[str, Sequence[float]] = {
    "bladeren": AUTUMN_LEAVES,
    "onkruid": GROWING,
    "gras-maaien": GROWING,
    "overhangend-groen": GROWING,
    "processierups": CATERPILLARS,
    "meeuwen-en-duiven": OUTDOORS,
    "lamp-brandt-niet": DARK,
    "lantaarnpaal-beschadigd": DARK,
    "gladheid": FROST,
    "gat-in-de-weg": AFTER_FROST,
    "losse-stoeptegel": AFTER_FROST,
    "vuurwerk": FIREWORKS,
    "geluid": OUTDOORS,
    "groep-op-straat": OUTDOORS,
    "drank-en-drugs": OUTDOORS,
    "vuil-in-het-water": OUTDOORS,
    "speeltoestel-kapot": OUTDOORS,
    "zwerfafval": OUTDOORS,
    "prullenbak-vol": OUTDOORS,
    "put-verstopt": RAIN,
    "water-op-straat": RAIN,
}

# Monday to Sunday.
WEEKDAYS = (1.25, 1.15, 1.1, 1.05, 1.0, 0.75, 0.7)
NIGHTLIFE_DAYS = (0.9, 0.7, 0.7, 0.8, 1.0, 1.4, 1.5)
NIGHTLIFE = frozenset({"geluid", "groep-op-straat", "drank-en-drugs", "vuurwerk", "rook-en-stank"})

# Midnight to eleven in the evening, local time.
DAY_HOURS = (1, 0, 0, 0, 0, 1, 3, 8, 14, 17, 17, 15, 13, 14, 14, 13, 13, 11, 9, 10, 9, 7, 4, 2)
NIGHT_HOURS = (9, 6, 4, 2, 1, 1, 2, 4, 6, 7, 6, 5, 5, 5, 5, 6, 7, 8, 9, 11, 13, 16, 18, 14)

STORM_CHANCE = (0.08, 0.07, 0.05, 0.03, 0.02, 0.02, 0.03, 0.03, 0.04, 0.06, 0.08, 0.08)
STORM = {"boom-gevaarlijk": 7.0, "water-op-straat": 6.0, "put-verstopt": 3.0, "lantaarnpaal-beschadigd": 3.0}

# Each year again, so that a history has them wherever it begins.
GREAT_STORMS = frozenset({(2, 18), (11, 2)})
GREAT_STORM = {
    "boom-gevaarlijk": 45.0, "overhangend-groen": 6.0, "water-op-straat": 20.0, "put-verstopt": 8.0,
    "verkeersbord": 6.0,
    "lantaarnpaal-beschadigd": 12.0, "bladeren": 3.0,
}  # fmt: skip
NEW_YEAR = {
    (12, 31): {"vuurwerk": 12.0, "geluid": 3.0, "rook-en-stank": 4.0},
    (1, 1): {"vuurwerk": 14.0, "zwerfafval": 5.0, "prullenbak-vol": 5.0, "container-vol-of-kapot": 4.0, "geluid": 2.0},
}

# Reported more where people live close together.
URBAN = NIGHTLIFE | {"zwerfafval", "fietswrak", "graffiti", "fout-geparkeerd", "container-vol-of-kapot"}


def shares(slugs: Sequence[str]) -> dict[str, float]:
    """The share of each category in a flat year; the shares add up to 1."""
    ranks = {slug: rank for rank, slug in enumerate(RANKING)}
    weights = {slug: (ranks.get(slug, len(RANKING)) + 3.0) ** -0.9 for slug in slugs}
    total = sum(weights.values())
    return {slug: weight / total for slug, weight in weights.items()}


def season(slug: str, day: date) -> float:
    """The factor of the month; 1 on average over the year."""
    months = SEASONS.get(slug, FLAT)
    return months[day.month - 1] * 12 / sum(months)


def weekday(slug: str, day: date) -> float:
    """The factor of the day of the week; 1 on average over the week."""
    return (NIGHTLIFE_DAYS if slug in NIGHTLIFE else WEEKDAYS)[day.weekday()]


def hours(slug: str) -> Sequence[int]:
    """24 weights, one for each local hour."""
    return NIGHT_HOURS if slug in NIGHTLIFE else DAY_HOURS


def on_the_day(slug: str, day: date) -> float:
    """What happens on one day alone: New Year, and two storms that everybody remembers."""
    if (day.month, day.day) in NEW_YEAR:
        return NEW_YEAR[day.month, day.day].get(slug, 1.0)
    return GREAT_STORM.get(slug, 1.0) if (day.month, day.day) in GREAT_STORMS else 1.0
