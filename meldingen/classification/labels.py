"""What a label says: its words, whether it is a rest class, and into which one the rare labels fold."""

import re
from collections import Counter
from collections.abc import Sequence

REST = "overig"
MAX_LABELS = 300  # the most frequent ones; the others fold, whatever they count: training time has an end


def name(label: str) -> str:
    """Return the words in a label: what a class is called is the first thing known about it."""
    return re.sub(r"[\W_]+", " ", label)


def is_rest(label: str) -> bool:
    """Say whether a label only means "something else": `overig`, `main|overig`, `main|overig-main`, `main|main-overig`.

    It tells nobody anything, whether training made it or a municipality did: it is never offered and never routed.
    """
    last = label.rpartition("|")[2]
    return last == REST or last.startswith(f"{REST}-") or last.endswith(f"-{REST}")


def fold(labels: Sequence[str], min_examples: int) -> dict[str, str]:
    """Map each label with fewer than `min_examples` examples, or rarer than MAX_LABELS others, to a rest class.

    That of its parent, or of all where that would be rare too or one class too many. A rest class that is itself too
    rare for a class is mapped to itself.
    """
    counts = Counter(labels)
    common = {label for label, count in counts.most_common(MAX_LABELS) if count >= min_examples}
    rest_of = {label: _rest(label) for label in counts if label not in common}
    rests = Counter[str]()
    for label, rest in rest_of.items():
        rests[rest] += counts[label]
    classes = common | {rest for rest, count in rests.most_common(MAX_LABELS - len(common)) if count >= min_examples}
    return {label: rest if rest in classes else REST for label, rest in rest_of.items()}


def _rest(label: str) -> str:
    parent, separator, _ = label.partition("|")
    return f"{parent}{separator}{REST}" if separator else REST
