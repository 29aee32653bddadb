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
from opendata.datasets import document
from opendata.formats import FORMATS, Borders, Format
from opendata.models import Release, ReleaseFile

logger = logging.getLogger(__name__)


class FilesDiffer(Exception):
    """A file would get other bytes than the ones that were published under its name."""


def write(release: Release) -> None:
    """Register the release, then write its files that are not there. Only after its draw was committed; may run twice.

    FilesDiffer when a file that was public before would change.
    """
    with transaction.atomic():
        register.lock(release.municipality_id)
        fixed, borders = _keys(release)
        register.add(fixed.gemeente, release)
        known = {file.format: file for file in release.files.all()}
        for made in FORMATS.values():
            content = made.render(document(release, fixed), borders if made.name == "geojson" else {})
            _write_one(release, fixed, made, content, known.get(made.name))


def incomplete() -> list[int]:
    """Ids of the releases of which a file has no row, or is not in the storage; oldest first. Two queries."""
    written: dict[int, list[str]] = {}
    for release, name in ReleaseFile.objects.values_list("release_id", "name"):
        written.setdefault(release, []).append(name)
    away = lost(itertools.chain.from_iterable(written.values()))
    return [
        release
        for release in Release.objects.order_by("pk").values_list("pk", flat=True)
        if len(names := written.get(release, [])) < len(FORMATS) or not away.isdisjoint(names)
    ]


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
    fixed = grid.read(release.municipality_id, release.grid_year)
    if fixed is None:
        raise FilesDiffer(f"the grid of {release} is gone")
    return fixed, grid.borders(release.municipality_id, release.grid_year)


def _write_one(release: Release, fixed: FixedGrid, made: Format, content: bytes, known: ReleaseFile | None) -> None:
    name = f"{fixed.gemeente}/{release.dataset}/{release.period}.{made.name}"
    sha256 = hashlib.sha256(content).hexdigest()
    if known is not None and known.sha256 != sha256:
        raise FilesDiffer(name)
    storages["releases"].save(name, ContentFile(content))
    if known is None:
        ReleaseFile.objects.create(
            municipality_id=release.municipality_id,
            release=release,
            format=made.name,
            name=name,
            size=len(content),
            sha256=sha256,
        )
