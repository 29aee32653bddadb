"""Answers to questions per 1,000 inhabitants or households: by who lives in what each figure was counted of."""

from opendata.disclosure import REST, Dimension, Grid
from opendata.figures.asking import Answer, Count, Counted, Figure, Where
from opendata.figures.living import counting
from opendata.figures.view import Measure


def count_by(measure: Measure, answer: Answer) -> Count:
    """What becomes of a figure of the answer; None where too few live there, or nobody knows how many."""
    year = answer.draws[-1].year
    counts = counting(year.fixed, measure)

    def count(figure: Figure) -> Counted | None:
        areas = areas_of(figure.where, year.grid)
        quantity, factor = counts.count_of(figure.quantity, areas), counts.factor_of(areas)
        return None if quantity is None or factor is None else Counted(quantity, factor)

    return count


def areas_of(where: Where, grid: Grid) -> tuple[str, ...]:
    """The areas that a selection lies in, the finest that it names; none for the whole town."""
    buurten, wijken = where.get(Dimension.BUURT), where.get(Dimension.WIJK)
    if buurten is None:
        # The gemeente stands in for the wijk of what lies in none: nobody knows how many live there.
        return tuple(REST if one == grid.gemeente else one for one in wijken or ())
    around = grid.coarse[Dimension.WIJK]
    return tuple(one for one in buurten if wijken is None or around.get(one) in wijken)
