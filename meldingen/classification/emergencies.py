"""Words that mean: a person must see this now. Found texts go to the top of people's list, never to a route."""

import re

from meldingen.classification.normalising import normalise

# Phrases as people write them, per language; `*` stands for the rest of a word. A fire hydrant is no fire.
PHRASES: dict[str, str] = {
    "nl": """
        gaslucht, gaslek, gas ruiken, ruik gas, ruikt naar gas, staat in brand, staan in brand, in de fik,
        vliegt in brand, brandende prullenbak, brandende container, brandende auto, brand uitgebroken,
        explosie*, ontploffing, ontploft, levensgevaar*, gewond*, bewusteloos, reanim*, verdrink*,
        verdronken, onder stroom, losse stroomdraad, losse stroomdraden, open stroomkabel,
        instortingsgevaar, ingestort, vuurwapen*, schietpartij, geschoten, steekpartij, neergestoken,
        zelfmoord, zelfdoding, bel 112, 112 gebeld
    """,
    "de": """
        gasgeruch, gasleck, riecht nach gas, es brennt, steht in flammen, in flammen, explosion*,
        explodiert, lebensgefahr, lebensgefährlich*, lebensgefaehrlich*, schwer verletzt, verletzte,
        bewusstlos*, ertrink*, ertrunken, unter strom, stromkabel, einsturzgefahr, eingestürzt,
        eingestuerzt, schusswaffe*, schießerei, messerstecherei, selbstmord, suizid
    """,
    "en": """
        gas leak, smell gas, smells gas, smell of gas, smelling gas, on fire, in flames, explosion*,
        exploded, life threatening, life-threatening, injured, unconscious, drowning, drowned, live wire,
        live wires, downed line, downed lines, downed power line, downed power lines, power line down, power
        lines down, electrocut*, has collapsed, gunshot*, shots fired, stabbed, stabbing, suicid*
    """,
}


def _pattern(phrases: str) -> str:
    return "|".join(re.escape(" ".join(phrase.split())).replace(r"\*", r"\w*") for phrase in phrases.split(","))


_EMERGENCY = re.compile(r"\b(?:" + "|".join(map(_pattern, PHRASES.values())) + r")\b")


def is_emergency(text: str) -> bool:
    """Say whether `text` names something that people must see at once, in any of the languages of PHRASES."""
    return _EMERGENCY.search(normalise(text)) is not None
