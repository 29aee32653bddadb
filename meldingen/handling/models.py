"""What colleagues keep for their work: the worklists that they saved, which melding is offered to whom, and the texts
that are sent often.
"""

import re
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from meldingen.categories.models import Category
from meldingen.languages import TextsField
from meldingen.record import workflow
from meldingen.record.models import Melding
from meldingen.tenancy.models import Owned, User

# What a melding fills in where a standard text has it between braces.
BLANKS = ("kenmerk", "categorie", "plaats", "team", "dag")
BLANK = re.compile(r"\{([^{}\n]{0,40})\}")


class Worklist(Owned):
    """Filters of the inbox that a colleague saved under a name, for themselves or for everybody in the town."""

    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("made by"))
    name = models.CharField(_("name"), max_length=60)
    # As it stands in the address of the inbox; what it asks is checked each time it is read.
    query = models.CharField(max_length=2000)
    is_shared = models.BooleanField(_("for all colleagues"), default=False, db_default=False)

    class Meta:
        verbose_name = _("worklist")
        verbose_name_plural = _("worklists")
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["municipality", "owner", "name"], name="worklist_name")]

    def __str__(self) -> str:
        return self.name


class Claim(Owned):
    """A melding that is offered to one colleague, until a moment soon."""

    melding = models.ForeignKey(Melding, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "melding"], name="claim_once")]

    def __str__(self) -> str:
        return str(self.pk)


def check_blanks(text_of: Mapping[str, str]) -> None:
    """ValidationError for a blank that no melding fills in."""
    unknown = {name for text in text_of.values() for name in BLANK.findall(text)} - set(BLANKS)
    if unknown:
        raise ValidationError(
            _("There is no {%(name)s}. Use one of: %(known)s."),
            code="unknown_blank",
            params={"name": sorted(unknown)[0], "known": ", ".join(f"{{{name}}}" for name in BLANKS)},
        )


class StandardText(Owned):
    """A text that colleagues send often, in each language of the site, with blanks that the melding fills in."""

    class ForState(models.TextChoices):
        """With which act it is offered: an answer, or the state that the act brings the melding to."""

        ANSWER = "", _("An answer")
        WAITING = workflow.WAITING, _("A question to the reporter")
        PLANNED = workflow.PLANNED, _("Planned")
        SOLVED = workflow.SOLVED, _("Closed: solved")
        FORWARDED = workflow.FORWARDED, _("Closed: forwarded")
        DECLINED = workflow.DECLINED, _("Closed: not taken up")
        REOPENED = workflow.REOPENED, _("Opened again")

    name = models.CharField(_("name"), max_length=60)
    for_state = models.CharField(_("offered with"), max_length=12, choices=ForState.choices, blank=True, default="")
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False,
        verbose_name=_("category"), help_text=_("Empty: with every category. A main category: with all under it."),
    )  # fmt: skip
    text_texts = TextsField(
        _("text"),
        validators=[check_blanks],
        help_text=_("{kenmerk}, {categorie}, {plaats}, {team} and {dag} are filled in from the melding."),
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("standard text")
        verbose_name_plural = _("standard texts")
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["municipality", "for_state", "name"], name="standard_text_name")]

    def __str__(self) -> str:
        return self.name
