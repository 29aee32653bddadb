"""Words are struck out of all that was written with a melding, for good: a name, say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meldingen.handling.triage import Case, opened
from meldingen.questions import striking as replies
from meldingen.record import events, lifecycle
from meldingen.record.models import Addition, Answer, Melding, Note
from meldingen.refusals import Refused

STRUCK = "▮▮▮"
NOT_THERE = _("These words do not stand in it. Copy them from the text.")
LEAST = 2  # characters
_AROUND = 40  # characters beside the words that a colleague sees before they are gone


@dataclass(frozen=True)
class Passage:
    """Where words stand that will be struck out: in what, and what reads there now and afterwards."""

    where: str | Promise
    now: str
    then: str


def passages(melding: Melding, words: str) -> list[Passage]:
    """Each text in which the words stand, from around the first time to behind the last. Reads, and changes nothing.

    Refused as `strike` would be.
    """
    pattern = _pattern(words)
    texts: list[tuple[str | Promise, str]] = [
        (_("text"), melding.text),
        (_("description of the place"), melding.place_text),
    ]
    texts += [(_name(each), each.text) for each in _written(melding)]
    texts += [(str(reply.question_texts), reply.value) for reply in replies.with_words(melding, pattern)]
    return [_passage(where, text, pattern) for where, text in texts if pattern.search(text)]


def stands(melding: Melding, words: str) -> bool:
    """Whether there is anything to strike out; of words that are too short it is not asked."""
    return len(" ".join(words.split())) < LEAST or bool(passages(melding, words))


def strike(case: Case, words: str) -> None:
    """Strike words out of everything that was written with it, for good: a name, say. It teaches no model any more.

    That is its text, the description of the place, what the reporter added and answered to questions, and notes and
    answers of colleagues. What was mailed already is in the mailbox of who got it.
    """
    with opened(case) as melding:
        pattern = _pattern(words)
        struck = {name: pattern.sub(STRUCK, getattr(melding, name)) for name in ("text", "place_text")}
        texts = [each for each in _written(melding) if pattern.search(each.text)]
        is_answer = replies.strike(melding, pattern, STRUCK)
        if not texts and not is_answer and all(getattr(melding, name) == text for name, text in struck.items()):
            raise Refused("not_there", NOT_THERE, "words")
        for each in texts:
            each.text = pattern.sub(STRUCK, each.text)
            each.save(update_fields=["text"])
        lifecycle.change(melding, events.Struck(), actor=case.by, struck_at=timezone.now(), **struck)


def _pattern(words: str) -> re.Pattern[str]:
    searched = words.split()
    if len(" ".join(searched)) < LEAST:
        raise Refused("too_short", _("Give at least two characters."), "words")
    return re.compile(r"\s+".join(map(re.escape, searched)), re.IGNORECASE)


def _written(melding: Melding) -> Iterator[Addition | Answer | Note]:
    yield from melding.additions.all()
    yield from melding.notes.all()
    yield from melding.answers.all()


def _name(written: Addition | Answer | Note) -> str | Promise:
    match written:
        case Addition():
            return _("what the reporter added")
        case Note():
            return _("note")
        case Answer():
            return _("answer")


def _passage(where: str | Promise, text: str, pattern: re.Pattern[str]) -> Passage:
    spans = [match.span() for match in pattern.finditer(text)]
    start, end = max(spans[0][0] - _AROUND, 0), min(spans[-1][1] + _AROUND, len(text))
    shown = f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
    return Passage(where, shown, pattern.sub(STRUCK, shown))
