"""Words by which somebody asks for what a report cannot give: an objection, a claim, a complaint about us, enforcement,
documents. Each has a door and a term of its own in Dutch law, and a report is none of them.

Only plain words count: who has "een klacht over zwerfvuil" reports litter.
"""

import re
from collections.abc import Mapping
from enum import StrEnum

from meldingen.classification.normalising import normalise
from meldingen.classification.patterns import fold


class Formal(StrEnum):
    """What is asked for."""

    OBJECTION = "objection"
    CLAIM = "claim"
    GRIEVANCE = "grievance"
    ENFORCEMENT = "enforcement"
    DOCUMENTS = "documents"


_OURS = r"(?:de |het |uw |jullie |mijn |onze |een |deze |dit |dat |die )?"
_DECISION = (
    r"(?:(?:verkeers)?besluit|beschikking|(?:omgevings)?vergunning"
    r"|(?:parkeer)?boete|bekeuring|(?:naheffings)?aanslag|bestemmingsplan)"
)
_THE = r"(?:the |your |a |an |my |our |this |that )?"
_RULING = r"(?:(?:parking|traffic) )?(?:decision|permit|fine|ticket|assessment)"
_STAFF = r"(?:medewerkers?|ambtenaar|ambtenaren|wethouder|burgemeester|boa|handhavers?|bejegening)"
_PATTERNS: Mapping[Formal, str] = {
    Formal.OBJECTION: (
        r"bezwaarschrift|(?<!geen )bezwaar (?:aan|te maken|maken|in te dienen|indienen|aantekenen)"
        r"|(?:maak|maken|dien|dienen|teken|tekenen) (?:ik |wij |we |hierbij |dan ook |formeel )*bezwaar"
        rf"|(?<!geen )bezwaar tegen {_OURS}{_DECISION}|beroep (?:instellen|aantekenen) tegen"
        r"|notice of objection|(?:lodge|file|make) an objection"
        rf"|(?:object(?:ing)?|objections?|appeal(?:ing)?) (?:to|against) {_THE}{_RULING}|appeal {_THE}{_RULING}"
    ),
    Formal.CLAIM: (
        r"aansprakelijkstelling|stel(?:len)? (?:\w+ ){0,4}aansprakelijk|aansprakelijk (?:te )?stel|schadeclaim"
        r"|schadevergoeding|schade (?:te )?(?:claimen|verhalen|vergoeden)"
        r"|(?:verhaal|claim) (?:ik |wij )?(?:de |mijn |onze )?schade"
        r"|(?:hold|holding) (?:you|the municipality|the city) liable"
        r"|(?:claim|claiming) (?:for )?(?:damages|compensation)"
    ),
    Formal.GRIEVANCE: (
        rf"(?:formele|officiele) klacht|klaagschrift|klacht (?:\w+ )?over {_OURS}{_STAFF}"
        r"|(?:formal|official) complaint|complaint about (?:an?|the|your) (?:employee|officer|official|alderman)"
    ),
    Formal.ENFORCEMENT: (
        r"handhavingsverzoek|verzoek (?:u )?(?:om|tot) handhaving"
        r"|verzoek (?:\w+ ){0,6}(?:te handhaven|handhavend op te treden)"
        r"|request for enforcement|enforcement request"
    ),
    Formal.DOCUMENTS: (
        r"\bwo[ob][- ]?verzoek|wet open overheid|op grond van de wo[ob]\b|beroep op de wo[ob]\b"
        r"|freedom of information|open government act"
    ),
}
_WHOLE = {kind: re.compile(rf"(?<!\w)(?:{pattern})") for kind, pattern in _PATTERNS.items()}


def find_formal(text: str) -> Formal | None:
    """Return what the words of `text` ask for besides a report; None for a report and nothing else."""
    plain = fold(normalise(text))
    return next((kind for kind, pattern in _WHOLE.items() if pattern.search(plain)), None)
