"""From texts to numbers: weighted counts of words, word pairs, the letter groups inside words, and concepts."""

from collections import Counter
from collections.abc import Container, Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from meldingen.classification import concepts
from meldingen.classification.normalising import normalise
from meldingen.classification.streets import without_streets

SETTINGS: dict[str, dict[str, Any]] = {
    "words": {"analyzer": "word", "ngram_range": (1, 2), "token_pattern": r"(?u)\b\w\w+\b"},
    "letters": {"analyzer": "char_wb", "ngram_range": (2, 5)},
    "concepts": {"analyzer": concepts.terms},
}
KINDS = tuple(SETTINGS)
SHARES = {"words": 0.25, "letters": 0.75}  # of the terms that there is room for
NOTHING = "-"  # no concept: the vocabulary where none occurs
LENGTHS = {"words": 1.0, "letters": 1.0, "concepts": 0.5}  # of the parts of a row


def spellings(text: str) -> dict[str, str]:
    """What is counted of a text, by kind: the name of a street is a word like any other, for some streets have always
    the same trouble, but its letters and concepts are about nothing.
    """
    whole, bare = normalise(text), normalise(without_streets(text))
    return {kind: whole if kind == "words" else bare for kind in KINDS}


class Features:
    """Fitted TF-IDF vectorisers side by side; each part of a row has the length of its kind (or 0)."""

    def __init__(self, vectorisers: dict[str, TfidfVectorizer]) -> None:
        self.vectorisers = vectorisers

    @classmethod
    def fit(cls, texts: Sequence[str], most: int, min_df: int = 2) -> tuple[Self, sparse.csr_matrix]:
        """Learn the `most` frequent terms seen in `min_df` texts, and concepts; return them and the matrix (n, terms).

        ValueError when no such term is left.
        """
        each = [spellings(text) for text in texts]
        vectorisers, parts = {}, []
        for kind in KINDS:
            normal = [one[kind] for one in each]
            vectoriser = _vectoriser(kind, **_bounds(kind, normal, most, min_df))
            parts.append(LENGTHS[kind] * vectoriser.fit_transform(normal))
            vectorisers[kind] = vectoriser
        return cls(vectorisers), sparse.csr_matrix(sparse.hstack(parts))

    @classmethod
    def restore(cls, terms: dict[str, list[str]], idf: dict[str, npt.NDArray[np.float32]]) -> Self:
        """Build fitted features again from what `terms` and `idf` gave; ValueError when they do not fit together."""
        vectorisers = {}
        for kind in KINDS:
            vectoriser = _vectoriser(kind, vocabulary={term: i for i, term in enumerate(terms[kind])})
            vectoriser.idf_ = idf[kind]
            vectorisers[kind] = vectoriser
        return cls(vectorisers)

    def transform(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Return the matrix (n, terms) of `texts`."""
        each = [spellings(text) for text in texts]
        parts = [LENGTHS[kind] * self.vectorisers[kind].transform([one[kind] for one in each]) for kind in KINDS]
        return sparse.csr_matrix(sparse.hstack(parts))

    @property
    def words(self) -> Container[str]:
        """The words (and pairs of words) that are known."""
        vocabulary: dict[str, int] = self.vectorisers["words"].vocabulary_
        return vocabulary

    def terms(self, kind: str) -> list[str]:
        """Return the terms of one kind in the order of their columns."""
        column_of: dict[str, int] = self.vectorisers[kind].vocabulary_
        return sorted(column_of, key=column_of.__getitem__)

    def idf(self, kind: str) -> npt.NDArray[np.float32]:
        """Return the weight of each term of one kind, shape (terms,)."""
        return np.asarray(self.vectorisers[kind].idf_, dtype=np.float32)


def _vectoriser(kind: str, **more: Any) -> TfidfVectorizer:
    return TfidfVectorizer(sublinear_tf=True, lowercase=False, dtype=np.float32, **SETTINGS[kind], **more)


def _bounds(kind: str, normal: Sequence[str], most: int, min_df: int) -> dict[str, Any]:
    """Return which terms a vectoriser may learn. Texts may be about nothing that has a name: that is no error."""
    if kind in SHARES:
        return {"min_df": min_df, "max_features": max(1, int(most * SHARES[kind]))}
    texts = Counter(term for text in normal for term in concepts.terms(text))
    return {"vocabulary": sorted(term for term, n in texts.items() if n >= min_df) or [NOTHING]}
