"""Questions that a category asks, and what reporters answered."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from meldingen.categories.models import Category
from meldingen.languages import TextsField
from meldingen.questions.wording import CHOOSING, Kind, what_is_wrong
from meldingen.record.models import Melding
from meldingen.tenancy.models import Owned

KINDS = [
    (Kind.TEXT.value, _("text")),
    (Kind.NUMBER.value, _("number")),
    (Kind.ONE.value, _("one of these")),
    (Kind.SEVERAL.value, _("several of these")),
    (Kind.YES_NO.value, _("yes or no")),
    (Kind.DATE.value, _("date")),
]


class Question(Owned):
    """A question of a category; of a main category it is asked for all under it.

    What it asks has a version, so that an answer is read with the words that it was an answer to.
    """

    category = models.ForeignKey(
        Category, models.PROTECT, related_name="+", db_constraint=False, db_index=False, verbose_name=_("category"),
        help_text=_("Of a main category it is asked for all under it."),
    )  # fmt: skip
    slug = models.SlugField(_("code"), max_length=60)
    question_texts = TextsField(_("question"), max_length=200)
    hint_texts = TextsField(_("explanation"), max_length=200, blank=True)
    kind = models.CharField(_("kind of answer"), max_length=8, choices=KINDS, default=Kind.TEXT.value)
    choice_texts = TextsField(
        _("choices"),
        blank=True,
        help_text=_("For “one of these” and “several of these”: one on each line, in the same order in each language."),
    )
    is_required = models.BooleanField(_("must be answered"), default=False)
    position = models.PositiveSmallIntegerField(_("order"), default=10)
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "slug"],
                name="question_slug",
                violation_error_message=_("Another question has this code."),
            ),
            models.UniqueConstraint(fields=["municipality", "id"], name="question_key"),
        ]
        indexes = [models.Index("category", name="question_of_category")]

    def __str__(self) -> str:
        return str(self.question_texts)

    def clean(self) -> None:
        """ValidationError for choices that nobody can choose from."""
        if self.kind not in CHOOSING:
            return
        if words := what_is_wrong(self.choice_texts):
            raise ValidationError({"choice_texts": words})


class Reply(Owned):
    """What a reporter answered, with the words that they were asked with."""

    melding = models.ForeignKey(Melding, models.PROTECT, related_name="replies", db_constraint=False)
    question = models.ForeignKey(Question, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=KINDS)
    question_texts = TextsField()
    # What was chosen, in the words of each language; empty where nothing could be chosen.
    choice_texts = TextsField(blank=True)
    # What was written: the reporter's own words, a number, a day, `yes` or `no`, the codes of what was chosen.
    value = models.TextField()

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["municipality", "melding", "question"], name="reply_once")]

    def __str__(self) -> str:
        return str(self.pk)
