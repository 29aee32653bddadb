"""Stories planted in the invented history, each to be found on a screen: docs/demo.md says where."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from meldingen import calendar
from meldingen.demo.reports import Category, Deed, Report, Spot
from meldingen.demo.spots import Spots

LATE_TEAM, LATE_WIJK = "groen", "WK990103"  # since June
HALF_AS_LONG, HALF_AS_LONG_IN = "afval-gedumpt", ("WK990102", "WK990104")  # since July, by rules 85 and 86
HOTSPOT_BUURT = "BU99010303"
SPAM = 200
LAMPS_OUT = 30
ADVERTS = (
    "Verdien 500 euro per dag vanuit huis! Klik op www.{word}.example",
    "GRATIS crypto {word} alleen vandaag www.{word}.example",
    "Goedkope {word} pillen zonder recept, bestel op {word}.example",
)
SPAM_WORDS = ("turbo", "mega", "winst", "krediet", "casino", "jackpot", "lening", "bonus")
TWO_PROBLEMS = (
    "De lantaarn bij nummer {number} in de {street} brandt niet. En naast de container ligt sinds vrijdag een matras "
    "met een kapotte koelkast."
)
OBJECTION = (
    "De bomen in de {street} zijn gemerkt met een stip. Hierbij maak ik bezwaar tegen het besluit om ze te kappen; ik "
    "heb de vergunning op 3 november in de krant gezien. Er zitten ook losse takken in."
)
NO_SUBJECT = (
    "Zo gaat het nu al maanden bij ons. Ik heb er geen woorden meer voor. Wanneer komt er eindelijk iemand van de "
    "gemeente langs? U weet mij te vinden."
)
DARK = (
    "Lamp {thing} brandt niet, de hele {street} is donker.",
    "In de {street} doet geen enkele lantaarn het. Op de paal staat {thing}.",
    "Straatlantaarn {thing} is uit sinds vanavond.",
)
THREAT = (
    "Al drie keer gemeld en niemand doet iets. Als die man van de gemeente nog eens zonder oplossing langskomt, dan "
    "sla ik hem in elkaar."
)


def summer(until: date) -> int:
    """The year of the last summer that is over."""
    return until.year if until.month >= 10 else until.year - 1


def slowness(spot: Spot, category: Category, moment: datetime, summer: int) -> float:
    """How much longer than usual it takes here: since June in one wijk, since July by two rules."""
    if category.team == LATE_TEAM and spot.wijk == LATE_WIJK and moment >= datetime(summer, 6, 1, tzinfo=UTC):
        return 3.2
    if category.slug == HALF_AS_LONG and spot.wijk in HALF_AS_LONG_IN and moment >= datetime(summer, 7, 1, tzinfo=UTC):
        return 0.5
    return 1.0


def hotspot(rng: Random, spots: Spots, category: Category, until: date, zone: str) -> Iterator[Report]:
    """One container that is full again and again since August: every other day beside what comes anyway."""
    spot = next(each for each in spots.all_of("container") if each.buurt == HOTSPOT_BUURT)
    day = date(summer(until), 8, 1)
    while day < until:
        for _time in range(rng.choice((0, 0, 1, 1))):
            at = calendar.start_of_day(day, zone) + timedelta(hours=8, minutes=rng.randrange(700))
            words = f"Container {spot.thing} zit alweer vol, er staan zakken naast."
            yield Report(f"{rng.getrandbits(64):016x}", at, category, spot, words, rng.choice(("web", "phone")))
        day += timedelta(days=1)


def cable_fault(rng: Random, spots: Spots, category: Category, until: date, zone: str) -> Iterator[Report]:
    """One evening, twelve days ago: the lamps of a whole street are out, and each is reported by itself."""
    streets: dict[str, list[Spot]] = {}
    for spot in spots.all_of("lichtmast"):
        streets.setdefault(spot.street, []).append(spot)
    lamps = max(streets.values(), key=len)
    evening = calendar.start_of_day(until - timedelta(days=12), zone) + timedelta(hours=17, minutes=40)
    for spot in lamps[:LAMPS_OUT]:
        at = evening + timedelta(minutes=rng.randrange(240))
        words = rng.choice(DARK).format(thing=spot.thing, street=spot.street)
        yield Report(f"{rng.getrandbits(64):016x}", at, category, spot, words, rng.choice(("web", "phone", "phone")))


def spam(rng: Random, spots: Spots, category: Category, until: date, zone: str) -> Iterator[Report]:
    """A night, three weeks ago, of adverts; a colleague called them what they are the next morning."""
    night = calendar.start_of_day(until - timedelta(days=21), zone) + timedelta(hours=2)
    for _number in range(SPAM):
        at = night + timedelta(seconds=rng.randrange(5400))
        words = rng.choice(ADVERTS).format(word=rng.choice(SPAM_WORDS))
        report = Report(f"{rng.getrandbits(64):016x}", at, None, spots.draw(rng, category), words, "web")
        morning = night + timedelta(hours=6, seconds=rng.randrange(600))
        yield replace(report, deeds=[Deed(morning, "fatima", "spam")])


def threat(rng: Random, spots: Spots, category: Category, until: date, zone: str) -> Iterator[Report]:
    """Somebody threatens; the coordinator closed it as that."""
    at = calendar.start_of_day(until - timedelta(days=9), zone) + timedelta(hours=20)
    report = Report(f"{rng.getrandbits(64):016x}", at, None, spots.draw(rng, category), THREAT, "web")
    yield replace(report, deeds=[Deed(at + timedelta(hours=13), "marijke", "threat")])


def letters(rng: Random, spots: Spots, category: Category, until: date, zone: str) -> Iterator[Report]:
    """Yesterday, and nobody has judged them: two problems in one text, an objection to a decision hidden in another,
    and one that says nothing of what it is about, so that a machine leaves it to people.
    """
    for hour, words in ((10, TWO_PROBLEMS), (11, OBJECTION), (12, NO_SUBJECT)):
        at = calendar.start_of_day(until - timedelta(days=1), zone) + timedelta(hours=hour)
        spot = spots.draw(rng, category)
        text = words.format(street=spot.street, number=spot.number or "12")
        yield Report(f"{rng.getrandbits(64):016x}", at, None, spot, text, "web")
