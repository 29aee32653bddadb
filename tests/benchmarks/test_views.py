"""The benchmark of views looks at pages that are there."""

import pytest

from tests.benchmarks import views
from tests.opendata.conftest import empty_storage, publishing_town

__all__ = ["empty_storage"]


@pytest.mark.slow
@pytest.mark.usefixtures("empty_storage")
def test_every_view_has_a_row(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "YEARS", 2)
    rows = list(views.views_table(publishing_town().municipality, 3, more=50))
    names = [row.split("|")[1].strip() for row in "".join(rows).splitlines() if " | " in row]
    words = ("a month published", "the same among 50 more", "cells of a month", "SVG of a year")
    assert all(name.startswith(begin) for name, begin in zip(names[1:5], words, strict=True))
    assert names[-len(views.VIEWS) :] == list(views.VIEWS)
