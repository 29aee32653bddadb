import io
import sys
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from pytest_django import Settings

from meldingen.management.commands.take_bounce import TRY_LATER
from meldingen.notifications import bounces, verp
from meldingen.notifications.models import Delivery
from tests.factories import Town, mail_due, reporter_of
from tests.meldingen.notifications.reports import failure


def _take(monkeypatch: pytest.MonkeyPatch, content: bytes, to: str = "") -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))
    call_command("take_bounce", to=to)


def test_a_mail_on_standard_input_is_taken(
    town: Town, settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.BOUNCE_ADDRESS = "bounce@mail.example"
    melding = town.melding()
    reporter_of(melding)
    to = verp.envelope_of(mail_due(melding.events.get()).pk)
    _take(monkeypatch, failure("wie@example.org"), to)
    assert capsys.readouterr().out == "kept\n"
    assert Delivery.objects.get().bounce_code == "5.1.1"


def test_what_is_not_ours_is_taken_too(
    db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _take(monkeypatch, b"\0\xff")
    assert capsys.readouterr().out == "not_ours\n"


def test_without_a_database_the_mail_server_tries_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(content: bytes, to: str = "") -> None:
        raise DatabaseError

    monkeypatch.setattr(bounces, "take", fail)
    with pytest.raises(SystemExit) as end:
        _take(monkeypatch, b"")
    assert end.value.code == TRY_LATER
