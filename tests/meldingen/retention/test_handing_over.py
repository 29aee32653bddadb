"""Everything of one person in one file: for a program, to read, and with the photos."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from pytest_django import Settings

from meldingen.attachments import files
from meldingen.attachments.models import Photo
from meldingen.handling import triage
from meldingen.questions import asking
from meldingen.record.models import Melding
from meldingen.retention import handing_over, persons
from meldingen.retention.persons import Way
from meldingen.tenancy.models import AuditEntry
from tests.factories import Town, follower_of, reporter_of
from tests.meldingen.questions.asked import question_of


@pytest.fixture(autouse=True)
def private(settings: Settings, tmp_path: Path) -> None:
    """An empty private storage."""
    storage = settings.STORAGES["private"]
    own = storage | {"OPTIONS": storage["OPTIONS"] | {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"private": own}


def archive(town: Town) -> zipfile.ZipFile:
    person = persons.find(town.municipality, "wim@example.org")
    return zipfile.ZipFile(handing_over.hand_over(town.municipality, person, town.member("manager"), Way.COUNTER))


@pytest.fixture
def filled(town: Town) -> Town:
    """Two reports of Wim, one with a note and a photo, one of Ria that he follows, and one of nobody."""
    first, _second, other, _nobody = (town.melding(text=f"tekst {number}") for number in range(4))
    reporter_of(first, "wim@example.org", name="Wim <b>de Vries</b>")
    reporter_of(_second, "wim@example.org", name="Wim")
    reporter_of(other, "ria@example.org", name="Ria")
    follower_of(other, "wim@example.org")
    triage.note(triage.Case(melding_id=first.pk, municipality=town.municipality, actor=town.member()), "Belt vaak")
    own = {"municipality": town.municipality, "form": "7b1e2f34-0000-4000-8000-000000000001"}
    photo = Photo.objects.create(**own, melding=first, state=Photo.State.READY)
    files.write(photo, files.LARGE, ContentFile(b"jpeg"))
    Photo.objects.create(**own, melding=first, state=Photo.State.READY)  # its file is gone
    return town


def test_it_has_all_of_theirs_and_nothing_of_another(filled: Town) -> None:
    with archive(filled) as file:
        content: Any = json.loads(file.read("gegevens.json"))
    assert [each["tekst"] for each in content["meldingen"]] == ["tekst 0", "tekst 1"]
    first = content["meldingen"][0]
    assert (first["melder"]["email"], first["notities"]) == ("wim@example.org", ["Belt vaak"])
    assert first["geschiedenis"][0]["wat"] == "Ontvangen"
    assert [each["email"] for each in content["volgt"]] == ["wim@example.org"]
    assert "ria" not in json.dumps(content).lower()
    assert "tekst 2" not in json.dumps(content)


def test_the_page_to_read_has_the_same_and_runs_nothing(filled: Town) -> None:
    with archive(filled) as file:
        page = file.read("gegevens.html").decode()
    assert "tekst 1" in page
    assert "Wim &lt;b&gt;de Vries" in page
    assert "<script" not in page


def test_photos_are_in_it_as_far_as_they_are_there(filled: Town) -> None:
    first = Photo.objects.earliest("pk")
    with archive(filled) as file:
        assert file.read(f"fotos/{first.pk}.jpg") == b"jpeg"
        assert len([name for name in file.namelist() if name.startswith("fotos/")]) == 1


def test_that_it_was_given_out_is_kept_without_whose_it_is(filled: Town) -> None:
    archive(filled).close()
    line = AuditEntry.objects.latest("pk")
    assert (line.kind, line.codes) == ("person_exported", {"meldingen": 2, "photos": 2, "by": "counter"})


def test_answers_to_questions_are_in_it_with_their_words(filled: Town) -> None:
    question_of(filled)
    melding = Melding.objects.filter(reporter__isnull=False).earliest("pk")
    melding.category = filled.container
    asking.keep(melding, [asking.Entry("nummer", 1, "L-12")])
    file = archive(filled)
    page = next(name for name in file.namelist() if name.endswith(".html"))
    words = file.read(page).decode()
    assert ("Wat is nummer?" in words, "L-12" in words) == (True, True)
