"""The commands in the docs: fenced blocks marked `sh`, each as it stands."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"(?:<!-- not run: (?P<reason>[^>]+) -->\n+)?^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.M | re.S)
PRINTS = re.compile(r"prints? `([^`]+)`")


@dataclass(frozen=True)
class Block:
    """A fenced block of a page. `reason` says why it is not run; `prints` is what the words below it promise."""

    page: Path
    language: str
    text: str
    reason: str
    prints: tuple[str, ...]


def pages() -> list[Path]:
    """Everything that people read, but decisions, which tell how it was."""
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of a page in their order."""
    text = page.read_text(encoding="utf-8")
    found = list(FENCE.finditer(text))
    ends = [match.start() for match in found][1:] + [len(text)] * bool(found)
    return [
        Block(
            page,
            match["language"],
            match["text"],
            match["reason"] or "",
            tuple(PRINTS.findall(text[match.end() : end].partition("\n## ")[0])),
        )
        for match, end in zip(found, ends, strict=True)
    ]
