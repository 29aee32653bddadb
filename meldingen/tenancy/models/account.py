"""How somebody comes in: invitations, new passwords, sessions, and the code that is asked beside a password."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldingen.tenancy.models.owned import Owned
from meldingen.tenancy.models.user import Membership, User


class Invitation(Owned):
    """Somebody may become a colleague, with these rights, by a link that works once.

    The link is made from `salt` and the secret key, and is kept as a hash: who reads the database cannot follow it.
    The address is emptied once it is accepted or withdrawn.
    """

    email = models.EmailField(_("e-mail address"), blank=True)
    role = models.CharField(_("role"), max_length=12, choices=Membership.Role.choices, default=Membership.Role.TRIAGE)
    is_data_steward = models.BooleanField(_("data steward"), default=False)
    # Ids: a team that is gone by then is left out.
    team_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    language = models.CharField(max_length=12, default="nl")
    salt = models.CharField(max_length=43)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("invited by"))
    created_at = models.DateTimeField(_("invited"), default=timezone.now)
    expires_at = models.DateTimeField(_("until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    # When its mail may be sent; empty when it was, or when it was given up.
    due_at = models.DateTimeField(null=True, default=timezone.now)
    claims = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-id"]
        indexes = [
            models.Index("municipality", models.F("id").desc(), name="invitation_newest"),
            models.Index("due_at", condition=models.Q(due_at__isnull=False), name="invitation_due"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        """Whether it can still be accepted."""
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > timezone.now()


class ResetRequest(Owned):
    """Somebody asks for a new password, until a task has looked whether the address belongs to a colleague.

    Stored for every address alike, so that asking tells nobody which are known; it holds a keyed hash and no address.
    """

    address_key = models.CharField(max_length=64)
    language = models.CharField(max_length=12, default="nl")
    asked_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return str(self.pk)


class StaffSession(Owned):
    """Where a colleague is signed in, as far as they need it to know their own: no address, no full browser name."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=60, blank=True)
    network = models.CharField(max_length=43, blank=True)
    began_at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-seen_at"]
        indexes = [models.Index("user", models.F("seen_at").desc(), name="staff_session_of_user")]

    def __str__(self) -> str:
        return str(self.pk)


class SecondFactor(models.Model):
    """The secret that somebody's telephone makes codes from. Of a person, in whichever municipality they sign in."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="second_factor")
    # Encrypted by a key that follows from the secret key of the deployment.
    seal = models.CharField(max_length=200)
    # The last step of thirty seconds of which a code was used: that one and older ones are refused.
    last_step = models.BigIntegerField(default=-1)
    # Since when codes are asked; empty while it is being set up.
    confirmed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)


class RecoveryCode(models.Model):
    """A code on paper for who lost the telephone: kept as a hash, and gone once it is used."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    code_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "code_hash"], name="recovery_code_once")]

    def __str__(self) -> str:
        return str(self.pk)
