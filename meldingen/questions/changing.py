"""A question is stored: when its words change it gets a new version, and answers to the old one keep theirs."""

from django.db import transaction

from meldingen.questions.models import Question

# What somebody reads before they answer. A hint, an order and whether it must be answered change no question.
WORDS = ("question_texts", "kind", "choice_texts")

__all__ = ["save"]


@transaction.atomic
def save(question: Question) -> None:
    """Store it, with the next version where it asks something else than before."""
    own = Question.objects.of(question.municipality_id).filter(pk=question.pk)
    before = own.select_for_update().values(*WORDS, "version").first() if question.pk else None
    if before:
        is_other = any(before[name] != getattr(question, name) for name in WORDS)
        question.version = before["version"] + is_other
    question.save()
