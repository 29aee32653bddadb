"""People who log in, and what they are to which municipality."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from meldingen.tenancy.models.owned import Owned
from meldingen.tenancy.models.team import Team


class User(AbstractUser):
    """A colleague. What they may do is said by their memberships, never by Django's global permissions."""

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")


class Membership(Owned):
    """A user in a municipality, with one role and any number of teams."""

    class Role(models.TextChoices):
        """What a member may do; meldingen.tenancy.roles says what each means."""

        READER = "reader", _("Reader")
        TELEPHONE = "telephone", _("Telephone")
        HANDLER = "handler", _("Handler of own teams")
        TRIAGE = "triage", _("Triage officer")
        COORDINATOR = "coordinator", _("Coordinator")
        MANAGER = "manager", _("Manager")

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name=_("user"))
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.TRIAGE)
    is_data_steward = models.BooleanField(_("data steward"), default=False, db_default=False)
    teams = models.ManyToManyField(Team, through="MembershipTeam", related_name="+", verbose_name=_("teams"))

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "user"], name="membership_once"),
            models.UniqueConstraint(fields=["municipality", "id"], name="membership_key"),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"


class MembershipTeam(Owned):
    """A team that a colleague is in."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+", db_constraint=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", db_constraint=False)

    class Meta:
        verbose_name = _("team of a colleague")
        verbose_name_plural = _("teams of colleagues")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "membership", "team"], name="membership_team_once")
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.team_id}"
