"""On how many days of a period meldingen were not registered, and what that says of two that are compared."""

from collections.abc import Sequence

from opendata.datasets.wording import period_in_words
from opendata.disclosure import Period
from opendata.figures.verdict import unlike_in_words
from opendata.registration import ONE_DAY, Registration, missing, number_of_days


def missing_days(registration: Registration, periods: Sequence[Period]) -> dict[Period, int]:
    """Of the periods that miss any, how many."""
    numbers = ((one, number_of_days(missing(registration, one.first_day, one.day_after - ONE_DAY))) for one in periods)
    return {period: number for period, number in numbers if number}


def unlike_days(registration: Registration, periods: Sequence[Period], others: Sequence[Period]) -> str:
    """Why two runs of periods are not judged, in words: of one of them fewer days were registered. Empty where as many
    are missing of both.
    """
    mine, theirs = (sum(missing_days(registration, run).values()) for run in (periods, others))
    if mine == theirs:
        return ""
    number, run = (mine, periods) if mine > theirs else (theirs, others)
    ends = dict.fromkeys(period_in_words(one) for one in (run[0], run[-1]))
    return unlike_in_words(number, " – ".join(ends))
