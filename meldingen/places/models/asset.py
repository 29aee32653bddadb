"""Objects of the town that a melding can be about: lamps, containers, bins, each with its number."""

import re

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, Value
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from meldingen.languages import TextsField
from meldingen.places.models.area import Area
from meldingen.tenancy.models import Owned


def number_key(number: str) -> str:
    """A number as people may type it: without signs, capitals and zeros before a number. "l 28" is L-0028."""
    signs = re.sub(r"[^A-Z0-9]", "", number.upper())
    return re.sub(r"(^|[^0-9])0+(?=[0-9])", r"\1", signs)


def _sub(text: Func | F, pattern: str, by: str) -> Func:
    return Func(text, Value(pattern), Value(by), Value("g"), function="regexp_replace", output_field=models.CharField())


# The same in the database, and of it the digits alone, which is what stands large on a lamp.
KEY = _sub(_sub(Upper("number"), "[^A-Z0-9]", ""), "(^|[^0-9])0+([0-9])", r"\1\2")
DIGITS = _sub(KEY, "[^0-9]", "")


class AssetKind(Owned):
    """A kind of object, and which categories ask for one."""

    slug = models.SlugField(_("code"), max_length=40)
    name_texts = TextsField(_("name"), max_length=60)
    plural_texts = TextsField(_("name of several"), max_length=60)
    asked_by = ArrayField(
        models.SlugField(max_length=80),
        verbose_name=_("asked by categories"),
        default=list,
        blank=True,
        help_text=_("Codes of categories, with a comma between them; of a main category: for all under it."),
    )

    class Meta:
        verbose_name = _("kind of object")
        verbose_name_plural = _("kinds of objects")
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "slug"], name="asset_kind_slug"),
            models.UniqueConstraint(fields=["municipality", "id"], name="asset_kind_key"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the reader, else in Dutch."""
        return str(self.name_texts)

    @property
    def plural(self) -> str:
        """The name of several in the language of the reader, else in Dutch."""
        return str(self.plural_texts)


class Asset(Owned):
    """One object. What a later file leaves out is not active any more, and stays for the meldingen about it."""

    kind = models.ForeignKey(
        AssetKind, models.PROTECT, related_name="assets", db_constraint=False, db_index=False, verbose_name=_("kind")
    )
    number = models.CharField(_("number"), max_length=40)
    label = models.CharField(_("label"), max_length=100, blank=True)
    point = models.PointField(_("place"), srid=settings.SRID_STORED)
    buurt = models.ForeignKey(
        Area, models.PROTECT, related_name="+", db_constraint=False, db_index=False, verbose_name=_("neighbourhood")
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("object")
        verbose_name_plural = _("objects")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "kind", "number"],
                name="asset_number",
                violation_error_message=_("Another object of this kind has this number."),
            ),
            models.UniqueConstraint(fields=["municipality", "id"], name="asset_key"),
        ]
        indexes = [
            models.Index("municipality", KEY, name="asset_number_key"),
            models.Index("municipality", DIGITS, name="asset_digits"),
        ]

    def __str__(self) -> str:
        return f"{self.kind.name} {self.number}"

    @property
    def own_label(self) -> str:
        """What its label says beside its kind and number; empty where that is nothing."""
        name = str(self).casefold().split()
        return " ".join(word for word in self.label.split() if word.casefold() not in name)
