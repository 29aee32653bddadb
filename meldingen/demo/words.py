"""What invented residents write and invented colleagues answer."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from meldingen.demo import names

OPENERS = (
    "", "", "", "", "", "Goedemiddag, ", "Hallo, ", "Beste gemeente, ", "Ik wil melden: ", "Goedemorgen. ", "Dag, ",
    "Weer een melding: ", "Hoi, ", "Geachte heer/mevrouw, ", "Ter info: ",
)  # fmt: skip
CALLERS = ("Mevrouw belt: ", "Meneer belt: ", "Beller zegt: ", "Inwoner belt. ", "", "")
WHERE = (
    "Het is in de {street} bij nummer {number}.", "Ter hoogte van {street} {number}.", "Bij {shop} in de {street}.",
    "Tegenover {street} {number}.", "In de {street}, vlak bij {shop}.", "Aan het begin van de {street}.",
    "Hoek {street}.", "Voor de deur van nummer {number}.", "", "", "", "",
)  # fmt: skip
SINCE = (
    "Het is al {days} dagen zo.", "Sinds gisteren.", "Dit speelt al weken.", "Vorige maand ook al gemeld.", "", "",
    "", "",
    "Ik zag het vanmorgen pas.", "Mijn buurvrouw heeft er ook last van.", "De kinderen moeten er elke dag langs.", "",
)  # fmt: skip
CLOSERS = (
    "", "", "", "", "Kunt u dit oplossen?", "Alvast bedankt.", "Graag actie.", "Groet", "Kan hier iemand naar kijken?",
    "Wanneer komt er iemand?", "Bedankt!", "Dit is niet de eerste keer.",
)  # fmt: skip
STICKERS: Mapping[str, Sequence[str]] = {
    "lichtmast": ("Op de paal staat {thing}.", "Paalnummer {thing}.", "Lantaarn {thing}.", ""),
    "container": ("Container {thing}.", "Op de container staat {thing}.", "Nummer {thing}.", ""),
    "afvalbak": ("Bak {thing}.", "Sticker {thing}.", "", ""),
}
# In another language than Dutch: language of the page, and what is written.
FOREIGN: Mapping[str, Sequence[tuple[str, str]]] = {
    "afval-gedumpt": (
        ("en", "Somebody dumped a sofa and bags of rubbish next to the containers."),
        ("en", "There is a mattress lying on the pavement."),
        ("nl", "Ktoś wyrzucił stare meble obok kontenera."),
        ("nl", "Jemand hat hier alte Möbel abgestellt."),
    ),
    "lamp-brandt-niet": (
        ("en", "The street lamp in front of our house is not working."),
        ("en", "It is completely dark here at night, several lights are out."),
        ("nl", "Die Straßenlaterne brennt nicht mehr."),
        ("nl", "Latarnia na naszej ulicy nie świeci."),
    ),
    "losse-stoeptegel": (
        ("en", "The pavement is broken and my mother tripped over a loose tile."),
        ("nl", "Kaldırım taşları gevşemiş, çok tehlikeli."),
    ),
    "container-vol-of-kapot": (
        ("en", "The underground container is full, people leave their bags beside it."),
        ("nl", "Kontener jest pełny i nie da się go otworzyć."),
        ("nl", "Der Container ist voll."),
    ),
    "fout-geparkeerd": (
        ("en", "A van is parked on the pavement every day, we cannot pass with a pram."),
        ("nl", "Ein Auto parkt vor unserer Einfahrt."),
    ),
    "geluid": (
        ("en", "Loud music from the bar until three in the morning."),
        ("nl", "Gece yarısından sonra çok gürültü var."),
    ),
    "zwerfafval": (
        ("en", "Lots of litter in the park after the weekend."),
        ("nl", "Wszędzie leżą śmieci."),
    ),
    "gat-in-de-weg": (("en", "There is a deep hole in the road, I nearly fell with my bike."),),
    "ratten": (
        ("en", "We see rats near the playground every evening."),
        ("nl", "Widzieliśmy szczury przy placu zabaw."),
    ),
    "overhangend-groen": (("en", "Branches hang over the cycle path, you have to duck."),),
    "put-verstopt": (("en", "The drain is blocked and the street floods when it rains."),),
    "onkruid": (
        ("en", "The weeds between the tiles are knee-high, nobody has cleared them this year."),
        ("nl", "Chwasty rosną na całym chodniku."),
    ),
    "afval-niet-opgehaald": (
        ("en", "Our bin was not emptied this week, the whole street still has theirs outside."),
        ("nl", "Çöpümüz bu hafta alınmadı."),
    ),
    "prullenbak-vol": (
        ("en", "The litter bin at the bus stop is overflowing."),
        ("nl", "Der Mülleimer ist voll, alles liegt daneben."),
    ),
    "fietswrak": (
        ("en", "A broken bike without wheels has been chained here for months."),
        ("nl", "Od miesięcy stoi tu zepsuty rower."),
    ),
    "verkeersbord": (("en", "The traffic sign at the corner is bent and cannot be read."),),
    "graffiti": (("en", "Somebody sprayed paint all over the wall of the tunnel."),),
    "hondenpoep": (("en", "Dog mess all over the grass where children play."),),
}
ANSWERS: Mapping[str, Sequence[str]] = {
    "afval": (
        "We hebben het vandaag opgeruimd. Dank u wel voor uw melding.",
        "De container is geleegd en nagekeken.",
        "Onze wagen is langs geweest; alles is meegenomen.",
        "Het is opgehaald. We houden deze plek de komende weken in de gaten.",
    ),
    "wegen-en-stoepen": (
        "De tegels liggen weer recht.",
        "Het gat is gevuld. In het voorjaar vernieuwen we dit stuk.",
        "Onze stratenmakers hebben het hersteld.",
    ),
    "straatverlichting": (
        "De lamp is vervangen en brandt weer.",
        "Er was een kabel stuk. De netbeheerder heeft hem hersteld.",
        "De lamp is nagekeken en doet het weer.",
    ),
    "groen": (
        "De takken zijn gesnoeid.",
        "We hebben hier gemaaid en het blad geruimd.",
        "De boom is nagekeken: hij is gezond en blijft staan. Losse takken zijn weg.",
    ),
    "water-en-riool": (
        "De put is schoongemaakt.",
        "De kolk loopt weer door.",
        "De duiker was verstopt en is weer open.",
    ),
    "verkeer": ("Het bord staat weer recht.", "De verkeerslichten zijn opnieuw ingesteld.", "De afzetting is weg."),
    "parkeren": ("Onze handhavers zijn langs geweest.", "De fiets is weggehaald na een waarschuwing van twee weken."),
    "overlast": ("Onze handhavers komen hier deze week vaker langs.", "We hebben met de eigenaar gesproken."),
    "dieren": ("De bestrijder is langs geweest.", "Het is opgeruimd.", "De nesten zijn weggezogen."),
}
FALLBACK = ("Het is opgelost. Dank u wel voor uw melding.", "We zijn langs geweest en hebben het hersteld.")
REFUSALS = (
    "Dit is geen grond van de gemeente. Spreek de eigenaar er zelf op aan.",
    "We laten dit zo: het voldoet aan wat we met elkaar hebben afgesproken.",
    "We hebben niets gevonden. Ziet u het nog, meld het dan opnieuw.",
)
FOR_OTHERS = (
    "De provincie beheert deze weg en heeft uw melding.",
    "Het waterschap beheert dit water en heeft uw melding.",
    "De woningcorporatie is de eigenaar en heeft uw melding.",
)
QUESTIONS = ("Kunt u ons zeggen waar het precies is?", "Om welke kant van de straat gaat het?", "Is het er nu nog?")
NOTES = (
    "Foto gemaakt voor het dossier.",
    "Samen met de wijkagent bekeken.",
    "Derde keer deze maand.",
    "Sleutel ophalen.",
)
# Of which no machine knows what they are about.
VAGUE = (
    "Het is hier een zooitje.", "Kunt u iets doen aan de situatie bij {street}?",
    "Zo kan het niet langer in de {street}.",
    "Ik heb hier vorige week ook al over gebeld.", "Het is nog steeds niet in orde bij {street} {number}.",
    "Wie is hier verantwoordelijk voor? Kom eens kijken bij {shop}.", "Dit ziet er niet uit.",
    "Er is weer hetzelfde aan de hand in de {street}.",
)  # fmt: skip
UNCLEAR, TWO_THINGS = 0.06, 0.09  # of all reports


@dataclass(frozen=True)
class Scene:
    """Where somebody stands who writes: what can be named there."""

    street: str
    number: str
    kind: str = ""
    thing: str = ""


@dataclass(frozen=True)
class Sentences:
    """What may be said of each category, by its slug."""

    by_category: Mapping[str, Sequence[str]]

    def report(self, rng: Random, category: str, scene: Scene, *, is_call: bool) -> tuple[str, str]:
        """The words of one report and the language of the page on which they are written."""
        if category in FOREIGN and not is_call and rng.random() < 0.2:
            language, text = rng.choice(FOREIGN[category])
            return f"{text} {scene.street} {scene.number}".strip(), language
        parts = self._matter(rng, category)
        parts += [rng.choice(STICKERS[scene.kind])] if scene.thing else []
        parts += [rng.choice(WHERE) if scene.street else "", rng.choice(SINCE), rng.choice(CLOSERS)]
        text = " ".join(_with_stop(part) for part in parts if part)
        text = (rng.choice(CALLERS) if is_call else rng.choice(OPENERS)) + text
        return misspell(rng, fill(rng, text, scene)), "nl"

    def _matter(self, rng: Random, category: str) -> list[str]:
        """What is the matter, in one sentence or two; some people say hardly anything, or something else as well."""
        sentences, chance = self.by_category[category], rng.random()
        if chance < UNCLEAR:
            return [rng.choice(VAGUE)]
        if chance < UNCLEAR + TWO_THINGS:
            return rng.sample([rng.choice(sentences), self._something_else(rng)], 2)
        return rng.sample(sentences, 2 if chance > 0.85 else 1)

    def unclear(self, rng: Random, category: str, scene: Scene) -> str:
        """Words of which no machine can be sure: about nothing in particular, or about two things."""
        two = [rng.choice(self.by_category[category]), self._something_else(rng)]
        parts = [rng.choice(VAGUE)] if rng.random() < 0.5 else rng.sample(two, 2)
        return fill(rng, " ".join([*(_with_stop(part) for part in parts), rng.choice(SINCE)]).strip(), scene)

    def _something_else(self, rng: Random) -> str:
        return rng.choice(self.by_category[rng.choice(list(self.by_category))])


def read_sentences(path: Path) -> Sentences:
    """From the examples of a town."""
    of_category: dict[str, list[str]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            of_category[line["category"].partition("|")[2]].append(line["text"])
    return Sentences(of_category)


def _with_stop(sentence: str) -> str:
    return sentence if sentence[-1] in ".!?" else f"{sentence}."


def fill(rng: Random, text: str, scene: Scene) -> str:
    """With street, number, shop and the like in their places."""
    values = {"street": scene.street, "number": scene.number, "thing": scene.thing}
    return text.format(**values, shop=rng.choice(names.SHOPS), days=rng.randint(2, 12)) if "{" in text else text


def misspell(rng: Random, text: str) -> str:
    """One in six is written in a hurry: two letters swapped, one left out, or no capitals at all."""
    if rng.random() > 0.17 or len(text) < 8:
        return text
    if rng.random() < 0.3:
        return text.lower()
    at = rng.randrange(3, len(text) - 2)
    if not text[at : at + 2].isalpha():
        return text
    return text[:at] + rng.choice((text[at + 1] + text[at], text[at + 1])) + text[at + 2 :]
