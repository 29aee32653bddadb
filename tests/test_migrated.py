"""The database of the tests is what its migrations make, however it came about."""

from pathlib import Path

import pytest

from tests import migrated


def test_another_migration_is_another_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("meldingen/languages.py", "requirements/base.txt", "opendata/migrations/0001_initial.py"):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text("# of now")
    monkeypatch.setattr(migrated, "ROOT", tmp_path)
    before = migrated.name()
    assert migrated.name() == before
    (tmp_path / "opendata" / "migrations" / "0002_more.py").write_text("# of later")
    assert migrated.name() != before
