"""Reads the mailbox to which mails bounce, by IMAP: each mail is taken, and removed."""

import imaplib
import logging
import ssl
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings

from meldingen.notifications import bounces

logger = logging.getLogger(__name__)

MOST = 500  # mails of one visit
SECONDS = 20  # for each answer


class Unreadable(Exception):
    """The mailbox cannot be read; the message has no address and no password."""


def read(url: str = "") -> dict[str, int]:
    """Take what is in the mailbox of BOUNCE_IMAP_URL, and remove it there; how many of each outcome.

    A mail on which we stumble is removed too: it would stand in the way of all others, each time.
    """
    place = urlsplit(url or settings.BOUNCE_IMAP_URL)
    numbers: dict[str, int] = {}
    try:
        with _open(place) as server:
            server.login(unquote(place.username or ""), unquote(place.password or ""))
            _expect(server.select(_folder(place)))
            _kind, found = server.uid("SEARCH", "ALL")
            for uid in (found[0] or b"").split()[:MOST]:
                outcome = _take(server, uid.decode("ascii"))
                numbers[outcome] = numbers.get(outcome, 0) + 1
            server.expunge()
    except (OSError, imaplib.IMAP4.error) as error:
        raise Unreadable(type(error).__name__) from None  # its words may hold what was sent
    return numbers


def _take(server: imaplib.IMAP4, uid: str) -> str:
    _kind, answer = server.uid("FETCH", uid, f"(BODY.PEEK[]<0.{bounces.MOST_BYTES}>)")
    content = next((part[1] for part in answer if isinstance(part, tuple)), b"")
    try:
        outcome = str(bounces.take(content))
    except ValueError as error:  # whatever strangers put in a mail
        logger.warning("a bounced mail cannot be read: %s", type(error).__name__)
        outcome = str(bounces.Outcome.NO_REPORT)
    server.uid("STORE", uid, "+FLAGS", r"(\Deleted)")
    return outcome


def _open(place: SplitResult) -> imaplib.IMAP4:
    host, is_safe = place.hostname or "", place.scheme == "imaps"
    if is_safe:
        context = ssl.create_default_context()
        return imaplib.IMAP4_SSL(host, place.port or 993, ssl_context=context, timeout=SECONDS)
    return imaplib.IMAP4(host, place.port or 143, timeout=SECONDS)


def _folder(place: SplitResult) -> str:
    return f'"{unquote(place.path).strip("/") or "INBOX"}"'.replace("\\", "")


def _expect(answer: tuple[str, list[bytes | None]]) -> None:
    if answer[0] != "OK":
        raise imaplib.IMAP4.error
