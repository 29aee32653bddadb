"""What colleagues keep for their work: the worklists that they saved, which melding is offered to whom, the texts that
are sent often, and what was done to many meldingen at once.
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
from meldingen.tenancy.models import Owned, Team, User

# What a melding fills in where a standard text has it between braces.
BLANKS = ("kenmerk", "categorie", "plaats", "team", "dag")
BLANK = re.compile(r"\{([^{}\n]{0,40})\}")


class SearchWords(Owned):
    """Words that a colleague typed as a filter of the inbox; an address has their id alone. What no worklist holds is
    forgotten some days after it was typed.
    """

    owner = models.ForeignKey(User, models.PROTECT, related_name="+")
    words = models.CharField(max_length=200)
    typed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "owner", "words"], name="search_words_once"),
            models.UniqueConstraint(fields=["municipality", "id"], name="search_words_key"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Worklist(Owned):
    """Filters of the inbox that a colleague saved under a name, for themselves or for everybody in the town."""

    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("made by"))
    name = models.CharField(_("name"), max_length=60)
    # As it stands in the address of the inbox; what it asks is checked each time it is read.
    query = models.CharField(max_length=2000)
    is_shared = models.BooleanField(_("for all colleagues"), default=False, db_default=False)
    # Those whose id the query names: kept as long as this row is, and read by who reads it.
    words = models.ForeignKey(SearchWords, models.PROTECT, null=True, related_name="worklists", db_constraint=False)

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
        constraints = [
            models.UniqueConstraint(fields=["municipality", "for_state", "name"], name="standard_text_name"),
            models.UniqueConstraint(fields=["municipality", "id"], name="standard_text_key"),
        ]

    def __str__(self) -> str:
        return self.name


class BulkAct(Owned):
    """One act on many meldingen, which a colleague saw beforehand: what is done, by whom, and how far it is."""

    class Kind(models.TextChoices):
        """Which act."""

        CLOSE = "close", _("Close")
        ASSIGN = "assign", _("Give to a team")
        MERGE = "merge", _("Merge")
        SPAM = "spam", _("Call spam")
        CORRECT = "correct", _("Change the category")
        HAND = "hand", _("Give to a colleague")
        PRIORITY = "priority", _("Change the priority")
        CATEGORY = "category", _("Retire a category")
        TEAM = "team", _("Retire a team")

    class Stage(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", _("Not begun")
        RUNNING = "running", _("Busy")
        DONE = "done", _("Done")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")

    kind = models.CharField(_("act"), max_length=8, choices=Kind.choices)
    stage = models.CharField(_("stage"), max_length=8, choices=Stage.choices, default=Stage.DRAFT)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("colleague"))
    # The inbox from which it was chosen, as its address has it.
    query = models.CharField(max_length=2000, blank=True)
    # With more in the worklist than can be done at once.
    is_capped = models.BooleanField(default=False)
    outcome = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=12, blank=True)
    # What the reporters read, with its blanks; emptied when it is done, for then each has an answer of its own.
    text = models.TextField(blank=True)
    standard_text = models.ForeignKey(
        StandardText, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    for_everybody = models.BooleanField(default=False)
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False)
    colleague = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    priority = models.PositiveSmallIntegerField(null=True, choices=Melding.Priority.choices)
    lead = models.ForeignKey(Melding, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False)
    # What is retired, with all open meldingen that it has, into `category` or `team`.
    old_category = models.ForeignKey(
        Category, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    # With another category the rules are asked anew.
    reroute = models.BooleanField(default=False, db_default=False)
    old_team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)
    began_at = models.DateTimeField(_("began"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    # From when the sweep may ask for it again; empty while there is nothing to do.
    due_at = models.DateTimeField(null=True)
    claims = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("act on many")
        verbose_name_plural = _("acts on many")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["municipality", "id"], name="bulk_act_key")]
        indexes = [models.Index("due_at", condition=models.Q(due_at__isnull=False), name="bulk_act_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class BulkItem(Owned):
    """A melding of an act on many as it was seen, and what became of it."""

    class Result(models.TextChoices):
        """What became of it."""

        WAITING = "", _("Waiting")
        DONE = "done", _("Done")
        SKIPPED = "skipped", _("Left alone")
        UNDONE = "undone", _("Undone")
        KEPT = "kept", _("Not undone")

    class Why(models.TextChoices):
        """Why it was left alone."""

        CHANGED = "changed", _("A colleague or the reporter did something since you looked")
        CLOSED = "closed", _("Is closed already")
        UNJUDGED = "unjudged", _("An emergency that nobody has looked at: say first what danger there is")
        FORMAL = "formal", _("May be an objection or a claim: look at it by itself")
        SPOKEN = "spoken", _("The reporter wrote something that nobody has read")
        SAME = "same", _("This team has it already")
        HAS = "has", _("This colleague has it already")
        LEFT = "left", _("This colleague handles no meldingen here any more")
        EQUAL = "equal", _("Has this priority already")
        DANGER = "danger", _("Its danger asks for a higher priority: say by itself why it may be lower")
        MERGED = "merged", _("Is merged into another one already")
        LEADS = "leads", _("Others were merged into this one")
        LEAD = "lead", _("The one that leads is closed, merged itself or not for others to read")
        UNSEEN = "unseen", _("Is confidential now")
        RIGHT = "right", _("Who began this may not do it any more")
        TOLD = "told", _("Somebody heard of it already")
        RETIRED = "retired", _("This team is not in use any more")
        CHOSEN = "chosen", _("A colleague chose this category already")
        OLD = "old", _("This category is not in use any more")
        ERROR = "error", _("Something went wrong; try it by itself")

    act = models.ForeignKey(BulkAct, models.CASCADE, related_name="items", db_constraint=False, db_index=False)
    melding = models.ForeignKey(Melding, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    # What people did last when it was seen: the id of that event, 0 for nothing.
    seen = models.BigIntegerField()
    result = models.CharField(max_length=8, choices=Result.choices, blank=True, default=Result.WAITING)
    why = models.CharField(max_length=12, choices=Why.choices, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "act", "melding"], name="bulk_item_once")]
        indexes = [models.Index("act", "result", "melding", name="bulk_item_by_result")]

    def __str__(self) -> str:
        return str(self.pk)
