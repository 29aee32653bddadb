"""What a category asks, whether what was answered is right, and keeping it beside the melding."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldingen.categories.models import Category
from meldingen.languages import Texts
from meldingen.questions import wording
from meldingen.questions.models import Question, Reply
from meldingen.questions.wording import CHOOSING, FIELD
from meldingen.record.models import Melding
from meldingen.refusals import Refused

__all__ = [
    "ASKS",
    "Entry",
    "WrongAnswers",
    "check",
    "choices_of",
    "keep",
    "keep_all",
    "questions_of",
    "reply_to",
]

_MISSING = _("Answer this question: we need it to solve this.")
_NEW_WORDS = _("This question reads differently now. Look at your answer once more.")
_ELSEWHERE = _("This question does not belong to this subject. Leave it out.")
_NOT_ASKED = _("This question is not asked any more. Leave it out.")
_TWICE = _("This question was answered twice. Answer it once.")
# Of categories, as `asks`: whether they, or their main one, have questions in use. It costs no query of its own.
ASKS = Exists(
    Question.objects.filter(Q(category_id=OuterRef("pk")) | Q(category_id=OuterRef("parent_id")), is_active=True)
)
# Codes of answers that can be left out without asking anybody.
OUT_OF_USE, ELSEWHERE = "retired", "elsewhere"


class Entry(NamedTuple):
    """An answer as it comes in: to which question, to which version of its words (0: as they are now), and what."""

    question: str
    version: int
    value: str


class WrongAnswers(Refused):
    """Some answers are not right: `wrong` says which and why, by the code of the question."""

    def __init__(self, wrong: Mapping[str, Refused], names: Mapping[str, str]) -> None:
        self.wrong = wrong
        self._names = names
        code, message = next(self.each())
        super().__init__(code, message, FIELD)

    def each(self) -> Iterator[tuple[str, str]]:
        """The code of each refusal, and its words with the question that it is about."""
        for question, refusal in self.wrong.items():
            name = self._names.get(question, question)
            yield refusal.code, gettext("“%(question)s”: %(words)s") % {"question": name, "words": refusal.message}


def questions_of(category: Category | None) -> list[Question]:
    """What this category and its main one ask, in their order."""
    if category is None or not getattr(category, "asks", True):
        return []
    return [question for question in _all_of(category) if question.is_active]


def choices_of(question: Question) -> Mapping[str, Texts]:
    """What there is to choose from, by code; nothing where it is not chosen."""
    return wording.choices_in(question.choice_texts) if question.kind in CHOOSING else {}


def check(category: Category | None, entries: Sequence[Entry], *, is_complete: bool = True) -> None:
    """Raises WrongAnswers where one of them is no answer, or one that must be there is missing.

    With `is_complete` false nothing is missing: who is in danger is not held up by a question.
    """
    if not entries and not getattr(category, "asks", category is not None):
        return
    questions = _by_code(category, entries)
    wrong: dict[str, Refused] = {}
    values: dict[str, str] = {}
    for entry in entries:
        try:
            if entry.question in values:
                raise Refused("twice", _TWICE, FIELD)
            values[entry.question] = _read(category, questions.get(entry.question), entry)
        except Refused as refused:
            wrong[entry.question] = refused
    if is_complete:
        for code, question in questions.items():
            if question.is_active and question.is_required and _asks(category, question) and not values.get(code):
                wrong.setdefault(code, Refused("missing", _MISSING, FIELD))
    if wrong:
        raise WrongAnswers(wrong, {code: str(question.question_texts) for code, question in questions.items()})


def keep(melding: Melding, entries: Sequence[Entry]) -> None:
    """Store what was answered beside a new melding, in its transaction, each with the words it was asked with."""
    if not entries:
        return
    questions = _by_code(melding.category, entries)
    answers = ((questions[entry.question], entry.value) for entry in entries if entry.question in questions)
    keep_all((melding, reply_to(question, text)) for question, text in answers)


def keep_all(replies: Iterable[tuple[Melding, Reply]]) -> None:
    """Store each beside its melding; those that say nothing are left out."""
    rows = []
    for melding, reply in replies:
        if reply.value:
            reply.municipality_id, reply.melding = melding.municipality_id, melding
            rows.append(reply)
    Reply.objects.bulk_create(rows)


def reply_to(question: Question, text: str) -> Reply:
    """An answer with the words it was asked with, not stored yet. Raises Refused where it is none."""
    choices = choices_of(question)
    value = wording.read_value(question.kind, choices, text)
    return Reply(
        question=question,
        version=question.version,
        kind=question.kind,
        question_texts=question.question_texts,
        choice_texts=wording.words_of_choices(choices, value) if choices else Texts(),
        value=value,
    )


def _all_of(category: Category) -> QuerySet[Question]:
    return Question.objects.of(category.municipality_id).filter(_own(category))


def _own(category: Category) -> Q:
    return Q(category_id=category.pk) | Q(category_id=category.parent_id)


def _by_code(category: Category | None, entries: Sequence[Entry]) -> dict[str, Question]:
    """Those of the category, and those of others that somebody answered all the same."""
    if category is None:
        return {}
    codes = [entry.question for entry in entries]
    rows = Question.objects.of(category.municipality_id).filter(_own(category) | Q(slug__in=codes))
    return {question.slug: question for question in rows}


def _asks(category: Category | None, question: Question) -> bool:
    return category is not None and question.category_id in (category.pk, category.parent_id)


def _read(category: Category | None, question: Question | None, entry: Entry) -> str:
    if question is None or not _asks(category, question):
        raise Refused(ELSEWHERE, _ELSEWHERE, FIELD)
    if not question.is_active:
        raise Refused(OUT_OF_USE, _NOT_ASKED, FIELD)
    if entry.version not in (0, question.version):
        raise Refused("changed", _NEW_WORDS, FIELD)
    return wording.read_value(question.kind, choices_of(question), entry.value)
