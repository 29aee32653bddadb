"""A small release and a small history, made without a database."""

from typing import Any

from opendata.datasets import Caveats, Document
from opendata.datasets.declared import Dataset
from opendata.datasets.history import History, history
from opendata.disclosure import MONTHLY

CAVEATS = Caveats(0.2, 31, ())
DATASET = Dataset(MONTHLY[2])  # by category: one key, no borders


def row(period: str = "2026-05", **values: Any) -> dict[str, Any]:
    """A row of the dataset, with all its columns."""
    names: dict[str, Any] = {column.name: "" if column.type == "string" else 0 for column in DATASET.columns}
    return names | {"maand": period, "gemeentecode": "GM0001", "categorie": "Gat", "epsilon": 0.3} | values


def document(period: str = "2026-05", *rows: dict[str, Any]) -> Document:
    """A release with these rows."""
    whole = rows or (row(period),)
    sha256 = f"{period:0<64}"
    return Document(
        DATASET.slug,
        period,
        "GM0001",
        "0.3",
        "2026-06-01T00:00:00+00:00",
        sha256,
        ("categoriecode",),
        tuple(whole[0]),
        whole,
        (None,) * len(whole),
        CAVEATS,
    )


def two_months(**values: Any) -> History:
    """April and May; `values` stand in the row of May."""
    return history(DATASET, "GM0001", [document("2026-04"), document("2026-05", row(**values))])
