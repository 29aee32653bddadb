"""JSON: one object with what the release is, and its rows."""

import json

from opendata.datasets import Document


def head(document: Document) -> dict[str, object]:
    """What a reader must know of the release, in the words of the published columns."""
    link = dict(zip(("nummer", "sha256_vorige_uitgave", "sha256_uitgave"), document.link or (), strict=False))
    return link | {
        "dataset": document.dataset,
        "periode": document.period,
        "gemeentecode": document.municipality,
        "epsilon": document.epsilon,
        "interval": "90%",
        "sleutel": document.key,
        "sha256_rijen": document.sha256,
        "getrokken": document.drawn_at,
        "verwachte_fout_procent": document.caveats.error_percent,
        "te_onzeker": document.caveats.is_too_uncertain,
        "dagen_zonder_registratie": document.caveats.missing_days,
        "zonder_registratie": document.caveats.spans,
        "voorbehoud": document.caveats.in_file(),
    }


def render(document: Document, borders: dict[str, object]) -> bytes:
    """UTF-8, one row a line."""
    before = json.dumps(head(document) | {"kolommen": document.columns}, ensure_ascii=False)[:-1]
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in document.rows)
    return f'{before}, "rijen": [\n{rows}\n]}}\n'.encode()
