"""The files of a release: made from its stored rows, after the commit, and made again when they are lost."""

import hashlib
import itertools
import logging
import posixpath
from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction

from analytics import grid
from analytics.grid import FixedGrid
from opendata import register
from opendata.datasets import caveats_of, document
from opendata.formats import FORMATS, Borders, Format, version_of
from opendata.models import Release, ReleaseFile
from opendata.registration import registration_of, registrations

logger = logging.getLogger(__name__)


class FilesDiffer(Exception):
    """A file would get other bytes than the ones that were published under its name."""


def write(release: Release) -> None:
    """Register the release, then write the files of its present version that are not there. Only after its draw was
    committed; may run twice.

    FilesDiffer when a file that was public before would change.
    """
    with transaction.atomic():
        register.lock(release.municipality)
        fixed, borders = _keys(release)
        register.add(release)
        caveats = caveats_of(release, registration_of(release.municipality))
        known = {file.format: file for file in release.files.filter(version=version_of(caveats))}
        for made in FORMATS.values():
            content = made.render(document(release, fixed, caveats), borders if made.name == "geojson" else {})
            if made.name in known:
                _write_again(known[made.name], content)
            else:
                _write_first(release, fixed, made, content, version_of(caveats))


def incomplete() -> list[int]:
    """Ids of the releases of which a file of the present version has no row, or is not in the storage; oldest first.
    Three queries, however many releases there are.
    """
    written: dict[tuple[int, str], list[str]] = {}
    for release_id, made_as, name in ReleaseFile.objects.values_list("release_id", "version", "name"):
        written.setdefault((release_id, made_as), []).append(name)
    away = lost(itertools.chain.from_iterable(written.values()))
    declared = registrations()
    found = []
    for release in Release.objects.drawn().defer("rows", "table").order_by("pk"):
        names = written.get((release.pk, version_of(caveats_of(release, declared[release.municipality_id]))), [])
        if len(names) < len(FORMATS) or not away.isdisjoint(names):
            found.append(release.pk)
    return found


def lost(names: Iterable[str]) -> set[str]:
    """The names that the storage lacks. It is asked for one list per dataset, however many files there are."""
    wanted = set(names)
    return wanted - {name for folder in {posixpath.dirname(name) for name in wanted} for name in _names(folder)}


def _names(folder: str) -> set[str]:
    """The files in a folder of the storage, with the folder in their names; none when it is not there."""
    try:
        return {posixpath.join(folder, name) for name in storages["releases"].listdir(folder)[1]}
    except FileNotFoundError:
        return set()


def read(file: ReleaseFile) -> bytes:
    """The bytes of a file; OSError when the storage lacks it, FilesDiffer when others than were published."""
    with storages["releases"].open(file.name) as opened:
        content: bytes = opened.read()
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise FilesDiffer(file.name)
    return content


def _keys(release: Release) -> tuple[FixedGrid, Borders]:
    fixed = grid.read(release.municipality, release.grid_year)
    if fixed is None:
        raise FilesDiffer(f"the grid of {release} is gone")
    return fixed, grid.borders(release.municipality, release.grid_year)


def _write_again(known: ReleaseFile, content: bytes) -> None:
    if hashlib.sha256(content).hexdigest() != known.sha256:
        raise FilesDiffer(known.name)
    storages["releases"].save(known.name, ContentFile(content))


def _write_first(release: Release, fixed: FixedGrid, made: Format, content: bytes, made_as: str) -> None:
    name = f"{fixed.municipality.code}/{release.dataset}/{release.period}.{made_as[:12]}.{made.name}"
    storages["releases"].save(name, ContentFile(content))
    ReleaseFile.objects.create(
        municipality_id=release.municipality_id,
        release=release,
        format=made.name,
        version=made_as,
        name=name,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
