"""JSON Lines: one row a line, to be read as it comes in."""

import json

from opendata.datasets.history import History


def render_history(history: History) -> bytes:
    """UTF-8; nothing but rows, which say in their columns what they are."""
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in history.rows).encode()
