"""Everything that is kept of one person in one file: a ZIP with JSON for programs, a page to read, and their photos."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from django.template.loader import render_to_string
from django.utils import timezone

from meldingen.attachments import files
from meldingen.attachments.models import Photo
from meldingen.notifications.models import Delivery, Recipient
from meldingen.questions.reading import answers_of
from meldingen.record import queries
from meldingen.record.models import Melding, Reporter
from meldingen.retention.persons import Person, Way
from meldingen.tenancy import auditing
from meldingen.tenancy.models import Municipality, User

_IN_MEMORY = 4_000_000  # bytes; more goes to disk
_HEAVY = ("search", "buurt__geometry", "buurt__ages")


def hand_over(where: Municipality, person: Person, by: User, way: Way) -> IO[bytes]:
    """The file, and a line in the audit log that it was made. Whoever takes it closes it."""
    pictures = list(Photo.objects.of(where).filter(melding__in=person.melding_ids, state=Photo.State.READY))
    content = contents(where, person, pictures)
    archive = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  it is given away open
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("gegevens.json", json.dumps(content, ensure_ascii=False, indent=2))
        file.writestr("gegevens.html", render_to_string("retention/everything.html", {"content": content}))
        for photo in pictures:
            _add(file, photo)
    archive.seek(0)
    codes = {"meldingen": len(person.melding_ids), "photos": len(pictures), "by": str(way)}
    auditing.keep(where, auditing.Kind.PERSON_EXPORTED, by, codes=codes)
    return archive


def contents(where: Municipality, person: Person, pictures: list[Photo]) -> dict[str, Any]:
    """All of it, in Dutch words as a resident knows them."""
    rows = Melding.objects.of(where).filter(pk__in=person.melding_ids).select_related("buurt", "category", "reporter")
    following = Recipient.objects.of(where).filter(pk__in=person.follower_ids).select_related("melding")
    return {
        "gemeente": where.name,
        "gemaakt": timezone.localtime().isoformat(timespec="seconds"),
        "meldingen": [_melding(each, pictures) for each in rows.defer(*_HEAVY).order_by("received_at")],
        "volgt": [
            {
                "kenmerk": each.melding.reference if each.melding else "",
                "email": each.email,
                "sinds": _moment(each.created_at),
                "mails": list(_mails(each)),
            }
            for each in following
        ],
    }


def _melding(melding: Melding, pictures: list[Photo]) -> dict[str, Any]:
    reporter: Reporter | None = getattr(melding, "reporter", None)
    point = melding.point
    own = Recipient.objects.filter(melding=melding, kind=Recipient.Kind.REPORTER).first()
    return {
        "kenmerk": melding.reference,
        "ontvangen": _moment(melding.received_at),
        "kanaal": melding.get_source_display(),
        "tekst": melding.text,
        "plaats": melding.place_text,
        "adres": melding.address,
        "buurt": melding.buurt.name,
        "punt_rd": [round(point.x), round(point.y)] if point else None,
        "onderwerp": str(melding.category) if melding.category else "",
        "staat": melding.get_state_display(),
        "afgesloten": _moment(melding.closed_at),
        "melder": {
            "naam": reporter.name if reporter else "",
            "email": reporter.email if reporter else "",
            "telefoon": reporter.phone if reporter else "",
            "taal": reporter.language if reporter else "",
        },
        "vragen": [
            {"vraag": each.question, "antwoord": each.answer}
            for each in answers_of(melding.municipality_id, [melding.pk]).get(melding.pk, [])
        ],
        "toegevoegd": [each.text for each in melding.additions.all()],
        "antwoorden": [each.text for each in melding.answers.all()],
        "notities": [each.text for each in melding.notes.all()],
        "geschiedenis": [
            {"wanneer": _moment(each.happened_at), "wat": each.get_kind_display(), "staat": each.get_to_state_display()}
            for each in queries.own_events(melding)
        ],
        "mails": list(_mails(own)) if own else [],
        "fotos": [_name(each) for each in pictures if each.melding_id == melding.pk],
    }


def _mails(recipient: Recipient) -> Iterator[dict[str, str | None]]:
    for delivery in Delivery.objects.filter(recipient=recipient, sent_at__isnull=False).order_by("sent_at"):
        yield {"verstuurd": _moment(delivery.sent_at), "waarvoor": delivery.get_purpose_display()}


def _add(file: zipfile.ZipFile, photo: Photo) -> None:
    try:
        with files.read(photo, files.LARGE) as picture:
            file.writestr(_name(photo), picture.read(), zipfile.ZIP_STORED)
    except FileNotFoundError:
        return  # it was forgotten meanwhile


def _name(photo: Photo) -> str:
    return f"fotos/{photo.pk}.jpg"


def _moment(moment: Any) -> str | None:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else None
