"""The rows of a view as a page says them: what the table and the bars both say is put into words once."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from opendata.figures.finding import bounds_in_words
from opendata.figures.seeing import Row, Sight
from opendata.figures.verdict import difference_in_words, shown
from opendata.pictures.bars import Bar
from opendata.portal import controls, drawing


@dataclass(frozen=True)
class Line:
    """A row of a page: its number, its bar, and the address of it alone."""

    row: Row
    bar: Bar | None
    link: str
    is_judged: bool = True

    @cached_property
    def number(self) -> str:
        """Empty for what is not known."""
        return shown(self.row.mine.quantity) if self.row.mine else ""

    @cached_property
    def bounds(self) -> str:
        return bounds_in_words(self.row.mine) if self.row.mine else ""

    @cached_property
    def other(self) -> str:
        """The number that it stands beside."""
        return shown(self.row.theirs.quantity) if self.row.theirs else ""

    @cached_property
    def difference(self) -> str:
        """Empty where there is none, or where the two are not alike."""
        return difference_in_words(self.row.verdict) if self.row.verdict and self._is_told else ""

    @cached_property
    def judged(self) -> str:
        """What the difference is worth."""
        if not self.row.verdict or not self._is_told:
            return ""
        return _("may be noise") if self.row.verdict.is_noise else _("more than our noise")

    @property
    def _is_told(self) -> bool:
        return self.row.is_like and self.is_judged

    @cached_property
    def is_quiet(self) -> bool:
        return bool(self.row.mine and self.row.mine.is_quiet)


def lines_of(sight: Sight) -> list[Line]:
    """A line for each row."""
    found = zip(sight.rows, drawing.bars_of(sight), strict=True)
    return [Line(row, bar, controls.link_of(row, sight.view), sight.is_judged) for row, bar in found]
