"""The files of areas, one for each year of borders: they go with every table of that year, so no table repeats them."""

import hashlib
from collections.abc import Callable

from django.db import transaction

from analytics import grid
from analytics.grid import AreaMap
from meldingen.tenancy.models import Municipality
from opendata import files, origin, versions
from opendata.formats import MAP_FORMATS, maps

RENDER: dict[str, Callable[[AreaMap], bytes]] = {"geojson": maps.geojson, "gpkg": maps.geopackage}


def write_all(municipality: Municipality) -> int:
    """Write the areas of every year of borders that are not there as they are known now; how many years."""
    return sum(write(municipality, vintage) for vintage in grid.vintages(municipality))


def write(municipality: Municipality, vintage: int) -> bool:
    """Whether anything was written. Borders never change; how many people live within them may become known."""
    drawn = grid.area_map(municipality, vintage)
    if drawn is None:
        return False
    made_of = hashlib.sha256(maps.geojson(drawn)).hexdigest()
    with transaction.atomic():
        origin.lock(municipality)
        known = read(municipality, vintage)
        if known is not None and known.made_of == made_of and not files.lost(one.name for one in known.files.values()):
            return False
        day, stem = str(grid.today(municipality)), _stem(municipality, vintage)
        written = {
            made.name: versions.store(stem, made.name, RENDER[made.name](drawn), day, made.packs)
            for made in MAP_FORMATS.values()
        }
        versions.write_pointer(f"{stem}.json", versions.Pointer(made_of, made_of, written))
    return True


def read(municipality: Municipality, vintage: int) -> versions.Pointer | None:
    """The newest files, without a question to the database; None while there are none."""
    return versions.read_pointer(f"{_stem(municipality, vintage)}.json")


def is_written(municipality: Municipality, vintage: int) -> bool:
    """Whether there is anything to link to."""
    return not files.lost([f"{_stem(municipality, vintage)}.json"])


def name_of(municipality: Municipality, vintage: int, sha256: str, made_as: str) -> str:
    """Where the version with this checksum lies, if there is one."""
    return versions.name_of(_stem(municipality, vintage), sha256, made_as)


def _stem(municipality: Municipality, vintage: int) -> str:
    return f"{municipality.code}/gebieden/gebieden-{vintage}"
