"""What the catalogue tells of: all of it is there, or there is no catalogue. What is missing, harvesters delete."""

import hashlib
from dataclasses import dataclass

from analytics import grid
from meldingen.tenancy.models import Municipality
from opendata import files, histories, maps, origin, versions
from opendata.datasets.caveats import Caveats
from opendata.formats import HISTORY_FORMATS, MAP_FORMATS, formats_of
from opendata.models import Release
from opendata.queries import PublicDataset, PublicRelease, datasets
from opendata.refusals import NotTheOriginal
from opendata.registration import registration_of

# What the catalogue tells of a municipality.
ABOUT = ("code", "name", "publisher_name", "publisher_uri", "contact_email", "phone")
# One more whenever the same things are described otherwise than before.
LAYOUT = 3


class NothingPublished(Exception):
    """There is no release yet, and a catalogue without datasets is none."""


class CatalogueIncomplete(Exception):
    """Something that belongs in the catalogue is missing: no catalogue at all is better than half of one."""


@dataclass(frozen=True)
class Contents:
    """The datasets, their whole histories by name, and the areas by their year of borders."""

    datasets: list[PublicDataset]
    histories: dict[str, versions.Pointer]
    areas: dict[int, versions.Pointer]

    def fingerprint(self, here: Municipality, root: str) -> str:
        """Changes with whatever is told. Releases and their files never change; their caveats do."""
        about = [LAYOUT, root, *(getattr(here, name) for name in ABOUT)]
        releases = [_content(release) for dataset in self.datasets for release in dataset.releases]
        pointers = [sorted((name, file.sha256) for name, file in one.files.items()) for one in self._pointers()]
        return hashlib.sha256(repr((about, releases, pointers)).encode()).hexdigest()

    def _pointers(self) -> list[versions.Pointer]:
        return [*self.histories.values(), *self.areas.values()]


def gather(here: Municipality) -> Contents:
    """All that is public. CatalogueIncomplete when anything of it is missing, NothingPublished while there is none."""
    public = datasets(here, registration_of(here))
    _check_releases(here, public)
    if not public:
        raise NothingPublished
    whole = {one.dataset.slug: _pointer(here, one.dataset.slug) for one in public}
    # The grid of next year is fixed before anything of it is drawn, and its areas may not be written yet.
    years = {one.release.grid_year for dataset in public for one in dataset.releases}
    areas = {vintage: _areas(here, vintage) for vintage in grid.vintages(here, years)}
    _check_files([*(file for one in (*whole.values(), *areas.values()) for file in one.files.values())])
    return Contents(public, whole, areas)


def _content(release: PublicRelease) -> tuple[Caveats, list[int]]:
    return release.caveats, [file.pk for file in release.files]


def _check_releases(here: Municipality, public_datasets: list[PublicDataset]) -> None:
    """Every release of the database is public with all its formats, and so is every release of the register."""
    public = {release.release.key: release for dataset in public_datasets for release in dataset.releases}
    incomplete = [
        release.release.key
        for dataset in public_datasets
        for release in dataset.releases
        if not {file.format for file in release.files} >= formats_of(dataset.dataset).keys()
    ]
    draws = Release.objects.drawn().of(here).values_list("dataset", "period")
    try:
        keys = set(origin.read(here)) | {f"{dataset}/{period}" for dataset, period in draws}
    except NotTheOriginal as error:
        raise CatalogueIncomplete(str(error)) from error
    missing = incomplete or sorted(keys - public.keys())
    if missing:
        raise CatalogueIncomplete(f"{missing[0]} has no files")
    away = files.missing_of(file.name for release in public.values() for file in release.files)
    if away:
        raise CatalogueIncomplete(f"{min(away)} is not in the storage")


def _check_files(all_files: list[versions.Version]) -> None:
    away = files.missing_of(file.name for file in all_files)
    if away:
        raise CatalogueIncomplete(f"{min(away)} is not in the storage")


def _pointer(here: Municipality, slug: str) -> versions.Pointer:
    try:
        pointer = histories.read(here, slug)
    except versions.PointerBroken as error:
        raise CatalogueIncomplete(f"the whole history of {slug} cannot be read") from error
    if pointer is None or not pointer.files.keys() >= HISTORY_FORMATS.keys():
        raise CatalogueIncomplete(f"{slug} has no files of its whole history")
    return pointer


def _areas(here: Municipality, vintage: int) -> versions.Pointer:
    try:
        pointer = maps.read(here, vintage)
    except versions.PointerBroken as error:
        raise CatalogueIncomplete(f"the areas of {vintage} cannot be read") from error
    if pointer is None or not pointer.files.keys() >= MAP_FORMATS.keys():
        raise CatalogueIncomplete(f"the areas of {vintage} have no files")
    return pointer
