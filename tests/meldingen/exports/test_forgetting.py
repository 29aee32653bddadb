from datetime import timedelta

from django.utils import timezone

from meldingen.exports import files, forgetting, writing
from meldingen.exports.models import Export
from tests.factories import Town
from tests.meldingen.exports.conftest import Asked


def _asked_ago(days: float) -> None:
    Export.objects.update(asked_at=timezone.now() - timedelta(days=days))


def test_a_file_goes_after_a_day_and_the_log_stays(asked: Asked, town: Town) -> None:
    export = asked()
    writing.write(export.pk)
    _asked_ago(0.9)
    assert forgetting.forget_files(town.municipality) == 0
    _asked_ago(1.1)
    assert forgetting.forget_files(town.municipality) == 1
    export.refresh_from_db()
    assert (export.stage, export.total, files.storage().exists(files.name_of(export))) == ("gone", 0, False)
    assert forgetting.forget_files(town.municipality) == 0


def test_the_files_of_others_stay(asked: Asked, town: Town, neighbour: Town) -> None:
    asked()
    _asked_ago(2)
    assert forgetting.forget_files(neighbour.municipality) == 0


def test_the_log_goes_after_a_year(asked: Asked, town: Town) -> None:
    asked()
    _asked_ago(366)
    assert forgetting.forget_exports(town.municipality) == 0  # its file first
    forgetting.forget_files(town.municipality)
    assert forgetting.forget_exports(town.municipality) == 1
