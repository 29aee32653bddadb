"""Who did what in a municipality: added to and never changed, and gone after its term."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from meldingen.tenancy.models.owned import Owned
from meldingen.tenancy.models.user import User


class AuditEntry(Owned):
    """One thing that somebody did or tried: who, what, to what (a code), and from which network.

    Never what was typed or read: no name that was tried, no words of a search, no contact details. The database
    refuses to change a row, and to remove one before its term (`tenancy_forget_audit`).
    """

    class Kind(models.TextChoices):
        """What happened."""

        SIGNED_IN = "signed_in", _("Signed in")
        SIGN_IN_FAILED = "sign_in_failed", _("Sign-in failed")
        SIGN_IN_LOCKED = "sign_in_locked", _("Sign-in locked for a while")
        SIGNED_OUT = "signed_out", _("Signed out")
        IDLE = "idle", _("Signed out after a pause")
        OPERATOR_ENTERED = "operator_entered", _("An operator of the service came in")
        SESSIONS_ENDED = "sessions_ended", _("Sessions ended")
        PASSWORD_CHANGED = "password_changed", _("Password changed")
        RESET_ASKED = "reset_asked", _("New password asked for")
        FACTOR_ON = "factor_on", _("Code at sign-in turned on")
        FACTOR_OFF = "factor_off", _("Code at sign-in turned off")
        FACTOR_RESET = "factor_reset", _("Code at sign-in taken away by a manager")
        RECOVERY_USED = "recovery_used", _("Recovery code used")
        INVITED = "invited", _("Colleague invited")
        INVITATION_WITHDRAWN = "withdrawn", _("Invitation withdrawn")
        RIGHTS_GIVEN = "rights_given", _("Rights given")
        RIGHTS_CHANGED = "rights_changed", _("Rights changed")
        RIGHTS_TAKEN = "rights_taken", _("Rights taken away")
        SETTING_CHANGED = "setting_changed", _("Setting changed")
        CONTACT_SHOWN = "contact_shown", _("Contact details shown")
        CONTACT_SEARCHED = "contact_searched", _("Searched among reporters")
        CONTACT_EXPORTED = "contact_exported", _("Contact details exported")
        PERSON_EXPORTED = "person_exported", _("Everything of one person given out")
        PERSON_ERASED = "person_erased", _("One person erased")

    kind = models.CharField(_("what happened"), max_length=16, choices=Kind.choices)
    # None: nobody who was signed in.
    actor = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("colleague")
    )
    # `melding:7K3D9QXA`, `user:12`, `setting:municipality:3`: a code that says nothing by itself.
    target = models.CharField(_("to what"), max_length=80, blank=True)
    # Numbers and codes; a change is {"from": …, "to": …}.
    codes = models.JSONField(_("details"), default=dict, blank=True)
    network = models.CharField(_("network"), max_length=43, blank=True)
    happened_at = models.DateTimeField(_("when"), db_default=Now())

    class Meta:
        verbose_name = _("line of the audit log")
        verbose_name_plural = _("audit log")
        ordering = ["-id"]
        indexes = [
            models.Index("municipality", models.F("id").desc(), name="audit_newest"),
            models.Index("municipality", "kind", models.F("id").desc(), name="audit_by_kind"),
            models.Index("municipality", "actor", models.F("id").desc(), name="audit_by_actor"),
            models.Index("municipality", "happened_at", name="audit_by_moment"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
