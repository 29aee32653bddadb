import os
import time
from pathlib import Path

from pytest_django import Settings

from meldingen.exports import files
from tests.meldingen.exports.conftest import Asked


def test_a_file_is_for_nobody_else_on_the_machine(asked: Asked, tmp_path: Path) -> None:
    export = asked()
    (tmp_path / "made.csv").write_text("x")
    files.keep(export, tmp_path / "made.csv")
    kept = Path(files.storage().path(files.name_of(export)))
    assert (kept.stat().st_mode & 0o777, export.owner.username in kept.name) == (0o600, False)


def test_what_a_killed_worker_left_goes_after_a_day(settings: Settings) -> None:
    old, new = settings.INCOMING_DIR / "export-old", settings.INCOMING_DIR / "export-new"
    for folder in (old, new):
        folder.mkdir(parents=True)
    os.utime(old, (time.time() - 90_000,) * 2)
    files.remove_left_over()
    assert (old.exists(), new.exists()) == (False, True)
