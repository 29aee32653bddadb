import re
from pathlib import Path

import pytest

from meldingen.classification.dangers import COMMON, FOLDER, SECTIONS, Kind, dangers
from meldingen.classification.patterns import LONGEST

TERM = re.compile(r"\*?\w+\*?|(\^|[^\W_]+)(_[^\W_]+)*(_[^\W_]+|_\$|_,)")
FILES = sorted(FOLDER.glob("*.txt"))


def test_every_group_has_words_that_can_be_found() -> None:
    known = dangers()
    groups = {group for danger in known.dangers for group in danger.together} | set(known.common.values())
    assert all(groups)
    terms = {term for group in groups.union(danger.everyday for danger in known.dangers) for term in group}
    assert all(TERM.fullmatch(term) for term in terms)
    assert max(len(word) for term in terms for word in term.split("_")) <= LONGEST


def test_there_are_passing_and_lasting_dangers_of_each_kind_and_no_empty_one() -> None:
    assert {danger.passes for danger in dangers().dangers} == {True, False}
    assert {danger.kind for danger in dangers().dangers} == set(Kind)
    assert all(danger.together for danger in dangers().dangers)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_language_has_every_section_and_uses_its_lists(path: Path) -> None:
    text = path.read_text()
    assert re.findall(r"^\[(\w+)\]$", text, re.MULTILINE) == ["lists", *SECTIONS, *COMMON]
    named = re.findall(r"^(\w+) =", text, re.MULTILINE)
    assert set(re.findall(r"@(\w+)", text)) == set(named)
    assert len(named) == len(set(named))
