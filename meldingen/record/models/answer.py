"""What staff write: answers that the reporter sees, notes that only colleagues see."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meldingen.record.models.event import Event
from meldingen.record.models.melding import Melding
from meldingen.tenancy.models import Owned, User


class Answer(Owned):
    """A public answer to the reporter, shown on the follow page."""

    melding = models.ForeignKey(Melding, models.PROTECT, related_name="answers", db_constraint=False)
    event = models.OneToOneField(Event, models.PROTECT, related_name="answer", db_constraint=False)
    text = models.TextField(_("answer"))
    # Whether who follows the melding reads it too, and whose own melding was merged into it.
    for_everybody = models.BooleanField(_("for everybody"), default=False, db_default=False)
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"))

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.pk)


class Note(Owned):
    """A remark between colleagues; never public."""

    melding = models.ForeignKey(Melding, models.PROTECT, related_name="notes", db_constraint=False)
    event = models.OneToOneField(Event, models.PROTECT, related_name="note", db_constraint=False)
    text = models.TextField(_("note"))
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"))

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.pk)
