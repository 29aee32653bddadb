"""What reporters answered, in words: for pages, copies and exports alike."""

from collections.abc import Collection
from dataclasses import dataclass

from meldingen.languages import FALLBACK
from meldingen.questions.models import Reply
from meldingen.questions.wording import in_words
from meldingen.tenancy.models import Municipality


@dataclass(frozen=True)
class InWords:
    """A question as it was asked, and its answer. `code` and `version` tell in a table which question it was."""

    code: str
    version: int
    question: str
    answer: str


def answers_of(
    municipality: Municipality | int, melding_ids: Collection[int], language: str = FALLBACK
) -> dict[int, list[InWords]]:
    """By melding, in the order in which they were asked; one question, whatever the number of meldingen.

    They are words of reporters: for themselves and for who may read the text of the melding, and never in a mail.
    """
    if not melding_ids:
        return {}
    answers: dict[int, list[InWords]] = {}
    rows = Reply.objects.of(municipality).filter(melding_id__in=melding_ids).select_related("question")
    for reply in rows.order_by("melding_id", "id"):
        words = in_words(reply.kind, reply.value, reply.choice_texts, language)
        own = InWords(reply.question.slug, reply.version, reply.question_texts.in_(language), words)
        answers.setdefault(reply.melding_id, []).append(own)
    return answers
