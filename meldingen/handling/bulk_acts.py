"""The acts that are done to many at once, each by the use cases that do it to one: who cannot, and doing it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from meldingen.handling import correcting, judging, many, merging, moving, standard_texts, triage
from meldingen.handling.formality import formal_ones
from meldingen.handling.models import BulkAct, BulkItem
from meldingen.languages import FALLBACK
from meldingen.places.models import Area
from meldingen.record import workflow
from meldingen.record.models import Melding, Reporter
from meldingen.refusals import Refused
from meldingen.routing import planning

Kind, Why = BulkAct.Kind, BulkItem.Why
Whys = dict[int, str]  # why one is left alone, by the id of the melding


@dataclass(frozen=True)
class Doing:
    """Which of these cannot be done, and doing the others, which are locked."""

    cannot: Callable[[BulkAct, Sequence[Melding]], Whys]
    do: Callable[[BulkAct, Sequence[Melding]], None]


def complete(meldingen: Sequence[Melding]) -> Sequence[Melding]:
    """The same with category, team and buurt, which are asked for once for all."""
    buurten = Prefetch("buurt", Area.objects.defer("geometry", "ages"))
    prefetch_related_objects(meldingen, "category__parent", "team", buurten)
    return meldingen


def _closed(meldingen: Sequence[Melding]) -> Whys:
    return {melding.pk: Why.CLOSED.value for melding in meldingen if melding.state in workflow.CLOSED}


def _merged(meldingen: Sequence[Melding]) -> Whys:
    """What goes on with the one that leads is moved with that one alone."""
    return {melding.pk: Why.MERGED.value for melding in meldingen if melding.lead_id is not None}


def _unmoved(meldingen: Sequence[Melding]) -> Whys:
    """What is not moved any more, or not by itself."""
    return _merged(meldingen) | _closed(meldingen)


def _cannot_close(act: BulkAct, meldingen: Sequence[Melding]) -> Whys:
    """Besides what is closed or an emergency: what the reporter wrote that nobody read, and what asks for more."""
    whys = {melding.pk: Why.SPOKEN.value for melding in meldingen if melding.reporter_spoke_at}
    if act.outcome != workflow.FORWARDED:
        whys |= dict.fromkeys(formal_ones(melding.pk for melding in meldingen), Why.FORMAL.value)
    return whys | judging.left_alone(meldingen) | _merged(meldingen)


def _close(act: BulkAct, meldingen: Sequence[Melding]) -> None:
    words = _words(act, meldingen) if act.text or act.standard_text else {}
    many.end(
        meldingen, act.outcome, by=act.user, reason=act.reason, words=words, for_everybody=act.for_everybody
    )  # fmt: skip


def _words(act: BulkAct, meldingen: Sequence[Melding]) -> Mapping[int, str]:
    """What each reporter reads, in their language where the text has it."""
    own = Reporter.objects.filter(melding__in=[melding.pk for melding in meldingen])
    languages = dict(own.values_list("melding", "language"))
    words = {}
    for melding in meldingen:
        language = languages.get(melding.pk, FALLBACK)
        text = act.standard_text.text_texts.in_(language) if act.standard_text else act.text
        words[melding.pk] = standard_texts.fill_for(act.municipality, melding, text, language).strip()
    return words


def _cannot_assign(act: BulkAct, meldingen: Sequence[Melding]) -> Whys:
    if act.team and not act.team.is_active:
        return {melding.pk: Why.RETIRED.value for melding in meldingen}
    same = {
        melding.pk: Why.SAME.value
        for melding in meldingen
        if act.team_id and melding.team_id == act.team_id and melding.state == workflow.ASSIGNED
    }
    return same | _unmoved(meldingen)


def _assign(act: BulkAct, meldingen: Sequence[Melding]) -> None:
    if act.team is None:
        raise ValueError("no team")
    many.give(meldingen, act.team, by=act.user)


def _cannot_hand(act: BulkAct, meldingen: Sequence[Melding]) -> Whys:
    if act.colleague and not triage.may_have(act.municipality, act.colleague):
        return {melding.pk: Why.LEFT.value for melding in meldingen}
    same = [each.pk for each in meldingen if act.colleague_id and each.assignee_id == act.colleague_id]
    return dict.fromkeys(same, Why.HAS.value) | _unmoved(meldingen)


def _hand(act: BulkAct, meldingen: Sequence[Melding]) -> None:
    if act.colleague is None:
        raise ValueError("no colleague")
    many.hand(meldingen, act.colleague, by=act.user)


def _cannot_prioritise(act: BulkAct, meldingen: Sequence[Melding]) -> Whys:
    """Why a danger may wait is said of one at a time."""
    if act.priority is None:
        return _unmoved(meldingen)
    same = {each.pk: Why.EQUAL.value for each in meldingen if each.priority == act.priority}
    low = [each.pk for each in meldingen if act.priority < planning.least_priority(each)]
    return dict.fromkeys(low, Why.DANGER.value) | same | _unmoved(meldingen)


def _prioritise(act: BulkAct, meldingen: Sequence[Melding]) -> None:
    if act.priority is None:
        raise ValueError("no priority")
    many.prioritise(meldingen, act.priority, by=act.user)


# What `merging` says of one, as it is said of many.
_MERGING = {"merged_already": Why.MERGED, "leads": Why.LEADS, "unjudged": Why.UNJUDGED}


def _cannot_merge(act: BulkAct, meldingen: Sequence[Melding]) -> Whys:
    """Also when the one that leads cannot any more: then none can."""
    others = [melding for melding in meldingen if melding.pk != act.lead_id]
    try:
        lead = merging.leads(act.lead)
    except Refused:
        return dict.fromkeys((melding.pk for melding in others), Why.LEAD.value) | _unmoved(others)
    refusals = merging.cannot(others, lead)
    return {pk: _MERGING.get(refused.code, Why.LEAD).value for pk, refused in refusals.items()} | _closed(others)


def _merge(act: BulkAct, meldingen: Sequence[Melding]) -> None:
    """The one that leads is done too: it is what the others are merged into."""
    if act.lead is None:
        raise ValueError("none leads")
    merging.merge_into(act.lead, [melding for melding in meldingen if melding.pk != act.lead_id], by=act.user)


def _spam(act: BulkAct, meldingen: Sequence[Melding]) -> None:
    judging.close_unheard(meldingen, workflow.SPAM, act.user)


def _cannot_correct(act: BulkAct, meldingen: Sequence[Melding]) -> Whys:
    if act.category and not act.category.is_active:
        return {melding.pk: Why.OLD.value for melding in meldingen}
    same = [each.pk for each in meldingen if act.category and correcting.stands(each, act.category)]
    return (
        ({} if act.reroute else dict.fromkeys(same, Why.CHOSEN.value))
        | judging.left_alone(meldingen)
        | _merged(meldingen)
    )


def _correct(act: BulkAct, meldingen: Sequence[Melding]) -> None:
    if act.category is None:
        raise ValueError("no category")
    correcting.correct(meldingen, act.category, by=act.user, reroute=act.reroute)


def _to_category(act: BulkAct, meldingen: Sequence[Melding]) -> None:
    if act.category is None:
        raise ValueError("no successor")
    moving.move_to_category(meldingen, act.category, by=act.user)


def _to_team(act: BulkAct, meldingen: Sequence[Melding]) -> None:
    if act.team is None:
        raise ValueError("no successor")
    moving.move_to_team(meldingen, act.team, by=act.user)


ACTS: Mapping[str, Doing] = {
    Kind.CLOSE: Doing(_cannot_close, _close),
    Kind.ASSIGN: Doing(_cannot_assign, _assign),
    Kind.MERGE: Doing(_cannot_merge, _merge),
    Kind.SPAM: Doing(lambda act, meldingen: judging.left_alone(meldingen), _spam),
    Kind.CORRECT: Doing(_cannot_correct, _correct),
    Kind.HAND: Doing(_cannot_hand, _hand),
    Kind.PRIORITY: Doing(_cannot_prioritise, _prioritise),
    Kind.CATEGORY: Doing(moving.elsewhere, _to_category),
    Kind.TEAM: Doing(moving.elsewhere, _to_team),
}
