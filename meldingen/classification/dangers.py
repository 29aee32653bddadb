"""The words of danger, a file of them per language in `words/`. `emergencies` looks for them.

A line is a danger: groups of words joined by `+`, of which a word each must stand near the others, in any order: within
NEAR words, or within as many as a number and a colon before them say. After `/` stand words that make it everyday. A
word is a whole word, `head*`, `*tail`, `*middle*`, words_in_a_row (`^` is the beginning of a sentence and `$` its end:
^_fire), or the name of a list: `@person`; `{this|that}` stands for each of them. A line that begins with a space goes
on with the one before it; `#` begins a remark.
Sections:

[lists]    name = words, for use in dangers
[passing]  dangers to life that pass: one of yesterday, of every week, or of "before somebody" is none
[lasting]  dangers to life that stay until somebody deals with them, and those that few write of unless they see one
[gas]      dangers of gas, for which there is a number of its own; they stay
[hazards]  dangerous, and nobody is hurt: an open manhole, a tree across the road; they stay
[no]       words that deny a danger, just before it or among its words, up to a comma
[past]     makes a passing danger none, before or after it, up to a comma
[not_now]  habits, fears, wishes, remains: make a passing danger none, before it only, up to a comma: "er is brand kom
           voordat het te laat is" is one
[now]      takes the power from [past], [not_now] and [long_ago]
[long_ago] makes any danger none, as [past] does
[harmless] takes any hazard of its sentence away: its writer says that nobody is in danger of it
[slips]    short words that are known by one slip too, in a text of few words: "watr", "kint"
[alone]    single words that are a danger to life where a text holds no others: "112", "help help"

What is after the dangers holds for those of every language: "brand" and "explosion" belong to two.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("words")
NEAR = 11  # at most so many words from the first word of a danger to its last, unless its line says how many
COMMON = ("no", "past", "not_now", "now", "long_ago", "harmless", "alone", "slips")


class Kind(StrEnum):
    """What kind of danger it is; the stronger one first."""

    GAS = "gas"
    LIFE = "life"
    HAZARD = "hazard"


SECTIONS = {"passing": Kind.LIFE, "lasting": Kind.LIFE, "gas": Kind.GAS, "hazards": Kind.HAZARD}

Group = frozenset[str]


@dataclass(frozen=True, slots=True)
class Danger:
    """Groups of words, of which one each within `near` words; everyday words; whether it passes by itself."""

    together: tuple[Group, ...]
    everyday: Group
    passes: bool
    kind: Kind
    near: int = NEAR


@dataclass(frozen=True, slots=True)
class Dangers:
    """The dangers of all languages, and the groups of words named in COMMON."""

    dangers: tuple[Danger, ...]
    common: Mapping[str, Group]


@cache
def dangers() -> Dangers:
    """Read the files in `words/`, once per process. KeyError for a list that is not there."""
    languages = [sections_of(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.txt"))]
    return Dangers(
        dangers=tuple(danger for sections in languages for danger in _dangers(sections)),
        common={name: Group(" ".join(" ".join(s[name]) for s in languages).split()) for name in COMMON},
    )


def sections_of(text: str) -> dict[str, list[str]]:
    """Return the lines of each section."""
    sections: dict[str, list[str]] = defaultdict(list)
    section = ""
    for line in re.sub(r"\n +", " ", text).splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            sections[section].append(line)
    return sections


def _dangers(sections: Mapping[str, list[str]]) -> Iterator[Danger]:
    lists: dict[str, str] = {}
    for line in sections["lists"]:
        name, _, words = line.partition("=")
        lists[name.strip()] = " ".join(_group(words, lists))
    for section, kind in SECTIONS.items():
        for line in sections[section]:
            near, _, rest = line.rpartition(":")
            together, _, everyday = rest.partition("/")
            groups = tuple(_group(words, lists) for words in together.split("+"))
            yield Danger(groups, _group(everyday, lists), section == "passing", kind, int(near or NEAR))


def _group(words: str, lists: Mapping[str, str]) -> Group:
    terms = re.sub(r"@(\w+)", lambda name: lists[name[1]], words).split()
    return Group(variant for term in terms for variant in _variants(term))


def _variants(term: str) -> Iterator[str]:
    """Yield a term in each of its ways: "{lamp|licht}_brand_{niet|overdag}" is four."""
    parts = (part.strip("{}").split("|") for part in re.split(r"(\{[^}]*\})", term))
    return map("".join, itertools.product(*parts))
