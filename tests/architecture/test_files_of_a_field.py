"""A new field of a submission touches few files: its step, the submission, where it is kept, other doors.

`--log-cli-level=INFO` shows them.
"""

import logging
from pathlib import Path

import pytest

from tests.architecture.files_of_a_field import HOUSE, files_of

logger = logging.getLogger(__name__)
MOST = 4


@pytest.mark.parametrize("field", ["phone", "email", "danger_answer", "seal"])
def test_a_field_stands_in_few_files(field: str) -> None:
    files = files_of(field)
    logger.info("%s: %s files: %s", field, len(files), " ".join(files))
    assert 1 < len(files) <= MOST


def test_what_a_resident_fills_in_about_themselves_is_asked_in_one_file() -> None:
    assert [path for path in files_of("phone") if path.startswith("intake/steps")] == ["intake/steps/who.py"]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.py", "x.shoe"),
        ("a.py", 'x["shoe"]'),
        ("a.py", "f(shoe=1)"),
        ("a.py", "shoe: str"),
        ("a.html", "{{ a.shoe }}"),
    ],
)
def test_a_file_that_names_it_is_seen(tmp_path: Path, name: str, source: str) -> None:
    folder = tmp_path / "intake"
    folder.mkdir()
    (folder / name).write_text(source, encoding="utf-8")
    (folder / "other.py").write_text("shoes = 'shoe shop'  # shoe", encoding="utf-8")
    assert files_of("shoe", tmp_path) == [f"intake/{name}"]


def test_the_rooms_are_there() -> None:
    assert files_of("Melding", HOUSE)
