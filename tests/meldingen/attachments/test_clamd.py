"""Debian's clamav-daemon itself, with a database of our own that knows one thing: the file for testing of EICAR."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pytest_django import Settings

from meldingen.attachments import preparing
from meldingen.attachments.scanning import Clamd, ScannerAway
from tests.meldingen.attachments.conftest import Receive, files_in
from tests.meldingen.attachments.pictures import encoded

PROGRAM = shutil.which("clamd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
# In two parts, so that no scanner finds it in these sources.
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD" + "-ANTIVIRUS-TEST-FILE!$H+H*").encode()
CONFIGURATION = """Foreground yes
LocalSocket {folder}/s
DatabaseDirectory {folder}/db
StreamMaxLength 20M
"""

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="clamav-daemon is not installed")


@pytest.fixture
def clamd(tmp_path: Path) -> Iterator[str]:
    """The path at which it listens."""
    (tmp_path / "db").mkdir()
    (tmp_path / "db" / "own.ndb").write_text(f"Own.Eicar:0:*:{EICAR.hex()}\n")
    (tmp_path / "clamd.conf").write_text(CONFIGURATION.format(folder=tmp_path))
    with subprocess.Popen([str(PROGRAM), "-c", str(tmp_path / "clamd.conf")], stdout=subprocess.DEVNULL) as process:
        try:
            deadline = time.monotonic() + 60
            while not (tmp_path / "s").exists():
                assert process.poll() is None, "clamd ended"
                assert time.monotonic() < deadline, "clamd does not listen"
                time.sleep(0.1)
            yield str(tmp_path / "s")
        finally:
            process.terminate()


def test_the_daemon_of_debian_tells_what_is_wrong_from_what_is_not(clamd: str) -> None:
    scanner = Clamd(clamd)
    assert scanner.is_clean(BytesIO(encoded()))
    assert not scanner.is_clean(BytesIO(encoded() + EICAR))
    assert not scanner.is_clean(BytesIO(b"x" * 70_000 + EICAR))
    with pytest.raises(ScannerAway):  # more than it takes is no yes
        scanner.is_clean(BytesIO(b"x" * 21_000_000))


def test_a_photo_in_which_it_finds_something_is_gone(
    clamd: str, settings: Settings, receive: Receive, private: Path
) -> None:
    settings.CLAMD = clamd
    clean, wrong = receive(encoded()), receive(encoded() + EICAR)
    for photo in (clean, wrong):
        preparing.prepare(photo.pk)
        photo.refresh_from_db()
    assert (clean.state, wrong.state) == ("ready", "infected")
    assert all(name.startswith(clean.key.hex) for name in files_in(private))
