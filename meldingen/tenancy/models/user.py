"""People who log in, and what they are to which municipality."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from meldingen.tenancy.models.municipality import Owned
from meldingen.tenancy.models.team import Team


class User(AbstractUser):
    """A colleague. What they may do is said by their memberships, never by Django's global permissions."""

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")


class Membership(Owned):
    """A user in a municipality, with one role and perhaps a team."""

    class Role(models.TextChoices):
        """What a member may do; meldingen.tenancy.roles says what each means."""

        TRIAGE = "triage", _("Triage officer")
        READER = "reader", _("Reader")
        MANAGER = "manager", _("Manager")

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name=_("user"))
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False, verbose_name=_("team")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.TRIAGE)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [models.UniqueConstraint(fields=["municipality", "user"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"
