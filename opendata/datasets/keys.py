"""From the fixed grid of analytics to the grid of the privacy core, and from keys back to names."""

from analytics.grid import FixedGrid
from opendata import disclosure
from opendata.disclosure import Dimension, Table


def disclosure_grid(fixed_grid: FixedGrid) -> disclosure.Grid:
    """The same keys, as the privacy core wants them. The year is that of the grid, whatever the year of the borders."""
    return disclosure.Grid(
        fixed_grid.year,
        fixed_grid.municipality.code,
        tuple(disclosure.Area(area.code, area.parent, fixed_grid.year) for area in fixed_grid.buurten()),
        tuple(disclosure.Category(category.slug, category.main) for category in fixed_grid.categories),
    )


class Names:
    """The names that belong to the keys of one grid."""

    def __init__(self, fixed_grid: FixedGrid) -> None:
        self.areas = {(area.level, area.code): area for area in fixed_grid.areas}
        self.categories = {category.slug: category for category in fixed_grid.categories}
        self.mains = {category.main: category.main_nl for category in fixed_grid.categories}

    def cells(self, table: Table, key: list[str]) -> dict[str, str]:
        """Published column -> text, for one key of a table."""
        texts: dict[str, str] = {}
        for dimension, code in zip(table.dimensions, key, strict=True):
            texts |= self.cell(dimension, code)
        return texts

    def cell(self, dimension: Dimension, code: str) -> dict[str, str]:
        """Published column -> text, for one value of a dimension."""
        match dimension:
            case Dimension.GEMEENTE:
                return {}
            case Dimension.WIJK:
                return self._wijk(code)
            case Dimension.BUURT:
                buurt = self.areas["buurt", code]
                return self._wijk(buurt.parent) | {"buurtcode": code, "buurtnaam": buurt.name}
            case Dimension.MAIN_CATEGORY:
                return self._main(code)
            case Dimension.CATEGORY:
                category = self.categories[code]
                return self._main(category.main) | {"categoriecode": code, "categorie": category.name_nl}
            case Dimension.HANDLING_TIME:
                return {"afhandeltijd": code}

    def _wijk(self, code: str) -> dict[str, str]:
        # A buurt may lie directly in the gemeente, which then stands in for the wijk.
        wijk = self.areas.get(("wijk", code)) or self.areas["gemeente", code]
        return {"wijkcode": code, "wijknaam": wijk.name}

    def _main(self, code: str) -> dict[str, str]:
        return {"hoofdcategoriecode": code, "hoofdcategorie": self.mains[code]}
