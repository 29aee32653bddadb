"""The files of areas, one for each year of borders: they go with every table of that year, so no table repeats them."""

import hashlib
import logging
from collections.abc import Callable

from django.db import transaction

from analytics import grid
from analytics.grid import AreaMap
from meldingen.tenancy.failures import contain_failures
from meldingen.tenancy.models import Municipality
from opendata import files, origin, versions
from opendata.formats import MAP_FORMATS, maps

logger = logging.getLogger(__name__)
RENDER: dict[str, Callable[[AreaMap], bytes]] = {"geojson": maps.geojson, "gpkg": maps.geopackage}


def write_all(municipality: Municipality) -> int:
    """Write the areas of every year of borders that are not there as they are known now; how many years. One that fails
    is logged and keeps no other back.
    """
    number = 0
    for vintage in grid.vintages(municipality):
        with contain_failures(f"the areas of {vintage} of {municipality.code} are not written"):
            number += write(municipality, vintage)
    return number


def write(municipality: Municipality, vintage: int) -> bool:
    """Whether anything was written. Borders never change; how many people live within them may become known."""
    area_map = grid.area_map(municipality, vintage)
    if area_map is None:
        return False
    made_of = hashlib.sha256(maps.geojson(area_map)).hexdigest()
    with transaction.atomic():
        origin.lock(municipality)
        if _is_current(municipality, vintage, made_of):
            return False
        day, stem = str(grid.today(municipality)), _stem(municipality, vintage)
        files_of_kinds = {
            kind.name: versions.store(stem, kind.name, RENDER[kind.name](area_map), day, kind.packs)
            for kind in MAP_FORMATS.values()
        }
        versions.write_pointer(f"{stem}.json", versions.Pointer(made_of, made_of, files_of_kinds))
    return True


def read(municipality: Municipality, vintage: int) -> versions.Pointer | None:
    """The newest files, without a question to the database; None while there are none, PointerBroken when nobody can
    tell.
    """
    return versions.read_pointer(f"{_stem(municipality, vintage)}.json")


def _is_current(municipality: Municipality, vintage: int, made_of: str) -> bool:
    try:
        pointer = read(municipality, vintage)
    except versions.PointerBroken:
        logger.exception("the pointer of the areas of %s of %s cannot be read", vintage, municipality.code)
        return False
    if pointer is None or pointer.made_of != made_of:
        return False
    return not files.missing_of(one.name for one in pointer.files.values())


def is_written(municipality: Municipality, vintage: int) -> bool:
    """Whether there is anything to link to."""
    return not files.missing_of([f"{_stem(municipality, vintage)}.json"])


def name_of(municipality: Municipality, vintage: int, sha256: str, made_as: str) -> str:
    """Where the version with this checksum lies, if there is one."""
    return versions.name_of(_stem(municipality, vintage), sha256, made_as)


def _stem(municipality: Municipality, vintage: int) -> str:
    return f"{municipality.code}/gebieden/gebieden-{vintage}"
