"""In which of the languages that the site does not speak somebody wrote of danger. Pure.

Arabic and Cyrillic are known by their letters, Polish and Turkish by the words of danger in their files.
"""

import unicodedata
from functools import cache

from meldingen.classification.dangers import FOLDER, SECTIONS, sections_of
from meldingen.classification.likeness import words_of
from meldingen.classification.normalising import MAX_CHARS
from meldingen.classification.patterns import Patterns, fold

SCRIPTS = {"ARABIC": "ar", "CYRILLIC": "uk"}
TONGUES = ("pl", "tr")
OTHERS = ("nl", "de", "en", "fr")
SHORTEST = 3  # letters of a word that tells one language from another


def tongue_of(text: str) -> str:
    """Return ar, pl, tr or uk where most words of danger in `text` are of that language; empty for any other."""
    scripts = [unicodedata.name(sign, "").partition(" ")[0] for sign in text[:MAX_CHARS] if sign.isalpha()]
    for script, tongue in SCRIPTS.items():
        if scripts.count(script) > len(scripts) / 2:
            return tongue
    words = [word for word in map(fold, words_of(text[:MAX_CHARS])) if len(word) >= SHORTEST]
    counts = {tongue: sum(bool(_words()[tongue].values_of(word)) for word in words) for tongue in (*TONGUES, *OTHERS)}
    most = max(counts.values())
    best = [tongue for tongue, count in counts.items() if count == most]
    return best[0] if most and len(best) == 1 and best[0] in TONGUES else ""


@cache
def _words() -> dict[str, Patterns[bool]]:
    """By language the words of its file; of words in a row each."""
    return {tongue: _of_file(tongue) for tongue in (*TONGUES, *OTHERS)}


def _of_file(tongue: str) -> Patterns[bool]:
    patterns = Patterns[bool]()
    sections = sections_of((FOLDER / f"{tongue}.txt").read_text(encoding="utf-8"))
    for name in ("lists", *SECTIONS, "alone"):
        for term in " ".join(sections[name]).split():
            for word in term.split("_"):
                if len(word.strip("*")) >= SHORTEST and word.strip("*").isalpha():
                    patterns.enter(word, True)
    return patterns
