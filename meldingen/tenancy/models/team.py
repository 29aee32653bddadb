"""Teams that solve meldingen."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meldingen.tenancy.models.owned import Owned


class Team(Owned):
    """A department or contractor to which meldingen are routed."""

    slug = models.SlugField(_("code"))
    name = models.CharField(_("name"), max_length=100)
    email = models.EmailField(
        _("e-mail address"), blank=True, help_text=_("It hears of each melding that the team gets. Empty: no mail.")
    )

    is_active = models.BooleanField(_("in use"), default=True, db_default=True)
    # Of one that was retired: which took its place.
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="+", db_constraint=False,
        db_index=False, verbose_name=_("successor"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "slug"], name="team_slug"),
            models.UniqueConstraint(fields=["municipality", "id"], name="team_key"),
        ]

    def __str__(self) -> str:
        return self.name
