import json

from opendata.formats.jsonl import render_history
from tests.opendata.formats.making import two_months


def test_each_line_is_a_row_and_the_last_one_ends_too() -> None:
    content = render_history(two_months(categorie="Café")).decode()
    assert content.endswith("}\n")
    assert [json.loads(line)["maand"] for line in content.splitlines()] == ["2026-04", "2026-05"]
    assert "Café" in content
