import re

import pytest

from meldingen.attachments import tokens
from meldingen.attachments.models import Photo
from tests.factories import Town


@pytest.fixture
def row(town: Town) -> Photo:
    return Photo(municipality=town.municipality)


def test_it_leads_back_to_the_photo_in_its_own_town(row: Photo, town: Town, neighbour: Town) -> None:
    token = tokens.token_of(row)
    assert tokens.key_of(token, town.municipality.pk) == row.key
    assert tokens.key_of(token, neighbour.municipality.pk) is None


def test_it_is_always_the_same_and_names_no_path(row: Photo) -> None:
    assert tokens.token_of(row) == tokens.token_of(row)
    assert re.fullmatch(r"[0-9a-f]{32}:[\w-]{43}", tokens.token_of(row))


@pytest.mark.parametrize("forged", ["", "x", "a:b", "../../etc/passwd", "0" * 32, "0" * 32 + ":" + "A" * 43])
def test_what_was_not_signed_here_is_nothing(town: Town, forged: str) -> None:
    assert tokens.key_of(forged, town.municipality.pk) is None
