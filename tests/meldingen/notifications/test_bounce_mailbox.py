"""A mailbox is read over a real socket, from a server that speaks as much IMAP as is needed."""

import re
import socketserver
import threading
from collections.abc import Iterator

import pytest
from pytest_django import Settings

from meldingen.notifications import bounce_mailbox, sending, verp
from meldingen.notifications.bounce_mailbox import Unreadable
from tests.factories import Town, mail_due, reporter_of
from tests.meldingen.notifications.reports import answer, failure


class Imap(socketserver.ThreadingTCPServer):
    """One mailbox. `mails` by their number; who logs in needs `password`."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.mails: dict[int, bytes] = {}
        self.password = "geheim"
        self.deleted: set[int] = set()


class Talk(socketserver.StreamRequestHandler):
    """One visitor."""

    server: Imap

    def handle(self) -> None:
        self.wfile.write(b"* OK IMAP4rev1\r\n")
        for line in self.rfile:
            tag, command = line.decode().strip().split(" ", 1)
            status = self._answer(command)
            self.wfile.write(f"{tag} {status} done\r\n".encode())
            if command == "LOGOUT":
                return

    def _answer(self, command: str) -> str:
        if command.startswith("CAPABILITY"):
            self.wfile.write(b"* CAPABILITY IMAP4rev1\r\n")
        elif command.startswith("LOGIN"):
            return "OK" if self.server.password in command else "NO"
        elif command.startswith("SELECT"):
            self.wfile.write(f"* {len(self.server.mails)} EXISTS\r\n".encode())
            return "OK [READ-WRITE]" if "INBOX" in command else "NO"
        elif command.startswith("UID SEARCH"):
            self.wfile.write(f"* SEARCH {' '.join(map(str, self.server.mails))}\r\n".encode())
        elif fetch := re.match(r"UID FETCH (\d+) ", command):
            content = self.server.mails[int(fetch[1])]
            head = f"* 1 FETCH (UID {fetch[1]} BODY[]<0> {{{len(content)}}}\r\n"
            self.wfile.write(head.encode() + content + b")\r\n")
        elif store := re.match(r"UID STORE (\d+) \+FLAGS", command):
            self.server.deleted.add(int(store[1]))
        elif command == "EXPUNGE":
            for number in self.server.deleted:
                self.server.mails.pop(number, None)
        return "OK"


@pytest.fixture
def imap(settings: Settings) -> Iterator[Imap]:
    settings.BOUNCE_ADDRESS = "bounce@mail.example"
    with Imap() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.BOUNCE_IMAP_URL = f"imap://bounce:geheim@127.0.0.1:{server.server_address[1]}/INBOX"
        yield server
        server.shutdown()


def test_each_mail_is_taken_and_removed(town: Town, imap: Imap) -> None:
    melding = town.melding()
    reporter_of(melding)
    delivery = mail_due(melding.events.get())
    sending.send(delivery.pk)
    to = verp.envelope_of(delivery.pk)
    imap.mails = {3: failure(to), 5: answer(to), 9: b"\0\xff"}
    assert bounce_mailbox.read() == {"kept": 1, "no_report": 1, "not_ours": 1}
    delivery.refresh_from_db()
    assert delivery.bounce_code == "5.1.1"
    assert imap.mails == {}


def test_an_empty_mailbox_is_nothing(imap: Imap, db: None) -> None:
    assert bounce_mailbox.read() == {}


def test_a_wrong_password_is_said_without_it(imap: Imap, db: None, settings: Settings) -> None:
    imap.password = "anders"
    with pytest.raises(Unreadable) as error:
        bounce_mailbox.read()
    assert "geheim" not in str(error.value)
    assert error.value.__cause__ is None


@pytest.mark.parametrize("path", ["INBOX", "NIET-DAAR"])
def test_what_cannot_be_read_is_an_error(settings: Settings, db: None, imap: Imap, path: str) -> None:
    port = 1 if path == "INBOX" else imap.server_address[1]
    with pytest.raises(Unreadable):
        bounce_mailbox.read(f"imap://bounce:geheim@127.0.0.1:{port}/{path}")
