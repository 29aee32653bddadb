"""Whether a text is about two things that the town would handle apart: a lamp that is out and a container that is full.

It is cut where people go on to something else, and both parts are judged by a classifier. Only where each part by
itself is surely about something, and these are of two kinds, the text is called two things.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from meldingen.classification.labels import is_rest
from meldingen.classification.model import Classifier, Decision

LIKELY = 0.7  # of the first guess of each part
MIN_WORDS = 4
MOST_CUTS = 8
LONGEST = 800  # letters; who writes more tells a story

# Where a sentence ends, or goes on with something else.
_CUT = re.compile(
    r"(?<=[.!?;])\s+|\s*\n+\s*"
    r"|,?\s+(?=(?:en|maar)\s+(?:ook|verder|daarnaast|de|het|er|een|bij|in|op|voor)\b|ook\s+(?:is|zijn|staat|ligt|liggen|zit|de|het)\b)"
    r"|,?\s+(?=(?:and|but)\s+(?:also|the|there|a|an|in|on|someone|somebody)\b|also\s+(?:the|there|a)\b)",
    re.IGNORECASE,
)
# Words by which the second part says what comes of the first, or why: that is one thing.
_BECAUSE = re.compile(
    r"\b(?:daardoor|hierdoor|waardoor|daarom|dus|want|omdat|doordat|zodat|vanwege|hiervan|ervan"
    r"|because|therefore|so that|due to|as a result|which|that is why)\b",
    re.IGNORECASE,
)
_JOINT = re.compile(r"^(?:(?:en|and|maar|but|ook|also|verder|daarnaast)\b[\s,]*)+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class TwoThings:
    """The words of each, as they stand in the text."""

    first: str
    second: str


def two_things(text: str, classifier: Classifier, kind_of: Callable[[str], str]) -> TwoThings | None:
    """Return the two parts of `text`; None where it is about one thing, or nobody can tell.

    `kind_of` a label: labels of one kind are one thing, for what is full is dirty as well.
    """
    cuts = list(_cuts(text)) if len(text) <= LONGEST else []
    if not cuts:
        return None
    decisions = classifier.decide_many([part for cut in cuts for part in (cut.first, cut.second)])
    pairs = zip(cuts, decisions[::2], decisions[1::2], strict=True)
    sure = [(min(a.probability, b.probability), cut) for cut, a, b in pairs if _differ(a, b, kind_of)]
    return max(sure, key=lambda each: each[0], default=(0.0, None))[1]


def _cuts(text: str) -> Iterator[TwoThings]:
    """Each way to cut the text, of the first few."""
    for match in list(_CUT.finditer(text))[:MOST_CUTS]:
        first, second = text[: match.start()].strip(" ,;"), _JOINT.sub("", text[match.end() :].strip())
        is_long = min(len(_WORD.findall(part)) for part in (first, second)) >= MIN_WORDS
        if is_long and not _BECAUSE.search(second):
            yield TwoThings(first, second)


def _differ(first: Decision, second: Decision, kind_of: Callable[[str], str]) -> bool:
    """Whether both are surely about something, and not of one kind."""
    kinds = [_kind(decision, kind_of) for decision in (first, second)]
    return all(kinds) and kinds[0] != kinds[1]


def _kind(decision: Decision, kind_of: Callable[[str], str]) -> str:
    if decision.action == "people" or decision.probability < LIKELY:
        return ""
    label = decision.suggestions[0][0]
    return "" if decision.reason == "rest_class" or is_rest(label) else kind_of(label)
