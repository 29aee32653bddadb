"""A mail server of our own: it speaks as much SMTP as is needed to take mail in, and keeps what it got."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from dataclasses import dataclass
from email.message import EmailMessage


@dataclass(frozen=True)
class Letter:
    """One mail as it came over the line: whom the envelope names, and its bytes."""

    recipients: tuple[str, ...]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        return email.message_from_bytes(self.raw, policy=email.policy.default)

    def text(self) -> str:
        """Subject and every part, decoded."""
        parts = [part.get_content() for part in self.message.walk() if part.get_content_maintype() == "text"]
        return "\n".join([self.message["Subject"], *parts])


class _Conversation(socketserver.StreamRequestHandler):
    server: Postbox

    def handle(self) -> None:
        self._say("220 postbox")
        recipients = []
        for line in self.rfile:
            command = line.strip().decode().upper()
            if command.startswith("RCPT TO:"):
                recipients.append(line.strip().decode()[8:].split(">")[0].strip(" <"))
            if command.startswith("DATA"):
                self._say("354 go on")
                self.server.letters.append(Letter(tuple(recipients), self._data()))
                recipients = []
            self._say("221 bye" if command == "QUIT" else "250 ok")
            if command == "QUIT":
                return

    def _data(self) -> bytes:
        lines = iter(self.rfile.readline, b".\r\n")
        return b"".join(line[1:] if line.startswith(b"..") else line for line in lines)

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class Postbox(socketserver.ThreadingTCPServer):
    """Listens on a free port of this machine from `start` to `stop`; `letters` is what came."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.letters: list[Letter] = []
        self.url = f"smtp://127.0.0.1:{self.server_address[1]}"

    def start(self) -> None:
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.shutdown()
        self.server_close()
