"""Routing rules: rows that staff change, not code."""

import re

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldingen.categories.models import AMOUNTS, Category, Promising
from meldingen.places.models import Area, AssetKind
from meldingen.record.models import Melding
from meldingen.tenancy.models import Owned, Team, User

# As the lists of the classifier write them: a word, the head of one, its tail, or what stands anywhere in it.
WORD = re.compile(r"\*?[\w'-]{2,30}\*?")


def refuse_no_words(words: list[str]) -> None:
    """ValidationError names what is not a single word of the lists' kind."""
    wrong = [word for word in words if not WORD.fullmatch(word)]
    if wrong:
        refusal = _(
            "Write single words of 2 to 30 letters; a star stands for any letters: rat, afval*. Not: %(words)s."
        )
        raise ValidationError(refusal, params={"words": ", ".join(wrong)})


class RoutingRule(Promising, Owned):
    """For meldingen that all of its conditions fit: this team, colleague, term and prepared text. The first that fits
    counts.

    A condition that is empty fits all. A category stands for those under it too, an area for those in it, and `words`
    for texts with one of them.
    """

    position = models.PositiveSmallIntegerField(_("order"), help_text=_("The lowest number is tried first."))
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False,
        verbose_name=_("category"), help_text=_("Empty: every category."),
    )  # fmt: skip
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False,
        verbose_name=_("area"), help_text=_("Empty: everywhere."),
    )  # fmt: skip
    asset_kind = models.ForeignKey(
        AssetKind, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False,
        verbose_name=_("kind of object"), help_text=_("Empty: with or without an object."),
    )  # fmt: skip
    words = ArrayField(
        models.TextField(), blank=True, default=list, db_default=[], validators=[refuse_no_words],
        verbose_name=_("words in the text"),
        help_text=_("With commas between them; one of them is enough. A star stands for any letters: rat, afval*."),
    )  # fmt: skip
    channel = models.CharField(
        _("channel"), max_length=8, choices=Melding.Source.choices, blank=True, default="", db_default="",
        help_text=_("Empty: every channel."),
    )  # fmt: skip
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False,
        verbose_name=_("team"), help_text=_("Empty: the team of the category."),
    )  # fmt: skip
    person = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("colleague"),
        help_text=_("Empty: the team divides the work itself. Somebody of the team that is chosen above."),
    )  # fmt: skip
    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=Melding.Priority.choices, default=Melding.Priority.NORMAL
    )
    service_amount = models.PositiveSmallIntegerField(
        _("term"), null=True, blank=True, validators=AMOUNTS, help_text=_("Empty: the service level of the category.")
    )
    standard_text = models.ForeignKey(
        "meldingen.StandardText", models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False,
        verbose_name=_("standard text"),
        help_text=_("Stands ready in the form, for a colleague to read and send. It is never sent by itself."),
    )  # fmt: skip
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("routing rule")
        verbose_name_plural = _("routing rules")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["municipality", "position"], name="routing_rule_position")]

    def __str__(self) -> str:
        what = self.category.name if self.category else gettext("every category")
        where = self.area.name if self.area else gettext("everywhere")
        conditions = ", ".join([what, where, *self.more_conditions()])
        title = f"{self.position}: {conditions}"
        if not self.team:
            return title
        person = f", {self.person.get_full_name() or self.person.get_username()}" if self.person else ""
        return f"{title} → {self.team.name}{person}"

    def more_conditions(self) -> list[str]:
        """In words: the kind of object, the words and the channel that it asks for."""
        words = " / ".join(f"“{word}”" for word in self.words)
        kind = str(self.asset_kind) if self.asset_kind else ""
        return [each for each in (kind, words, str(self.get_channel_display())) if each]

    @property
    def says_nothing(self) -> bool:
        """Whether it asks for everything everywhere what happens without it."""
        ids = (
            self.category_id, self.area_id, self.asset_kind_id, self.team_id, self.person_id, self.service_amount,
            self.standard_text_id,
        )  # fmt: skip
        asks = any(each is not None for each in ids) or self.words or self.channel
        return not asks and self.priority == Melding.Priority.NORMAL
