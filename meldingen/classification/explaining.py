"""Which words of a text pushed it to its class: exact, because the scores are linear."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from meldingen.classification.features import KINDS, Features, spellings

_AROUND = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why `label` won from `runner_up`, in log-odds: base + the sum of words + rest = margin.

    words: (word in normalised spelling, without the punctuation around it; its contribution, above 0), strongest first.
    base: what the classifier prefers without a word. rest: the words that are not shown, those for the runner-up among
    them.
    """

    label: str
    runner_up: str
    margin: float
    base: float
    words: tuple[tuple[str, float], ...]
    rest: float


def explain(
    text: str,
    n: int,
    classes: Sequence[str],
    features: Features,
    weights: npt.NDArray[np.float32],
    bias: npt.NDArray[np.float32],
) -> Explanation:
    """Explain the winning class of `text` against the second one, with at most `n` words. ValueError for no words."""
    if n < 1:
        raise ValueError("at least one word is needed to explain anything")
    row = features.transform([text])
    scores = (row @ weights + bias)[0].astype(np.float64)
    first, second = np.argsort(-scores, kind="stable")[:2]
    push = weights[:, first].astype(np.float64) - weights[:, second]
    amounts = {int(column): float(value * push[column]) for column, value in zip(row.indices, row.data, strict=True)}
    words = _per_word(text, features, amounts)
    weighty = sorted((item for item in words.items() if item[1] > 0), key=lambda item: (-item[1], item[0]))[:n]
    base = float(bias[first]) - float(bias[second])
    return Explanation(
        label=classes[first],
        runner_up=classes[second],
        margin=base + sum(words.values()),
        base=base,
        words=tuple(weighty),
        rest=sum(words.values()) - sum(amount for _, amount in weighty),
    )


def _per_word(text: str, features: Features, amounts: dict[int, float]) -> dict[str, float]:
    """Share the amount of every column equally over the tokens in which its term occurs, then add up by word."""
    tokens_of: dict[int, list[str]] = defaultdict(list)
    for column, token in _occurrences(text, features):
        if column in amounts:
            tokens_of[column].append(token)
    words: dict[str, float] = defaultdict(float)
    for column, its_tokens in tokens_of.items():
        for token in its_tokens:
            words[_AROUND.sub("", token) or token] += amounts[column] / len(its_tokens)
    return dict(words)


def _occurrences(text: str, features: Features) -> Iterator[tuple[int, str]]:
    """Yield (column, token) for every occurrence of a term; a pair of words is laid on the first and on the second."""
    offset, normal = 0, spellings(text)
    for kind in KINDS:
        tokens = normal[kind].split()
        columns = features.vectorisers[kind].vocabulary_
        for term, *its_tokens in _pairs(tokens, features) if kind == "words" else _inside(tokens, features, kind):
            if term in columns:
                yield from ((offset + columns[term], token) for token in its_tokens)
        offset += len(columns)


def _inside(tokens: list[str], features: Features, kind: str) -> Iterator[tuple[str, str]]:
    """Yield (term, token) for the letters or the concepts in each token."""
    analyse = features.vectorisers[kind].build_analyzer()
    return ((term, token) for token in tokens for term in analyse(token))


def _pairs(tokens: list[str], features: Features) -> Iterator[tuple[str, ...]]:
    """Yield (word, its token) and (pair of words, token of the first, token of the second)."""
    pattern = re.compile(features.vectorisers["words"].token_pattern)
    words = [(word, token) for token in tokens for word in pattern.findall(token)]
    yield from words
    for (first, first_token), (second, second_token) in pairwise(words):
        yield f"{first} {second}", first_token, second_token
