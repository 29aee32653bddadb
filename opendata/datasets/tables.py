"""A release as a table with its published columns: what every format and every page is made from."""

from dataclasses import dataclass

from analytics.grid import FixedGrid
from opendata.datasets.caveats import Caveats
from opendata.datasets.columns import key_of
from opendata.datasets.declared import of_release
from opendata.datasets.keys import Names
from opendata.models import Release

Value = str | int | float | None


@dataclass(frozen=True)
class Document:
    """One release: the names of its columns, and its rows in the order of the grid."""

    dataset: str
    period: str
    municipality: str
    epsilon: str
    drawn_at: str
    # SHA-256 of the rows as they were drawn, and the columns that are the key of a row: with these anybody checks it.
    sha256: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[dict[str, Value], ...]
    # The code of the smallest area of each row, None where the table has no areas.
    places: tuple[str | None, ...]
    caveats: Caveats
    # Whose the borders are that go with the places, as they want it said; empty where nobody asks for it.
    attribution: str = ""
    # Number, SHA-256 of the release before it and of this one; None for what was drawn before there was a chain.
    link: tuple[int, str, str] | None = None


def document(release: Release, fixed_grid: FixedGrid, caveats: Caveats) -> Document:
    """The same release, grid and caveats give the same document, always: nothing depends on language or moment."""
    dataset = of_release(release)
    names, columns = Names(fixed_grid), tuple(column.name for column in dataset.columns)
    of_every_row: dict[str, Value] = {
        "verwachte_fout_procent": caveats.error_percent,
        "dagen_zonder_registratie": caveats.missing_days,
        "voorbehoud": "; ".join(caveats.in_file()),
        "grensjaar": fixed_grid.vintage,
        "epsilon": float(release.epsilon),
    }
    rows, places = [], []
    for *key, draw, estimate, lower, upper in release.numbers:
        cells: dict[str, Value] = {columns[0]: release.period, "gemeentecode": fixed_grid.municipality.code}
        cells |= names.cells(dataset.table, key)
        cells |= {"trekking": draw, "aantal": estimate, "ondergrens": lower, "bovengrens": upper} | of_every_row
        rows.append({column: cells[column] for column in columns})
        place = cells.get("buurtcode") or cells.get("wijkcode")
        places.append(None if place is None else str(place))
    return Document(
        release.dataset,
        release.period,
        fixed_grid.municipality.code,
        format(release.epsilon.normalize(), "f"),
        release.day_and_time.isoformat(timespec="seconds"),
        release.sha256,
        key_of(dataset.table),
        columns,
        tuple(rows),
        tuple(places),
        caveats,
        fixed_grid.attribution,
        link_of(release),
    )


def link_of(release: Release) -> tuple[int, str, str] | None:
    """Its place in the chain of its municipality. Written down in docs/datasets.md."""
    if release.chain_number is None or release.chain_before is None or release.chain_sha256 is None:
        return None
    return release.chain_number, release.chain_before, release.chain_sha256
