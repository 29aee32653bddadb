"""The files of a release: made from its stored rows, after the commit, and made again when they are lost."""

import hashlib
import logging
import posixpath
from collections.abc import Iterable

from django.core.files.storage import storages
from django.db import transaction

from analytics import grid
from analytics.grid import FixedGrid
from opendata import origin, versions
from opendata.datasets import caveats_of, document, of_release
from opendata.formats import Borders, Format, formats_of, version_of
from opendata.models import Release, ReleaseFile
from opendata.models.release import hash_of_rows
from opendata.registration import registration_of, registrations

logger = logging.getLogger(__name__)


class FilesDiffer(Exception):
    """A file has, or would get, other bytes or rows than were published."""


def write(release: Release) -> None:
    """Register the release, then write the files of its present version that are not there. Only after its draw was
    committed; may run twice.

    FilesDiffer when the rows are not those that were drawn, or a file that was public before would change.
    """
    with transaction.atomic():
        origin.lock(release.municipality)
        if hash_of_rows(release.dataset, release.period, release.numbers) != release.sha256:
            raise FilesDiffer(f"the rows of {release} are not those that were drawn")
        fixed_grid, borders = _keys(release)
        origin.add(release)
        caveats = caveats_of(release, registration_of(release.municipality))
        version, whole = version_of(caveats), document(release, fixed_grid, caveats)
        newest = {file.format: file for file in release.files.filter(version=version).order_by("pk")}
        for kind in formats_of(of_release(release)).values():
            before = newest.get(kind.name)
            if kind.is_reproducible or before is None or missing_of([before.name]):
                _write(release, kind, version, before, kind.render(whole, borders if kind.needs_borders else {}))


def incomplete() -> list[int]:
    """Ids of the releases of which a file of the present version has no row, or is not in the storage; oldest first.
    Three queries, however many releases there are.
    """
    names_of: dict[tuple[int, str], dict[str, str]] = {}
    rows = ReleaseFile.objects.order_by("pk").values_list("release_id", "version", "format", "name")
    for release_id, version, made_as, name in rows:
        names_of.setdefault((release_id, version), {})[made_as] = name  # the last one counts
    away = missing_of(name for files in names_of.values() for name in files.values())
    of_town = registrations()
    release_ids = []
    for release in Release.objects.drawn().defer("rows").order_by("pk"):
        files = names_of.get((release.pk, version_of(caveats_of(release, of_town[release.municipality_id]))), {})
        if not files.keys() >= formats_of(of_release(release)).keys() or not away.isdisjoint(files.values()):
            release_ids.append(release.pk)
    return release_ids


def missing_of(names: Iterable[str]) -> set[str]:
    """The names that the storage lacks. It is asked for one list per dataset, however many files there are."""
    names_to_find = set(names)
    return names_to_find - {
        name for folder in {posixpath.dirname(name) for name in names_to_find} for name in _names(folder)
    }


def _names(folder: str) -> set[str]:
    """The files in a folder of the storage, with the folder in their names; none when it is not there."""
    try:
        return {posixpath.join(folder, name) for name in storages["releases"].listdir(folder)[1]}
    except FileNotFoundError:
        return set()


def read(file: ReleaseFile) -> bytes:
    """The bytes of a file; OSError when the storage lacks it, FileBroken when others than were published."""
    return versions.read(file.name, file.sha256)


def _keys(release: Release) -> tuple[FixedGrid, Borders]:
    fixed_grid = grid.read(release.municipality, release.grid_year)
    if fixed_grid is None:
        raise FilesDiffer(f"the grid of {release} is gone")
    return fixed_grid, grid.borders(release.municipality, release.grid_year)


def _write(release: Release, kind: Format, version: str, before: ReleaseFile | None, content: bytes) -> None:
    """Store the content under a name of its own, so that whoever is cut off leaves the earlier file as it was."""
    sha256 = hashlib.sha256(content).hexdigest()
    if before is not None and before.sha256 == sha256:
        versions.save(before.name, content, kind.packs)
        return
    if before is not None and kind.is_reproducible:
        raise FilesDiffer(before.name)
    name = f"{release.municipality.code}/{release.dataset}/{release.period}.{sha256[:16]}.{kind.name}"
    versions.save(name, content, kind.packs)
    ReleaseFile.objects.create(
        municipality=release.municipality,
        release=release,
        format=kind.name,
        version=version,
        name=name,
        size=len(content),
        sha256=sha256,
    )
