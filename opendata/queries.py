"""What is public of a municipality: the releases whose files are written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q, Subquery

from meldingen.tenancy.models import Municipality
from opendata.datasets import Caveats, Dataset, caveats_of, of_release
from opendata.datasets.wording import period_in_words
from opendata.disclosure import Period
from opendata.formats import FORMATS, version_of
from opendata.models import Release, ReleaseFile
from opendata.registration import Registration, registration_of


@dataclass(frozen=True)
class PublicRelease:
    """One period of a dataset, with its files in the order of the formats and what must be said of it today. Its rows
    are not loaded.
    """

    release: Release
    files: tuple[ReleaseFile, ...]
    caveats: Caveats

    @property
    def links(self) -> list[tuple[str, ReleaseFile]]:
        """Each file with what people call its format."""
        return [(FORMATS[file.format].label, file) for file in self.files]

    @property
    def period_in_words(self) -> str:
        """ "July 2026", in the language of the reader."""
        return period_in_words(Period.parse(self.release.period))


@dataclass(frozen=True)
class PublicDataset:
    """A dataset with its public releases, newest first; there is at least one."""

    dataset: Dataset
    releases: list[PublicRelease] = field(default_factory=list)

    @property
    def latest(self) -> PublicRelease:
        return self.releases[0]


@dataclass(frozen=True)
class Summary:
    """A dataset in the list: how many periods of it are public, and the newest of them."""

    dataset: Dataset
    number: int
    latest: PublicRelease


def summaries(
    municipality: Municipality, registration: Registration, newest_of: Mapping[str, tuple[int, int]]
) -> list[Summary]:
    """All public datasets, by name, each with its newest release alone; one query, however much was published.

    `newest_of`: of each, how many of its periods are public and the id of the release of the newest, as a shelf of the
    figures has them.
    """
    if not newest_of:
        return []
    ids = [pk for _number, pk in newest_of.values()]
    latest = {one.release.dataset: one for one in _public(municipality, registration, Q(release__in=ids))}
    slugs = sorted(newest_of)
    return [Summary(of_release(latest[slug].release), newest_of[slug][0], latest[slug]) for slug in slugs]


def datasets(municipality: Municipality, registration: Registration) -> list[PublicDataset]:
    """All public datasets, by name; one query."""
    of_slug: dict[str, PublicDataset] = {}
    for release in _public(municipality, registration, Q()):
        slug = release.release.dataset
        of_slug.setdefault(slug, PublicDataset(of_release(release.release))).releases.append(release)
    return [of_slug[slug] for slug in sorted(of_slug)]


def dataset(municipality: Municipality, registration: Registration, slug: str) -> PublicDataset | None:
    """One public dataset, or None; one query."""
    releases = _public(municipality, registration, Q(release__dataset=slug))
    return PublicDataset(of_release(releases[0].release), releases) if releases else None


def releases_of(
    municipality: Municipality, registration: Registration, slug: str, periods: Iterable[Period]
) -> list[PublicRelease]:
    """Those of a dataset over these periods, newest first; one query."""
    return _public(municipality, registration, Q(release__dataset=slug, release__period__in=map(str, periods)))


def file(
    municipality: Municipality, slug: str, extension: str, period: str | None = None, sha256: str = ""
) -> ReleaseFile | None:
    """The file of a period, or of the newest one; of the present version, or the very one with this checksum. None when
    it is not public, or another one took its place.
    """
    files = ReleaseFile.objects.of(municipality).select_related("release").defer("release__rows", "release__noise")
    files = files.filter(release__dataset=slug, format=extension)
    if period is not None:
        files = files.filter(release__period=period)
    if sha256:
        the_file = files.filter(sha256=sha256).first()
        return None if the_file is None or files.filter(_takes_the_place_of(the_file)).exists() else the_file
    newest = files.order_by("-release__first_day").values("release_id")[:1]
    versions = list(files.filter(release_id=Subquery(newest)))
    if len(versions) < 2:
        return versions[0] if versions else None
    return _present(versions, caveats_of(versions[0].release, registration_of(municipality)))[0]


def _public(municipality: Municipality, registration: Registration, which: Q) -> list[PublicRelease]:
    rows = ReleaseFile.objects.of(municipality).select_related("release").defer("release__rows", "release__noise")
    rows = rows.filter(which).order_by("-release__first_day", "release_id")
    files: dict[int, list[ReleaseFile]] = {}
    for row in rows:
        files.setdefault(row.release_id, []).append(row)
    order = list(FORMATS)
    releases = []
    for group in files.values():
        caveats = caveats_of(group[0].release, registration)
        present = sorted(_present(group, caveats), key=lambda one: order.index(one.format))
        releases.append(PublicRelease(group[0].release, tuple(present), caveats))
    return releases


def _present(files: list[ReleaseFile], caveats: Caveats) -> list[ReleaseFile]:
    """Of the files of one release those of the present version; until they are written, those written last. One of each
    format: the last.
    """
    files = sorted(files, key=lambda one: one.pk)
    present = [one for one in files if one.version == version_of(caveats)]
    latest = present or [one for one in files if one.version == files[-1].version]
    return list({one.format: one for one in latest}.values())


def _takes_the_place_of(file: ReleaseFile) -> Q:
    """A later file of the same release, format and version: the earlier one was lost."""
    return Q(release_id=file.release_id, format=file.format, version=file.version, pk__gt=file.pk)
