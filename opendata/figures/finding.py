"""What a view tells, in words, never stronger than its interval: a sentence on top and what must be said with it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opendata.datasets.declared import dimension_in_words
from opendata.datasets.wording import Words, period_in_words
from opendata.figures.seeing import Number, Sight
from opendata.figures.verdict import shown
from opendata.figures.view import Choices, Measure, View


@dataclass(frozen=True)
class Finding:
    """The sentence on top, and those below it."""

    headline: str
    sentences: tuple[str, ...]


def finding(sight: Sight, choices: Choices) -> Finding:
    """The finding of a view, in the language of the reader."""
    if sight.view.by is None:
        return Finding(_headline_through_time(sight, choices), tuple(_said_through_time(sight)))
    return Finding(_headline_side_by_side(sight, choices), tuple(_said_side_by_side(sight)))


def counted_in_words(view: View, choices: Choices) -> str:
    """ "meldingen per 1,000 inhabitants about Dumping in West": what the numbers of a view are."""
    words = Words(choices.year.fixed)
    words_of_measure = measure_in_words(view.measure)
    if view.category:
        category = words.name(choices.categories[view.category], view.category)
        words_of_measure = _("%(counted)s about %(category)s") % {"counted": words_of_measure, "category": category}
    if view.area:
        area = words.name(choices.areas[view.area], view.area)
        words_of_measure = _("%(counted)s in %(area)s") % {"counted": words_of_measure, "area": area}
    return words_of_measure


def measure_in_words(measure: Measure) -> str:
    """What is counted."""
    match measure:
        case Measure.COUNT:
            return _("meldingen")
        case Measure.PER_INHABITANT:
            return _("meldingen per 1,000 inhabitants")
        case Measure.PER_HOUSEHOLD:
            return _("meldingen per 1,000 households")


def bounds_in_words(number: Number) -> str:
    """ "28 to 44", as exactly as the number itself is said."""
    return _("%(lower)s to %(upper)s") % _bounds(number)


def _bounds(number: Number) -> dict[str, str]:
    interval, digits = number.interval, 0 if number.quantity.whole else 1
    lower, upper = (number_format(float(one), digits, force_grouping=True) for one in (interval.lower, interval.upper))
    return {"lower": lower, "upper": upper}


def _headline_through_time(sight: Sight, choices: Choices) -> str:
    view, mine, verdict = sight.view, sight.last.mine, sight.verdict
    if mine is None:
        return ""
    facts = {
        "period": period_in_words(view.period),
        "number": shown(mine.quantity),
        "counted": counted_in_words(view, choices),
        "earlier": period_in_words(sight.earlier) if sight.earlier else sight.theirs,
    }
    if verdict is None:
        return capfirst(_("in %(period)s about %(number)s %(counted)s") % facts)
    facts["other"] = shown(verdict.other)
    if verdict.is_noise:
        words = _("in %(period)s about %(number)s %(counted)s: no difference to be seen with %(earlier)s (%(other)s)")
    elif verdict.difference.value > 0:
        words = _("in %(period)s more %(counted)s than in %(earlier)s: %(number)s against %(other)s")
    else:
        words = _("in %(period)s fewer %(counted)s than in %(earlier)s: %(number)s against %(other)s")
    return capfirst(words % facts)


def _said_through_time(sight: Sight) -> Iterator[str]:
    if sight.last.mine is not None:
        words = _("The true number lies between %(lower)s and %(upper)s, 9 times out of 10.")
        yield words % _bounds(sight.last.mine)
    if sight.verdict is not None:
        yield from sight.verdict.in_words()
    yield from _of_rates(sight.view)
    yield from sight.notes


def _headline_side_by_side(sight: Sight, choices: Choices) -> str:
    top, verdict, view = sight.rows[0] if sight.rows else None, sight.verdict, sight.view
    if top is None or top.mine is None or verdict is None or view.by is None:
        return capfirst(counted_in_words(view, choices))
    facts = {
        "by": dimension_in_words(view.by),
        "counted": counted_in_words(view, choices),
        "period": period_in_words(view.period),
        "name": top.name,
        "number": shown(top.mine.quantity),
        "theirs": sight.theirs,
        "other": shown(verdict.other),
    }
    if sight.theirs:
        if verdict.is_noise:
            return capfirst(_("no %(by)s differs more than our noise: %(period)s beside %(theirs)s") % facts)
        return capfirst(
            _("largest difference: %(name)s, %(number)s %(counted)s in %(period)s against %(other)s for %(theirs)s")
            % facts
        )
    if verdict.is_noise:
        return capfirst(
            _("in %(period)s no %(by)s stands out as the one with most %(counted)s: the highest lie too close together")
            % facts
        )
    return capfirst(_("most %(counted)s in %(period)s: %(name)s (%(number)s)") % facts)


def _said_side_by_side(sight: Sight) -> Iterator[str]:
    verdict = sight.verdict
    if verdict is not None and sight.theirs:
        yield from verdict.in_words()
        number = verdict.candidates
        yield ngettext(
            "It is the largest of %(number)d difference; that is allowed for.",
            "It is the largest of %(number)d differences; that is allowed for.",
            number,
        ) % {"number": number}
    elif verdict is not None:
        yield _("What stands on top may do so by chance: each number has noise, and the highest were chosen from all.")
    if any(row.mine is None for row in sight.rows):
        yield _("Without a number: too few people live there (under 300), or nobody knows how many.")
    yield from _of_rates(sight.view)
    yield from sight.notes


def _of_rates(view: View) -> Iterator[str]:
    if view.measure is not Measure.COUNT:
        yield _("More meldingen do not always mean more problems: some people report sooner, and visitors report too.")


__all__ = ["Finding", "bounds_in_words", "counted_in_words", "finding", "measure_in_words"]
