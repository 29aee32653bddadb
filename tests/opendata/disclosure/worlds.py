"""Small invented grids and counts for the tests of the privacy core."""

from __future__ import annotations

from opendata.disclosure import Area, Category, Grid

YEAR = 2026


def make_grid(wijken: int = 2, buurten: int = 2, mains: int = 2, categories: int = 2, year: int = YEAR) -> Grid:
    """`buurten` per wijk and `categories` per main category."""
    return Grid(
        year,
        "GM0001",
        tuple(
            Area(f"BU{wijk:02}{buurt:02}", f"WK{wijk:02}", year) for wijk in range(wijken) for buurt in range(buurten)
        ),
        tuple(Category(f"c{main}-{one}", f"h{main}") for main in range(mains) for one in range(categories)),
    )


def skewed_counts(grid: Grid, volume: int) -> dict[tuple[str | None, ...], int]:
    """About `volume` meldingen, many in a few buurten and categories, none in most, as in any town; always the same."""
    weights = {
        (area.code, category.slug): 1 / ((1 + a) ** 0.7 * (1 + c) ** 1.2)
        for a, area in enumerate(grid.areas)
        for c, category in enumerate(grid.categories)
    }
    total = sum(weights.values())
    return {key: round(volume * weight / total) for key, weight in weights.items()}


def with_band(counts: dict[tuple[str | None, ...], int], band: str) -> dict[tuple[str | None, ...], int]:
    """The counts of a year in which everything took equally long."""
    return {(*key, band): count for key, count in counts.items()}
