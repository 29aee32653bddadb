"""One melding on a sheet."""

import pytest
from django.test import Client

from meldingen.handling.desk import printing
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


@pytest.mark.parametrize(
    ("text", "signs", "is_long", "is_cut"),
    [("Vol.\n\nErg vol.", 13, False, False), ("x" * 501, 501, True, False), ("x" * 5000, 1500, True, True),
     ("Vol.\n" * 14, 69, True, False), ("Vol.\n" * 15, 69, True, True), ("", 0, False, False)],
)  # fmt: skip
def test_as_many_words_as_leave_room_for_map_and_history(text: str, signs: int, is_long: bool, is_cut: bool) -> None:
    words = printing.fit(text)
    assert (len(words.text), words.is_long, words.is_cut) == (signs, is_long, is_cut)
    assert "\n\n" not in words.text


def test_a_sheet_says_that_the_text_goes_on(melding: Melding, reader: Client) -> None:
    Melding.objects.filter(pk=melding.pk).update(text="Vol en vies. " * 300)
    page = reader.get(f"/beheer/meldingen/melding/{melding.pk}/afdrukken/").text
    assert "De tekst is langer dan dit blad: de rest staat bij de melding." in page
