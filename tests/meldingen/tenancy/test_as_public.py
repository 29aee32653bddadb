"""Asking as the public: only what it may see, and never longer than that."""

import pytest
from django.db import ProgrammingError, connection, transaction

from meldingen.record.models import Melding
from meldingen.tenancy.as_public import reading_as_public
from meldingen.tenancy.models import Municipality
from tests.factories import Town


def role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


def test_only_within_it_is_the_public_that_asks(town: Town) -> None:
    before = role()
    with reading_as_public():
        assert role() != before
        assert Municipality.objects.filter(pk=town.municipality.pk).exists()
    assert role() == before


def test_no_melding_can_be_read_and_who_asked_gets_their_role_back(town: Town) -> None:
    before = role()
    with pytest.raises(ProgrammingError), transaction.atomic(), reading_as_public():
        Melding.objects.of(town.municipality).count()
    assert role() == before
