"""One person is erased in one act: contact, what they follow, photos, and their name wherever somebody wrote it.

The reports stay, without anybody behind them: no figure changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from meldingen.attachments import forgetting as photos
from meldingen.notifications import recipients
from meldingen.notifications.models import Recipient
from meldingen.questions import striking
from meldingen.record import events, lifecycle
from meldingen.record.models import Addition, Answer, Melding, Note, Reporter
from meldingen.retention import persons
from meldingen.retention.persons import Person, Way
from meldingen.tenancy import auditing
from meldingen.tenancy.models import Municipality, User

BLANK = "[…]"
_LEAST_LETTERS = 3  # of a part of a name: “de” is struck out of no text
_TEXTS = ("text", "place_text")
_GAP, _BETWEEN = r"\s+", r"[ ()./-]*"


@transaction.atomic
def erase(where: Municipality, person: Person, by: User, way: Way) -> int:
    """Erase this person from all that may be erased; how many reports. May be done again without harm."""
    meldingen = lifecycle.lock_many(person.erasable, where.pk)
    # What became a threat since the page was shown stays: it is asked again, behind the lock.
    held_now = persons.held_ids(where, [melding.pk for melding in meldingen])
    meldingen = [melding for melding in meldingen if melding.pk not in held_now]
    ids = [melding.pk for melding in meldingen]
    reporters = {each.melding_id: each for each in Reporter.objects.of(where).filter(melding__in=ids)}
    for melding in meldingen:
        if reporter := reporters.get(melding.pk):
            _strike(melding, reporter, by)
    own = Recipient.objects.of(where).filter(melding__in=ids, kind=Recipient.Kind.REPORTER)
    recipients.forget_these([*own.values_list("pk", flat=True), *person.follower_ids])
    Reporter.objects.of(where).filter(melding__in=ids).delete()
    Melding.objects.of(where).filter(pk__in=ids).update(submission_fingerprint="")
    number_of_photos = photos.forget_of(where, ids)
    for melding in meldingen:
        if melding.pk in reporters:
            lifecycle.change(melding, events.ReporterForgotten(), actor=events.by(by))
    codes = {"meldingen": len(ids), "photos": number_of_photos, "held": len(person.on_hold | held_now), "by": str(way)}
    auditing.keep(where, auditing.Kind.PERSON_ERASED, by, codes=codes)
    return len(ids)


def pattern_of(reporter: Reporter) -> re.Pattern[str] | None:
    """What names this reporter in a text: their name, and each part of it with a capital; address and number in any
    spelling. A part in small letters is a word like any other: Wit is somebody, wit is a colour.
    """
    parts = reporter.name.split()
    patterns = [rf"(?i:{_GAP.join(map(re.escape, words))})" for words in (parts, [reporter.email]) if any(words)]
    patterns += [re.escape(part[0].upper() + part[1:]) for part in parts if len(part) >= _LEAST_LETTERS]
    digits = re.sub(r"\D", "", reporter.phone)[-9:]
    number = [r"(?:(?:\+|00)31[ ()-]*)?\(?0?" + _BETWEEN.join(digits)] if len(digits) == 9 else []
    each = "|".join([*number, *patterns])
    return re.compile(rf"(?<!\w)(?:{each})(?!\w)") if each else None


def _strike(melding: Melding, reporter: Reporter, by: User) -> None:
    """Strike them out of what they wrote and of what colleagues wrote about them."""
    pattern = pattern_of(reporter)
    if pattern is None:
        return
    before = {name: getattr(melding, name) for name in _TEXTS}
    after = {name: pattern.sub(BLANK, text) for name, text in before.items()}
    all_texts: Iterable[Addition | Answer | Note] = (
        *melding.additions.all(), *melding.answers.all(), *melding.notes.all(),
    )  # fmt: skip
    texts_to_change = [each for each in all_texts if pattern.search(each.text)]
    for each in texts_to_change:
        each.text = pattern.sub(BLANK, each.text)
        each.save(update_fields=["text"])
    is_answer = striking.strike(melding, pattern, BLANK)
    if texts_to_change or is_answer or after != before:
        lifecycle.change(melding, events.Struck(), actor=events.by(by), struck_at=timezone.now(), **after)
