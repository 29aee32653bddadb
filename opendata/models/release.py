"""A table of one period as it was drawn, for ever, and the files made from it."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from meldingen.tenancy.models import Owned, OwnedQuerySet
from opendata.models.exact import epsilon_field


class ReleaseQuerySet(OwnedQuerySet["Release"]):
    """Releases, of which some may be booked and not drawn."""

    def drawn(self) -> "ReleaseQuerySet":
        """Those that have numbers."""
        return self.filter(drawn_at__isnull=False)


def hash_of_rows(dataset: str, period: str, rows: list[list[Any]]) -> str:
    """SHA-256 of what was drawn. Written down in docs/datasets.md, so that anybody can compute it from a file."""
    whole = json.dumps([dataset, period, rows], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(whole.encode()).hexdigest()


class Release(Owned):
    """One draw. It is booked first, with its `noise` and without `rows`; then the counts are added once, and the noise
    is forgotten. From then on it is immutable: the database refuses to change or remove it, and to draw the same again.

    `rows`: one list per key of the grid, in its order: the key's codes, then trekking, aantal, ondergrens, bovengrens.
    `expected_error`: a fraction, of `disclosure.error_of`; null where the total is zero. `table`: the table as
    `opendata.models.planned_table.stored` writes it. `sha256` is what `hash_of_rows` gives: the truth of a release,
    whatever files are made of it.
    """

    dataset = models.SlugField(_("dataset"), max_length=80)
    period = models.CharField(_("period"), max_length=7)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    grid_year = models.PositiveSmallIntegerField(_("year of the grid"))
    table = models.JSONField(_("table"))
    accounts = models.PositiveSmallIntegerField(_("number of accounts that pay"))
    epsilon = epsilon_field("epsilon")
    sensitivity = models.PositiveSmallIntegerField(_("sensitivity"))
    noise = models.JSONField(_("noise"), null=True)
    rows = models.JSONField(_("rows"), null=True)
    expected_error = models.FloatField(_("expected error"), null=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    drawn_at = models.DateTimeField(_("drawn"), null=True)
    # The link of the chain, which the database writes with the draw; null in what was drawn before there was one.
    chain_number = models.PositiveIntegerField(_("number in the chain"), null=True)
    chain_before = models.CharField(_("SHA-256 of the release before"), max_length=64, null=True)
    chain_sha256 = models.CharField(_("SHA-256 of the release"), max_length=64, null=True)

    objects = ReleaseQuerySet.as_manager()  # type: ignore[misc]  # the stubs take the base's for a class variable

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-first_day", "dataset"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "dataset", "period"], name="release_once"),
            models.UniqueConstraint(fields=["municipality", "id"], name="release_key"),
            models.UniqueConstraint(fields=["municipality", "chain_number"], name="release_chain_once"),
            models.CheckConstraint(
                condition=models.Q(noise__isnull=False, rows__isnull=True, drawn_at__isnull=True, sha256="")
                | models.Q(noise__isnull=True, rows__isnull=False, drawn_at__isnull=False, sha256__gt=""),
                name="release_booked_or_drawn",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def total(self) -> int:
        """The meldingen of the period by this table: its estimates added up, which is how they were made."""
        return sum(estimate for *_key, _draw, estimate, _lower, _upper in self.numbers)

    @property
    def numbers(self) -> list[list[Any]]:
        """The rows; ValueError while it is only booked."""
        if self.rows is None:
            raise ValueError(f"{self} is booked and not drawn")
        return list(self.rows)

    @property
    def day_and_time(self) -> datetime:
        """When it was drawn; ValueError while it is only booked."""
        if self.drawn_at is None:
            raise ValueError(f"{self} is booked and not drawn")
        return self.drawn_at

    @property
    def key(self) -> str:
        """What the register and the storage call it."""
        return f"{self.dataset}/{self.period}"


class ReleaseFile(Owned):
    """A file of a release, as it stands in the storage `releases`. A release is public when it has its files.

    A row is never changed. When the head of a file must say something else (a gap that was declared after the draw),
    the release gets the files of another `version` beside those that it had (`formats.version_of`). When a file is lost
    whose format gives other bytes each time, it gets another row: the last one counts.
    """

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
            models.UniqueConstraint(
                fields=["municipality", "release", "format", "version", "sha256"], name="release_file_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
