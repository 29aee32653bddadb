"""One melding on a sheet."""

import pytest
from django.test import Client

from meldingen.record.models import Melding
from tests.factories import Town
from tests.staff import SECRET


def test_the_sheet_has_words_place_and_history_and_nothing_of_the_reporter(melding: Melding, reader: Client) -> None:
    page = reader.get(f"/beheer/meldingen/melding/{melding.pk}/afdrukken/").content.decode()
    assert "de container puilt uit" in page
    assert melding.buurt.name in page
    assert page.count("<li>") == melding.events.count()
    assert not any(words in page for words in (f"Wim {SECRET}", "wim@", "0612345678", f"Notitie {SECRET}"))


@pytest.mark.parametrize("which", ["theirs", "none"])
def test_a_melding_of_another_town_has_no_sheet(reader: Client, neighbour: Town, which: str) -> None:
    pk = neighbour.melding().pk if which == "theirs" else 999999999
    assert reader.get(f"/beheer/meldingen/melding/{pk}/afdrukken/").status_code == 404


def test_a_sheet_takes_no_posts(melding: Melding, reader: Client) -> None:
    assert reader.post(f"/beheer/meldingen/melding/{melding.pk}/afdrukken/").status_code == 405
