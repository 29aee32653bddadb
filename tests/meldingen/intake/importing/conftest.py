from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from meldingen.files.rejects import Reject
from meldingen.intake.importing.meldingen import Outcome, Source, import_meldingen
from tests.factories import Town

HEADER = "id,gemeld_op,categorie_slug,longitude,latitude,afgehandeld_op\n"


@pytest.fixture
def run(town: Town, tmp_path: Path) -> Callable[..., Any]:
    def run(rows: str, header: str = HEADER, dates: str = "", **columns: str) -> tuple[Outcome, list[Reject]]:
        path = tmp_path / "meldingen.csv"
        path.write_text(header + rows)
        outcome = Outcome()
        rejects: list[Reject] = []
        source = Source(path, columns, dates=dates)
        import_meldingen(town.municipality, source, outcome, rejects.append, lambda _number: None)
        return outcome, rejects

    return run
