"""The files of a whole history, `alles.csv` and its brothers: made anew when a period comes to it or is marked.

Months stay what they are, immutable; these files hold nothing that the months do not.
"""

import hashlib
import json
import logging
from collections.abc import Iterator

from django.db import transaction

from analytics import grid
from meldingen.tenancy.failures import contain_failures
from meldingen.tenancy.models import Municipality
from opendata import files, origin, queries, versions
from opendata.datasets import Document, document
from opendata.datasets.history import history
from opendata.formats import HISTORY_FORMATS, LAYOUT, version_of
from opendata.models import Release
from opendata.queries import PublicDataset
from opendata.registration import registration_of

logger = logging.getLogger(__name__)
NAME = "alles"
# One more whenever the same rows would be written otherwise than before.
HISTORY_LAYOUT = 1


def write(municipality: Municipality, slug: str) -> bool:
    """Write the whole history of a dataset when it is not there as it should be; whether anything was written."""
    with transaction.atomic():
        origin.lock(municipality)  # one writer of a pointer at a time
        public = queries.dataset(municipality, registration_of(municipality), slug)
        if public is None or is_current(municipality, public) or _is_behind(municipality, public):
            return False
        whole = history(public.dataset, municipality.code, _documents(municipality, public))
        day, stem = str(grid.today(municipality)), f"{_folder(municipality, slug)}/{NAME}"
        content = {
            kind.name: versions.store(stem, kind.name, kind.render(whole), day, kind.packs)
            for kind in HISTORY_FORMATS.values()
        }
        versions.write_pointer(_pointer(municipality, slug), versions.Pointer(made_of(public), whole.sha256, content))
    return True


def write_all(municipality: Municipality) -> int:
    """Those of every public dataset that are not there as they should be; how many were written. One that fails is
    logged and keeps no other back.
    """
    number = 0
    for one in queries.datasets(municipality, registration_of(municipality)):
        with contain_failures(f"the whole history of {one.dataset.slug} of {municipality.code} is not written"):
            number += not is_current(municipality, one) and write(municipality, one.dataset.slug)
    return number


def read(municipality: Municipality, slug: str) -> versions.Pointer | None:
    """The newest files, without a question to the database; None while there are none, PointerBroken when nobody can
    tell.
    """
    return versions.read_pointer(_pointer(municipality, slug))


def name_of(municipality: Municipality, slug: str, sha256: str, made_as: str) -> str:
    """Where the version with this checksum lies, if there is one."""
    return versions.name_of(f"{_folder(municipality, slug)}/{NAME}", sha256, made_as)


def is_current(municipality: Municipality, public: PublicDataset) -> bool:
    """Whether the files in the storage are those of what is public now."""
    try:
        pointer = read(municipality, public.dataset.slug)
    except versions.PointerBroken:
        logger.exception("the pointer of %s cannot be read", public.dataset.slug)
        return False
    if pointer is None or pointer.made_of != made_of(public) or pointer.files.keys() != HISTORY_FORMATS.keys():
        return False
    return not files.missing_of(version.name for version in pointer.files.values())


def made_of(public: PublicDataset) -> str:
    """Changes with every release, with what must be said of one, and with how they are written."""
    releases = sorted((one.release.period, one.release.sha256, version_of(one.caveats)) for one in public.releases)
    return hashlib.sha256(json.dumps([LAYOUT, HISTORY_LAYOUT, releases]).encode()).hexdigest()


def _is_behind(municipality: Municipality, public: PublicDataset) -> bool:
    """Whether more was published than is at hand: the files of then have more periods, and stay."""
    of_dataset = f"{public.dataset.slug}/"
    lacking = origin.lacking(municipality, (one.release for one in public.releases))
    keys = [key for key in lacking if key.startswith(of_dataset)]
    if keys:
        logger.error(
            "the whole history of %s stays as it is: %s was published before and is not here. "
            "See docs/privacy.md, 'After a restore'.",
            municipality.code,
            keys[0],
        )
    return bool(keys)


def _documents(municipality: Municipality, public: PublicDataset) -> Iterator[Document]:
    """Oldest first."""
    caveats = {one.release.pk: one.caveats for one in public.releases}
    releases = Release.objects.drawn().of(municipality).filter(pk__in=caveats).defer("noise").order_by("first_day")
    grids: dict[int, grid.FixedGrid] = {}
    for release in releases:
        if release.grid_year not in grids:
            fixed_grid = grid.read(municipality, release.grid_year)
            if fixed_grid is None:
                raise files.FilesDiffer(f"the grid of {release} is gone")
            grids[release.grid_year] = fixed_grid
        yield document(release, grids[release.grid_year], caveats[release.pk])


def _folder(municipality: Municipality, slug: str) -> str:
    return f"{municipality.code}/{slug}"


def _pointer(municipality: Municipality, slug: str) -> str:
    return f"{_folder(municipality, slug)}/{NAME}.json"
