"""What a CSV cannot say of itself, as CSV on the Web (W3C): its columns, their types and meaning, its licence."""

from collections.abc import Callable

from django.utils import translation

from opendata.datasets import Dataset
from opendata.datasets.columns import Column, key_of

LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
MEDIA_TYPE = "application/csvm+json"
# What may be empty: an expected error where the total is zero, a caveat where there is none.
MAY_BE_EMPTY = {"verwachte_fout_procent", "voorbehoud"}


def describe(dataset: Dataset, file: str, publisher: str) -> dict[str, object]:
    """The metadata of a CSV of this dataset; `file` is its name beside them. Words in both languages."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "nl"}],
        "url": file,
        "dc:title": _both(lambda: dataset.title),
        "dc:description": _both(lambda: dataset.summary),
        "dc:license": {"@id": LICENCE},
        "dc:publisher": publisher,
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": True},
        "tableSchema": {
            "columns": [_column(column) for column in dataset.columns],
            "primaryKey": [dataset.columns[0].name, *key_of(dataset.table)],
        },
    }


def _column(column: Column) -> dict[str, object]:
    return {
        "name": column.name,
        "titles": column.name,
        "dc:description": _both(lambda: str(column.meaning)),
        "datatype": column.type,
        "required": column.name not in MAY_BE_EMPTY,
    }


def _both(words: Callable[[], str]) -> list[dict[str, str]]:
    texts = []
    for language in ("nl", "en"):
        with translation.override(language):
            texts.append({"@value": words(), "@language": language})
    return texts
