"""What happened to a melding, append-only: the one history. meldingen.record.events says what each kind holds."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from meldingen.record.models.melding import Melding
from meldingen.tenancy.models import Owned, User


class CurrentTransaction(models.Func):
    """The id of the transaction that writes the row: it orders events safely where a serial number cannot."""

    function = "pg_current_xact_id"
    template = "%(function)s()::text::bigint"
    arity = 0
    output_field = models.BigIntegerField()


class Event(Owned):
    """One thing that happened: codes and references, never texts, notes or addresses."""

    class Kind(models.TextChoices):
        """What happened."""

        RECEIVED = "received", _("Received")
        WARNED = "warned", _("Told to call 112")
        CLASSIFIED = "classified", _("Classified")
        ROUTED = "routed", _("Routed")
        RECATEGORISED = "recategorised", _("Category changed")
        ASSESSED = "assessed", _("Danger assessed")
        PRIORITISED = "prioritised", _("Priority changed")
        ASSIGNED = "assigned", _("Team changed")
        MOVED = "moved", _("State changed")
        ANSWERED = "answered", _("Answered")
        ADDED = "added", _("The reporter added something")
        RATED = "rated", _("The reporter says how it went")
        NOTED = "noted", _("Note added")
        ADDRESS_CONFIRMED = "address_confirmed", _("The address says: my report")
        ADDRESS_REFUSED = "address_refused", _("The address says: not my report")
        RELEASED = "released", _("Not suspect any more")
        STRUCK = "struck", _("Words struck out")
        MERGED = "merged", _("Merged into another melding")
        HIDDEN = "hidden", _("Hidden from the public")
        SHOWN = "shown", _("Shown to the public again")
        HELD = "held", _("Kept for longer")
        REPORTER_FORGOTTEN = "reporter_forgotten", _("Contact details forgotten")
        UNDONE = "undone", _("Undone")

    class ActorKind(models.TextChoices):
        """Who or what did it."""

        PERSON = "person", _("Colleague")
        REPORTER = "reporter", _("Reporter")
        MODEL = "model", _("Model")
        RULE = "rule", _("Automatic")
        SWEEP = "sweep", _("Clean-up")
        IMPORT = "import", _("Import")
        EXECUTOR = "executor", _("Contractor")
        CLIENT = "client", _("API client")

    class Answer(models.TextChoices):
        """What a reporter answers when they are told to call 112."""

        CALLED = "called", _("112 was called")
        SAFE = "safe", _("nobody is in danger")

    melding = models.ForeignKey(Melding, models.PROTECT, related_name="events", db_constraint=False)
    kind = models.CharField(_("what happened"), max_length=20, choices=Kind.choices)
    from_state = models.CharField(_("from"), max_length=12, choices=Melding.State.choices, blank=True)
    to_state = models.CharField(_("to"), max_length=12, choices=Melding.State.choices, blank=True)
    codes = models.JSONField(_("codes"), default=dict, blank=True)
    actor_kind = models.CharField(_("by"), max_length=8, choices=ActorKind.choices)
    # Who it was when a person did it, and only then.
    actor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who"))
    happened_at = models.DateTimeField(_("when"), db_default=Now())
    xid = models.BigIntegerField(editable=False, db_default=CurrentTransaction())

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "id"], name="event_key"),
            models.CheckConstraint(
                condition=models.Q(actor_kind="person", actor__isnull=False)
                | models.Q(~models.Q(actor_kind="person"), actor__isnull=True),
                name="event_by_a_person_names_them",
            ),
        ]
        indexes = [models.Index("municipality", "xid", "id", name="event_in_order")]

    def __str__(self) -> str:
        return f"{self.kind} {self.melding_id}"
