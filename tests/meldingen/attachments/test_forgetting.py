from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from meldingen import periodic
from meldingen.attachments import forgetting
from meldingen.attachments.models import Photo
from meldingen.record import events, lifecycle
from meldingen.record.models import Melding
from tests.factories import Town
from tests.meldingen.attachments.conftest import Receive, files_in


def long_ago(**ago: int) -> None:
    Photo.objects.update(created_at=timezone.now() - timedelta(**ago))


def close(melding: Melding, days: int) -> None:
    lifecycle.move(melding, "solved", actor=events.SWEEP)
    Melding.objects.filter(pk=melding.pk).update(closed_at=timezone.now() - timedelta(days=days))


def test_a_form_that_nobody_sends_loses_its_photos_after_a_day(town: Town, photo: Photo, private: Path) -> None:
    long_ago(hours=23)
    assert forgetting.forget_unsent(town.municipality) == 0
    long_ago(hours=25)
    assert forgetting.forget_unsent(town.municipality) == 1
    assert (Photo.objects.count(), files_in(private)) == (0, [])


def test_what_was_sent_stays_while_its_melding_is_open(town: Town, photo: Photo) -> None:
    Photo.objects.update(melding=town.melding())
    long_ago(days=4000)
    assert forgetting.forget_unsent(town.municipality) == forgetting.forget_of_closed(town.municipality) == 0


@pytest.mark.parametrize(("days", "forgotten"), [(29, 0), (31, 1)])
def test_photos_go_with_the_term_of_contact_details(
    town: Town, photo: Photo, private: Path, days: int, forgotten: int
) -> None:
    town.municipality.retention_days = 30
    melding = town.melding()
    Photo.objects.update(melding=melding)
    close(melding, days)
    assert forgetting.forget_of_closed(town.municipality) == forgotten
    assert (Photo.objects.count() == 0) is bool(forgotten)
    assert (files_in(private) == []) is bool(forgotten)


def test_a_file_that_is_gone_already_keeps_no_row(town: Town, photo: Photo, private: Path) -> None:
    long_ago(hours=25)
    for path in private.rglob("*.jpg"):
        path.unlink()
    assert forgetting.forget_unsent(town.municipality) == 1


def test_another_town_keeps_its_own(town: Town, neighbour: Town, receive: Receive) -> None:
    receive(where=neighbour)
    long_ago(hours=25)
    assert forgetting.forget_unsent(town.municipality) == 0


def test_beat_does_both_in_every_town(town: Town, neighbour: Town, receive: Receive, private: Path) -> None:
    receive(), receive(where=neighbour)
    melding = town.melding()
    Photo.objects.filter(pk=receive().pk).update(melding=melding)
    long_ago(hours=25)
    close(melding, 4000)
    periodic.forget_photos()
    assert (Photo.objects.count(), files_in(private)) == (0, [])


def test_a_melding_does_not_go_before_its_photos(town: Town, photo: Photo) -> None:
    with connection.cursor() as cursor:
        sql = "SELECT confdeltype FROM pg_constraint WHERE conname = 'photo_melding_id_same_municipality'"
        cursor.execute(sql)
        assert cursor.fetchone() == ("a",)  # no action: it is refused
