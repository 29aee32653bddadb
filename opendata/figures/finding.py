"""What a view tells, in words, never stronger than its interval: a sentence on top and what must be said with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opendata.datasets.declared import dimension_in_words
from opendata.datasets.wording import Words, period_in_words
from opendata.disclosure import Dimension
from opendata.disclosure.grid import HANDLING_TIMES
from opendata.disclosure.intervals import Quantity
from opendata.figures.asking import Answer, Question
from opendata.figures.reading import Draw
from opendata.figures.seeing import Number, Sight
from opendata.figures.spans import Span, spans_of
from opendata.figures.verdict import (
    DOWN,
    UP,
    Verdict,
    difference_in_words,
    rounded,
    shown,
    unjudged_in_words,
    unlike_in_words,
)
from opendata.figures.view import Choices, Measure, Shape, View

WITHIN_A_WEEK = frozenset(name for name, limit in HANDLING_TIMES if limit <= timedelta(weeks=1))


@dataclass(frozen=True)
class Finding:
    """The sentence on top, and those below it."""

    headline: str
    sentences: tuple[str, ...]


def finding(sight: Sight, choices: Choices) -> Finding:
    """The finding of a view, in the language of the reader."""
    if sight.view.by is None:
        return Finding(_headline_through_time(sight, choices), tuple(_said_through_time(sight)))
    return Finding(_headline_side_by_side(sight, choices), tuple(_said_side_by_side(sight, choices)))


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
            return _("reports")
        case Measure.PER_INHABITANT:
            return _("reports per 1,000 inhabitants")
        case Measure.PER_HOUSEHOLD:
            return _("reports per 1,000 households")


def bounds_in_words(number: Number) -> str:
    """ "28 to 44", as exactly as the number itself is said."""
    return _("%(lower)s to %(upper)s") % _bounds(number)


def _bounds(number: Number) -> dict[str, str]:
    interval, digits = number.interval, 0 if number.quantity.whole else 1
    return {"lower": rounded(interval.lower, digits, DOWN), "upper": rounded(interval.upper, digits, UP)}


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
    if (span := _other_tale(sight)) is not None:
        return capfirst(f"{_of_span(span, facts['counted'], sight)}; {_of_period(verdict, facts)}")
    if not sight.is_judged:
        words = _("in %(period)s about %(number)s %(counted)s, and %(other)s in %(earlier)s")
    elif sight.incomplete is not None:
        words = _("in %(period)s about %(number)s %(counted)s, in %(earlier)s %(other)s: not comparable")
    elif verdict.is_noise:
        words = _("in %(period)s about %(number)s %(counted)s: no difference to be seen with %(earlier)s (%(other)s)")
    elif not verdict.is_clear:
        words = _("in %(period)s about %(number)s %(counted)s, in %(earlier)s %(other)s: it may well be chance")
    elif verdict.difference.value > 0:
        words = _("in %(period)s more %(counted)s than in %(earlier)s: %(number)s against %(other)s")
    else:
        words = _("in %(period)s fewer %(counted)s than in %(earlier)s: %(number)s against %(other)s")
    return capfirst(words % facts)


def _other_tale(sight: Sight) -> Span | None:
    """Periods together that tell something else than one of them: what one month shows may be nothing in a year, and
    what a year shows be seen in no month. A reader of the headline alone is to know of both.
    """
    verdict = sight.verdict
    if verdict is None or not sight.is_judged or sight.incomplete is not None:
        return None
    if not (sight.view.against_area or sight.is_a_year_apart):
        return None
    spans = spans_of(sight)
    if not verdict.is_clear:
        return next((one for one in spans if one.verdict.is_clear), None)
    rises, longest = verdict.difference.value > 0, spans[-1].verdict if spans else verdict
    return spans[-1] if not longest.is_clear or (longest.difference.value > 0) != rises else None


def _of_span(span: Span, counted: str, sight: Sight) -> str:
    facts = {
        "name": span.name[:1].lower() + span.name[1:],
        "counted": counted,
        "beside": sight.theirs or _("a year before"),
        "number": shown(span.verdict.one),
        "other": shown(span.verdict.other),
    }
    if not span.verdict.is_clear:
        words = _("%(counted)s, %(name)s: no clear difference with %(beside)s (%(number)s against %(other)s)")
    elif span.verdict.difference.value > 0:
        words = _("%(name)s more %(counted)s than %(beside)s: %(number)s against %(other)s")
    else:
        words = _("%(name)s fewer %(counted)s than %(beside)s: %(number)s against %(other)s")
    return words % facts


def _of_period(verdict: Verdict, facts: Mapping[str, str]) -> str:
    """The same of one period, short."""
    if not verdict.is_clear:
        return _("in %(period)s no clear difference (%(number)s against %(other)s)") % facts
    if verdict.difference.value > 0:
        return _("in %(period)s there were more (%(number)s against %(other)s)") % facts
    return _("in %(period)s there were fewer (%(number)s against %(other)s)") % facts


def _verdict_in_words(sight: Sight, row: str) -> Iterator[str]:
    """The two sentences of a verdict with what the two numbers are of; where two periods were not registered alike,
    that instead.
    """
    if sight.verdict is None:
        return
    if not sight.is_judged:
        yield unjudged_in_words()
        return
    if sight.incomplete is not None:
        yield unlike_in_words(sight.missing_days[sight.incomplete], period_in_words(sight.incomplete))
        return
    mine = sight.here if sight.view.against_area else period_in_words(sight.view.period)
    theirs = period_in_words(sight.compared) if sight.compared else sight.theirs
    words = _("The difference is %(difference)s: the true one lies between these bounds, 9 times out of 10.")
    if row:
        words = _(
            "The difference of %(name)s is %(difference)s: the true one lies between these bounds, 9 times out of 10."
        )
    yield words % {"difference": difference_in_words(sight.verdict), "name": row}
    yield from sight.verdict.in_words((f"{row}, {mine}" if row else mine, theirs))


def _said_through_time(sight: Sight) -> Iterator[str]:
    if sight.last.mine is not None:
        words = _("The true number lies between %(lower)s and %(upper)s, 9 times out of 10.")
        yield words % _bounds(sight.last.mine)
        yield from _of_moved(sight.last.mine)
    yield from _verdict_in_words(sight, "")
    yield from _of_sums(sight)
    if sight.verdict is not None and sight.is_judged and sight.verdict.candidates > 1:
        number = sight.verdict.candidates
        yield _("It was chosen from a list of %(number)d differences; that is allowed for.") % {"number": number}
    yield from filter(None, [what_it_means(sight.view)])
    yield from sight.notes


def _of_sums(sight: Sight) -> Iterator[str]:
    """What periods together tell that one of them does not: a year may have risen where no month shows it."""
    if sight.verdict is None or sight.verdict.is_clear or sight.view.against_area:
        return
    for span in spans_of(sight):
        if span.verdict.is_clear:
            facts = {"name": span.name, "difference": difference_in_words(span.verdict)}
            if span.verdict.difference.value > 0:
                words = _("Added up it can be seen: %(name)s there were more than a year before, %(difference)s.")
            else:
                words = _("Added up it can be seen: %(name)s there were fewer than a year before, %(difference)s.")
            yield words % (facts | {"name": span.name[:1].lower() + span.name[1:]})
            return


def _headline_side_by_side(sight: Sight, choices: Choices) -> str:
    top, verdict, view = sight.rows[0] if sight.rows else None, sight.verdict, sight.view
    if view.by is Dimension.HANDLING_TIME:
        return capfirst(_within_a_week(sight, choices))
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
    if sight.view.against_area:
        facts["period"] = _("%(area)s in %(period)s") % {"area": sight.here, "period": facts["period"]}
    if sight.theirs:
        if not sight.is_judged:
            return capfirst(_("%(counted)s in %(period)s beside %(theirs)s") % facts)
        if sight.incomplete is not None:
            return capfirst(_("%(counted)s in %(period)s beside %(theirs)s: not comparable") % facts)
        if verdict.is_noise:
            return capfirst(_("no %(by)s differs more than our noise: %(period)s beside %(theirs)s") % facts)
        if not verdict.is_clear:
            return capfirst(
                _("no %(by)s clearly differs: %(period)s beside %(theirs)s, what differs most may well be chance")
                % facts
            )
        return capfirst(
            _("largest difference: %(name)s, %(number)s %(counted)s in %(period)s against %(other)s for %(theirs)s")
            % facts
        )
    if verdict.is_noise:
        return capfirst(
            _("in %(period)s it is not sure which %(by)s had most %(counted)s: %(name)s, or one that follows it")
            % facts
        )
    return capfirst(_("most %(counted)s in %(period)s: %(name)s (%(number)s)") % facts)


def _of_moved(number: Number) -> Iterator[str]:
    if number.is_moved:
        yield _(
            "The number is not in the middle of these bounds: first we add noise or take it away, then we adjust all "
            "numbers a little, so that they add up to the same total."
        )


def _soon_of_all(
    numbers: Mapping[str, Number | None], draw: Draw, view: View, choices: Choices
) -> tuple[Quantity, Quantity]:
    """How many were handled within a week, of numbers by their bands, and how many there were, as all tables of the
    draw tell it together. Where noise makes that fewer than a part of it, as the bands tell it.
    """
    known = {key: one.quantity for key, one in numbers.items() if one is not None}
    soon = Quantity.together([one for key, one in known.items() if key in WITHIN_A_WEEK])
    answer = Answer(Question((draw.drawn.period,), choices.where(view)), [draw])
    total = next(answer.figures(answer.keys)).quantity
    return soon, total if total.estimate >= soon.estimate else Quantity.together(list(known.values()))


def _within_a_week(sight: Sight, choices: Choices) -> str:
    """How many were handled soon, of how many."""
    soon, total = _soon_of_all({row.key: row.mine for row in sight.rows}, sight.draws[-1], sight.view, choices)
    facts = {
        "period": period_in_words(sight.view.period),
        "counted": counted_in_words(sight.view, choices),
        "number": shown(soon),
        "bounds": bounds_in_words(Number(soon, soon)),
        "all": shown(total),
    }
    return (
        _("of about %(all)s %(counted)s in %(period)s about %(number)s (%(bounds)s) were handled within a week") % facts
    )


def _of_shares(sight: Sight, choices: Choices) -> Iterator[str]:
    """How many of a hundred were handled soon, beside what they are compared with."""
    theirs = {row.key: row.theirs for row in sight.rows}
    # Also where days are missing in one of them: of those that were registered it is the share all the same.
    if sight.theirs and all(theirs.values()):
        mine = {row.key: row.mine for row in sight.rows}
        here, there = sight.draws[-1], sight.draws[0]
        facts = {
            "share": _of_hundred(*_soon_of_all(mine, here, sight.view, choices)),
            "other": _of_hundred(*_soon_of_all(theirs, there, sight.view, choices)),
            "theirs": sight.theirs,
            "period": period_in_words(sight.view.period),
        }
        yield _("Within a week: %(share)s of 100 in %(period)s, %(other)s of 100 in %(theirs)s.") % facts


def _of_hundred(part: Quantity, total: Quantity) -> str:
    return str(round(100 * part.value / total.value)) if total.value > 0 else "–"


def _said_side_by_side(sight: Sight, choices: Choices) -> Iterator[str]:
    verdict = sight.verdict
    if sight.view.by is Dimension.HANDLING_TIME:
        yield from _of_shares(sight, choices)
    if verdict is not None and sight.theirs:
        yield from _verdict_in_words(sight, sight.rows[0].name)
        yield from _of_the_largest(sight, verdict.candidates)
    elif verdict is not None:
        yield _("What stands on top may do so by chance: each number has noise, and the highest were chosen from all.")
        if verdict.is_noise:
            words = _(
                "Between the two highest of %(number)d more difference is needed than between two that are picked "
                "beforehand, so also bars that do not touch can be too close together."
            )
            yield words % {"number": verdict.candidates}
    if any(row.mine is None for row in sight.rows):
        yield _("Without a number: too few people live there (under 300), or nobody knows how many.")
    yield from filter(None, [what_it_means(sight.view)])
    yield from sight.notes


def _of_the_largest(sight: Sight, number: int) -> Iterator[str]:
    if sight.is_judged and sight.incomplete is None:
        yield ngettext(
            "It is the largest of %(number)d difference; that is allowed for.",
            "It is the largest of %(number)d differences; that is allowed for.",
            number,
        ) % {"number": number}


def what_it_means(view: View) -> str:
    """What must be known before areas are held against each other by their numbers; empty where that is nothing."""
    if view.measure is not Measure.COUNT:
        return _("More reports do not always mean more problems: some people report sooner, and visitors report too.")
    if view.shape is Shape.MAP:
        return _("A map of numbers mostly shows where many people live or come: look per 1,000 inhabitants as well.")
    return ""


__all__ = ["Finding", "bounds_in_words", "counted_in_words", "finding", "measure_in_words", "what_it_means"]
