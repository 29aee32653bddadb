"""What a municipality says itself to who asks for what a report cannot give."""

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from meldingen.classification.formal import Formal
from meldingen.languages import TextsField
from meldingen.tenancy.models.owned import Owned

ASKED_FOR = [
    (Formal.OBJECTION.value, _("an objection")),
    (Formal.CLAIM.value, _("damage to be paid")),
    (Formal.GRIEVANCE.value, _("a complaint about us")),
    (Formal.ENFORCEMENT.value, _("enforcement")),
    (Formal.DOCUMENTS.value, _("documents")),
]


class FormalText(Owned):
    """Words of its own in the place of those that every town has, and the page that is the right door."""

    about = models.CharField(_("who asks for"), max_length=12, choices=ASKED_FOR)
    words_texts = TextsField(
        _("what they read"),
        max_length=600,
        blank=True,
        help_text=_("Empty: the words that every town has."),
    )
    url = models.URLField(
        _("address of the right page"), blank=True, default="", validators=[URLValidator(["http", "https"])]
    )

    class Meta:
        verbose_name = _("other door")
        verbose_name_plural = _("other doors")
        ordering = ["about"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "about"],
                name="formal_text_once",
                violation_error_message=_("There are words for this already. Change those."),
            )
        ]

    def __str__(self) -> str:
        return self.get_about_display()
