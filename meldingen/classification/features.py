"""From texts to numbers: weighted counts of words, word pairs and the letter groups inside words."""

from collections.abc import Container, Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from meldingen.classification.normalising import normalise

SETTINGS: dict[str, dict[str, Any]] = {
    "words": {"analyzer": "word", "ngram_range": (1, 2), "token_pattern": r"(?u)\b\w\w+\b"},
    "letters": {"analyzer": "char_wb", "ngram_range": (2, 5)},
}
KINDS = tuple(SETTINGS)
SHARES = {"words": 0.25, "letters": 0.75}


class Features:
    """Two fitted TF-IDF vectorisers side by side; each part of a row has length 1 (or 0)."""

    def __init__(self, vectorisers: dict[str, TfidfVectorizer]) -> None:
        self.vectorisers = vectorisers

    @classmethod
    def fit(cls, texts: Sequence[str], most: int, min_df: int = 2) -> tuple[Self, sparse.csr_matrix]:
        """Learn the `most` frequent terms seen in `min_df` texts; return them and the matrix (n, terms).

        ValueError when no such term is left.
        """
        normal = [normalise(text) for text in texts]
        vectorisers, parts = {}, []
        for kind in KINDS:
            vectoriser = _vectoriser(kind, min_df=min_df, max_features=max(1, int(most * SHARES[kind])))
            parts.append(vectoriser.fit_transform(normal))
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
        normal = [normalise(text) for text in texts]
        return sparse.csr_matrix(sparse.hstack([self.vectorisers[kind].transform(normal) for kind in KINDS]))

    @property
    def words(self) -> Container[str]:
        """The words (and pairs of words) that are known."""
        known: dict[str, int] = self.vectorisers["words"].vocabulary_
        return known

    def terms(self, kind: str) -> list[str]:
        """Return the terms of one kind in the order of their columns."""
        found: dict[str, int] = self.vectorisers[kind].vocabulary_
        return sorted(found, key=found.__getitem__)

    def idf(self, kind: str) -> npt.NDArray[np.float32]:
        """Return the weight of each term of one kind, shape (terms,)."""
        return np.asarray(self.vectorisers[kind].idf_, dtype=np.float32)


def _vectoriser(kind: str, **more: Any) -> TfidfVectorizer:
    return TfidfVectorizer(sublinear_tf=True, lowercase=False, dtype=np.float32, **SETTINGS[kind], **more)
