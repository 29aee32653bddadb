"""Each benchmark prepares a database of its own before it knows Django's models."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", ["tests.benchmarks", "tests.benchmarks.scale", "tests.benchmarks.flood"])
def test_it_starts_without_settings(name: str) -> None:
    command = [sys.executable, "-m", name, "--help"]
    done = subprocess.run(command, cwd=ROOT, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
