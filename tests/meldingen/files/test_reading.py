from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from meldingen.files.reading import BrokenFile, read_json, read_text


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Any]:
    def write(content: bytes | str, name: str = "rijen.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-8"])
def test_a_file_says_its_encoding_itself(file: Callable[..., Any], encoding: str) -> None:
    assert read_text(file("één,café".encode(encoding))) == "één,café"
    assert read_text(file("één,café".encode("cp1252")), "cp1252") == "één,café"


def test_the_remedy_for_another_encoding_is_one_that_excel_has(file: Callable[..., Any]) -> None:
    with pytest.raises(BrokenFile, match=r"regel 2.*--encoding cp1252.*CSV UTF-8"):
        read_text(file("a,b\r\ncafé,2".encode("cp1252")))
    with pytest.raises(BrokenFile, match=r"regel 3: (?!.*cp1252)"):
        read_text(file(b"{\r\r" + b"\xff", "x.json"))


def test_utf8_is_not_taken_for_another_encoding_by_mistake(file: Callable[..., Any]) -> None:
    with pytest.raises(BrokenFile, match="UTF-8"):
        read_text(file("café"), "cp1252")
    assert read_text(file("cafe"), "cp1252") == "cafe"


def test_what_the_encoding_does_not_know_is_named_by_line(file: Callable[..., Any]) -> None:
    with pytest.raises(BrokenFile, match=r"regel 2.*cp1252"):
        read_text(file(b"a\n\x81"), "cp1252")


def test_a_name_that_stands_twice_is_refused_with_both_places(file: Callable[..., Any]) -> None:
    with pytest.raises(BrokenFile, match=r"x\.json: “a” .*regel 1, teken 2 en regel 2, teken 1"):
        read_json(file('{"a": 1,\n"a": 2}', "x.json"))


def test_its_texts_are_in_one_spelling(file: Callable[..., Any]) -> None:
    path = file('[{"naam": ["cafe\\u0301", 1]}, [1.5, "\\u0133"]]', "x.json")
    assert read_json(path) == [{"naam": ["café", 1]}, [1.5, "ij"]]


def test_a_missing_file_is_broken(tmp_path: Path) -> None:
    with pytest.raises(BrokenFile, match=r"weg\.json"):
        read_json(tmp_path / "weg.json")


def test_json_that_is_none_is_named_by_line_and_column(file: Callable[..., Any]) -> None:
    with pytest.raises(BrokenFile, match=r"2.*3"):
        read_json(file("{\n  oeps", "x.json"))


@pytest.mark.parametrize("content", ["1" * 5000, "[" * 200_000])
def test_json_that_cannot_be_taken_in_is_broken(file: Callable[..., Any], content: str) -> None:
    with pytest.raises(BrokenFile, match=r"x\.json"):
        read_json(file(content, "x.json"))


def test_a_nul_in_json_is_named_by_line_and_column(file: Callable[..., Any]) -> None:
    with pytest.raises(BrokenFile, match=r"x\.json, regel 2, kolom 7: .*NUL"):
        read_json(file('{\n"a": "\\u0000"}', "x.json"))
