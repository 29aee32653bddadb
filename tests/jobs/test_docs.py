"""Every command in the docs runs as it stands, page by page, on the running stack."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.jobs.blocks import ROOT, Block, blocks, pages

RUN = [page for page in pages() if any(block.language == "sh" and not block.reason for block in blocks(page))]


def run(page: Path) -> None:
    """All blocks of a page, one after the other; each prints what the page says."""
    for block in blocks(page):
        if block.language == "sh" and not block.reason:
            play(block)


def play(block: Block) -> None:
    command = ["sh", "-eu", "-c", block.text]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, f"{block.text}\n{done.stdout}\n{done.stderr}"
    assert [words for words in block.prints if words not in done.stdout] == [], done.stdout


@pytest.mark.parametrize("page", [page for page in RUN if page.name != "municipality.md"], ids=lambda page: page.name)
def test_the_commands_of_a_page_run(page: Path) -> None:
    if "../shared" in page.read_text(encoding="utf-8") and not (ROOT.parent / "shared").exists():
        pytest.skip("the data that the page names is not here")
    run(page)
