"""What is public of a municipality: the releases whose files are written."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from opendata.datasets import Dataset, of_release
from opendata.disclosure import Period, PeriodKind
from opendata.formats import FORMATS
from opendata.models import Release, ReleaseFile


@dataclass(frozen=True)
class PublicRelease:
    """One period of a dataset, with its files in the order of the formats. Its rows are not loaded."""

    release: Release
    files: tuple[ReleaseFile, ...]

    @property
    def links(self) -> list[tuple[str, ReleaseFile]]:
        """Each file with what people call its format."""
        return [(FORMATS[file.format].label, file) for file in self.files]

    @property
    def period_in_words(self) -> str:
        """ "July 2026", in the language of the reader."""
        return period_in_words(self.release)


@dataclass(frozen=True)
class PublicDataset:
    """A dataset with its public releases, newest first; there is at least one."""

    dataset: Dataset
    releases: list[PublicRelease] = field(default_factory=list)

    @property
    def latest(self) -> PublicRelease:
        """The newest."""
        return self.releases[0]


def period_in_words(release: Release) -> str:
    """The period of a release, in the language of the reader."""
    match Period.parse(release.period).kind:
        case PeriodKind.MONTH:
            return date_format(release.first_day, "F Y")
        case PeriodKind.QUARTER:
            number = (release.first_day.month + 2) // 3
            return _("quarter %(number)s of %(year)s") % {"number": number, "year": release.first_day.year}
        case PeriodKind.YEAR:
            return str(release.first_day.year)


def datasets(municipality_id: int) -> list[PublicDataset]:
    """All public datasets, by name; one query."""
    found: dict[str, PublicDataset] = {}
    for release in _public(municipality_id, {}):
        slug = release.release.dataset
        found.setdefault(slug, PublicDataset(of_release(release.release))).releases.append(release)
    return [found[slug] for slug in sorted(found)]


def dataset(municipality_id: int, slug: str) -> PublicDataset | None:
    """One public dataset, or None; one query."""
    releases = _public(municipality_id, {"release__dataset": slug})
    return PublicDataset(of_release(releases[0].release), releases) if releases else None


def file(municipality_id: int, slug: str, extension: str, period: str | None = None) -> ReleaseFile | None:
    """The file of a period, or of the newest one; None when it is not public."""
    files = ReleaseFile.objects.select_related("release").defer("release__rows")
    files = files.filter(municipality_id=municipality_id, release__dataset=slug, format=extension)
    if period is not None:
        files = files.filter(release__period=period)
    return files.order_by("-release__first_day").first()


def _public(municipality_id: int, which: Mapping[str, str]) -> list[PublicRelease]:
    rows = ReleaseFile.objects.select_related("release").defer("release__rows")
    rows = rows.filter(municipality_id=municipality_id, **which).order_by("-release__first_day", "release_id")
    files: dict[int, list[ReleaseFile]] = {}
    for row in rows:
        files.setdefault(row.release_id, []).append(row)
    order = list(FORMATS)
    return [
        PublicRelease(group[0].release, tuple(sorted(group, key=lambda one: order.index(one.format))))
        for group in files.values()
    ]
