"""A table of one period as it was drawn, for ever, and the files made from it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from opendata.models.exact import epsilon_field


class Release(models.Model):
    """One draw. Immutable: the database refuses to change or remove it, and to draw the same again.

    `rows`: one list per key of the grid, in its order: the key's codes, then trekking, aantal, ondergrens, bovengrens.
    `expected_error`: a fraction, of `disclosure.error_of`; null where the total is zero. `table`: the table as
    `opendata.models.choice.stored` writes it. `sha256` is over rows, table, dataset and period.
    """

    municipality = models.ForeignKey(
        "meldingen.Municipality", models.PROTECT, related_name="+", db_index=False, verbose_name=_("municipality")
    )
    dataset = models.SlugField(_("dataset"), max_length=80)
    period = models.CharField(_("period"), max_length=7)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    grid_year = models.PositiveSmallIntegerField(_("year of the grid"))
    table = models.JSONField(_("table"))
    accounts = models.PositiveSmallIntegerField(_("number of accounts that pay"))
    epsilon = epsilon_field("epsilon")
    sensitivity = models.PositiveSmallIntegerField(_("sensitivity"))
    rows = models.JSONField(_("rows"))
    expected_error = models.FloatField(_("expected error"), null=True)
    sha256 = models.CharField("SHA-256", max_length=64)
    drawn_at = models.DateTimeField(_("drawn"))

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-first_day", "dataset"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "dataset", "period"], name="release_once"),
            models.UniqueConstraint(fields=["municipality", "id"], name="release_key"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def total(self) -> int:
        """The meldingen of the period by this table: its estimates added up, which is how they were made."""
        return sum(estimate for *_key, _draw, estimate, _lower, _upper in self.rows)

    @property
    def key(self) -> str:
        """What the register and the storage call it."""
        return f"{self.dataset}/{self.period}"


class ReleaseFile(models.Model):
    """A file of a release, as it stands in the storage `releases`. A release is public when it has its files.

    A file is never changed. When its head must say something else (a gap that was declared after the draw), the
    release gets the files of another `version` beside those that it had (`formats.version_of`).
    """

    municipality = models.ForeignKey("meldingen.Municipality", models.PROTECT, related_name="+", db_index=False)
    release = models.ForeignKey(Release, models.PROTECT, related_name="files", db_constraint=False)
    format = models.CharField(_("format"), max_length=10)
    version = models.CharField(_("version"), max_length=64, default="")
    name = models.CharField(_("name in the storage"), max_length=200)
    size = models.PositiveBigIntegerField(_("bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)
    written_at = models.DateTimeField(_("written"), auto_now_add=True)

    class Meta:
        verbose_name = _("file of a release")
        verbose_name_plural = _("files of releases")
        ordering = ["format"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "release", "format", "version"], name="release_file_once")
        ]

    def __str__(self) -> str:
        return self.name
