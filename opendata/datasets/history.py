"""All periods of a dataset as one table: what the files of the whole history are made from."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from opendata.datasets.columns import Column
from opendata.datasets.declared import Dataset
from opendata.datasets.tables import Document, Value


@dataclass(frozen=True)
class History:
    """The rows of every release of a dataset, oldest period first. A release says of itself what it is in its columns.

    `sha256` goes over the checksums of the releases, so it is the same in every format, and anybody computes it.
    """

    dataset: Dataset
    municipality: str
    periods: tuple[str, ...]
    sha256: str
    columns: tuple[Column, ...]
    rows: tuple[dict[str, Value], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)


def history(dataset: Dataset, municipality: str, documents: Iterable[Document]) -> History:
    """The same releases with the same caveats give the same history, always."""
    periods: list[str] = []
    checksums: list[str] = []
    rows: list[dict[str, Value]] = []
    for document in documents:
        periods.append(document.period)
        checksums.append(document.sha256)
        rows.extend(document.rows)
    sha256 = hash_of_history(dataset.slug, dict(zip(periods, checksums, strict=True)))
    return History(dataset, municipality, tuple(periods), sha256, dataset.columns, tuple(rows))


def hash_of_history(dataset: str, releases: dict[str, str]) -> str:
    """SHA-256 of period -> checksum of its rows, in the order of the periods. Written down in docs/datasets.md."""
    whole = json.dumps([dataset, sorted(releases.items())], separators=(",", ":"))
    return hashlib.sha256(whole.encode()).hexdigest()
