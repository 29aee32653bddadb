"""What was reported more than once: beside a melding what is likely the same, a page that says what merging does, and
the buttons that merge and take apart. Also the button that hides a melding from the public.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from django.contrib import messages
from django.contrib.gis.db.models import Collect
from django.core.exceptions import PermissionDenied
from django.db.models import Count, FloatField, Func, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meldingen.categories.models import Category
from meldingen.handling import merging, publicity, triage
from meldingen.handling.desk import confidential, labels, last_act, stepping, way_back
from meldingen.handling.desk.rows import place_of
from meldingen.handling.formality import is_formal, with_additions
from meldingen.nearby import likely, sightings
from meldingen.places import geo
from meldingen.record import queries, references, workflow
from meldingen.record.models import Melding
from meldingen.record.references import spaced
from meldingen.refusals import Refused
from meldingen.staffsite.site import site
from meldingen.tenancy.models import User
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import may_handle

FAR = 250  # metres: what lies farther apart is seldom one thing


@dataclass(frozen=True)
class Row:
    """One melding as a line: `excerpt` is the beginning of its words, `metres` how far from the one it stands beside.

    `mark` is its id with what people last did with it: who merges says which they saw.
    """

    melding: Melding
    excerpt: str
    mark: str
    metres: int | None = None
    is_sure: bool = False
    place: str = ""
    number: int = 0  # on the map; 0 where it has no point


@dataclass(frozen=True)
class Group:
    """A melding among those that are about the same."""

    lead: Melding | None
    merged: Sequence[Melding]
    likely: Sequence[Row]
    sightings: int
    may_act: bool
    is_shown: bool
    may_merge: bool = False  # with one whose reference somebody types

    @property
    def dots(self) -> str:
        """Where the likely ones are, as JSON for the map: longitude, latitude and number of each."""
        points = [(*geo.to_door(row.melding.point), row.number) for row in self.likely if row.melding.point]
        return json.dumps([[round(longitude, 6), round(latitude, 6), number] for longitude, latitude, number in points])

    @property
    def reports(self) -> int:
        """How many reports there are of this one case."""
        return 1 + len(self.merged)

    @property
    def is_there(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.lead or self.merged or self.likely or self.sightings or self.is_shown or self.may_merge)


def group(request: HttpRequest, melding: Melding, guess: Category | None = None) -> Group:
    """What stands beside a melding that this colleague sees. `guess`: what the page says that it may be about."""
    may_act = may_handle(request, melding.team_id)
    visible = _visible(request)
    lead = visible.filter(pk=melding.lead_id).first() if melding.lead_id else None
    leads = getattr(melding, "leads", True)  # as the page has read it
    followers = (
        [] if melding.lead_id or not leads else list(visible.filter(lead=melding.pk).order_by("pk")[: merging.MOST])
    )
    matches = (
        []
        if melding.lead_id or melding.state in workflow.CLOSED
        else likely.likely(melding, merging.with_snapshots(visible), guess)
    )
    fit = [each for each in matches if may_handle(request, each.melding.team_id)] if may_act else []
    marks = {each.melding.pk: str(getattr(each.melding, "last_decision", 0)) for each in fit}
    return Group(
        lead=lead,
        merged=followers,
        likely=_numbered([_row(each.melding, marks, each.metres, is_sure=each.is_sure) for each in fit]),
        sightings=sightings.count(melding) if getattr(melding, "is_sighted", True) else 0,
        may_act=may_act,
        may_merge=may_act and not melding.lead_id and melding.state in workflow.OPEN,
        is_shown=melding.category is not None and melding.category.public_as == melding.category.PublicAs.KAART,
    )


def addresses() -> list[URLPattern]:
    """The addresses of these pages, below that of a melding."""
    pages: tuple[tuple[str, Callable[..., HttpResponse], str], ...] = (
        ("<int:melding_id>/samenvoegen/", merge, "merge"),
        ("<int:melding_id>/losmaken/", part, "part"),
        ("<int:melding_id>/openbaar/", publish, "publish"),
    )
    return [path(route, site.admin_view(view), name=f"meldingen_melding_{name}") for route, view, name in pages]


def merge(request: HttpRequest, melding_id: int) -> HttpResponse:
    """Say what merging the chosen ones does, and when that was read, merge them."""
    melding = _decided_on(request, melding_id)
    if melding is None:
        return _back(request, melding_id)
    marks = dict(_marks(request.POST.getlist("chosen")))
    if typed := request.POST.get("reference", "").strip():
        by_hand = queries.with_reference(_visible(request), typed[:200]).exclude(pk=melding_id).order_by("pk")
        ids = list(by_hand.values_list("pk", flat=True)[: merging.MOST])
        if not ids:
            words = _("There is no other melding with the reference “%(typed)s” here.") % {"typed": typed[:60]}
            messages.warning(request, words)
            return _back(request, melding_id)
        marks |= merging.snapshots(ids)
    others_chosen = list(_visible(request).filter(pk__in=marks).exclude(pk=melding_id).order_by("pk")[: merging.MOST])
    if any(not may_handle(request, each.team_id) for each in others_chosen):
        raise PermissionDenied
    if not others_chosen:
        messages.warning(request, _("Nothing was chosen. Tick the meldingen that are about the same."))
        return _back(request, melding_id)
    lead = _lead(request, (melding, *others_chosen))
    if "sure" in request.POST:
        return _answer_merged(
            request, lead, {each.pk: marks.get(each.pk, "") for each in (melding, *others_chosen) if each.pk != lead.pk}
        )
    return _look(request, melding, lead, others_chosen, marks)


def _lead(request: HttpRequest, together: Sequence[Melding]) -> Melding:
    """The one that was chosen to lead; before that the one that is proposed, or else the one they stand beside."""
    chosen = request.POST.get("lead") or str(merging.first_lead(municipality(request), [each.pk for each in together]))
    return next((each for each in together if str(each.pk) == chosen), together[0])


def _look(
    request: HttpRequest, melding: Melding, lead: Melding, others_chosen: Sequence[Melding], marks: dict[int, str]
) -> HttpResponse:
    """What merging these does, with what speaks against it; nothing is done yet."""
    now = marks | {pk: mark for pk, mark in merging.snapshots([melding.pk]).items() if pk not in marks}
    together = (melding, *others_chosen)
    others = [each.pk for each in together if each.pk != lead.pk]
    context = {
        "title": _("Merge meldingen"),
        "opts": Melding._meta,
        "melding": melding,
        "lead": lead,
        "rows": [_row(each, now, _metres(each, melding)) for each in together],
        **doubts(_visible(request).filter(pk__in=[each.pk for each in together])),
        "readers": merging.readers(municipality(request), lead, others),
        "back": request.POST.get(way_back.INBOX, ""),
        "view": request.POST.get(stepping.VIEW, ""),
        "no_address": way_back.to_melding(request, melding.pk),
    }
    return TemplateResponse(request, "handling/merge.html", site.each_context(request) | context)


def _metres(one: Melding, other: Melding) -> int | None:
    """How far they lie from one another; None where that is not known, or for one and the same."""
    if one.pk == other.pk or not one.point or not other.point:
        return None
    return round(one.point.distance(other.point))


def doubts(meldingen: QuerySet[Melding]) -> dict[str, Any]:
    """What speaks against merging these: how many metres lie between the two farthest, where that is a lot for one
    thing; whether they are of several categories; where of some only the buurt is known, whether buurten differ; and
    which of them may be an objection or the like, that closes along with the one that leads.
    """
    points = Func(Collect("point"), Collect("point"), function="ST_MaxDistance", output_field=FloatField())
    found = meldingen.order_by().aggregate(
        metres=points,
        kinds=Count("category", distinct=True),
        buurten=Count("buurt", distinct=True),
        unplaced=Count("pk", filter=Q(point=None)),
    )
    metres = round(found["metres"] or 0)
    return {
        "apart": metres if metres > FAR else None,
        "is_of_several": found["kinds"] > 1,
        "is_elsewhere": found["unplaced"] > 0 and found["buurten"] > 1,
        "formal": [spaced(melding.reference) for melding in with_additions(meldingen) if is_formal(melding)],
    }


def beforehand(meldingen: QuerySet[Melding], lead: Melding | None) -> dict[str, Any]:
    """What is said before many are merged: doubts, the term of the one that leads, and what the others were told."""
    if lead is None:
        return doubts(meldingen)
    others = [pk for pk in meldingen.order_by().values_list("pk", flat=True) if pk != lead.pk]
    return doubts(meldingen) | {"readers": merging.readers(lead.municipality, lead, others)}


def part(request: HttpRequest, melding_id: int) -> HttpResponse:
    """Take a merged melding apart again."""
    return _act(request, melding_id, merging.part, _("This melding stands alone again, with its own state and term."))


def publish(request: HttpRequest, melding_id: int) -> HttpResponse:
    """Hide a melding from the public, or show it again."""
    if request.POST.get("say") == "show":
        return _act(request, melding_id, publicity.show, _("The public may see this melding again."))
    return _act(request, melding_id, publicity.hide, _("The public does not see this melding any more."))


def _act(request: HttpRequest, melding_id: int, call: Callable[[triage.Case], None], words: str) -> HttpResponse:
    response = _back(request, melding_id)
    if _decided_on(request, melding_id) is not None:
        try:
            call(_case(request, melding_id))
        except Refused as refused:
            messages.error(request, str(refused.message))
        else:
            messages.success(request, words)
            last_act.forget(response)  # "Undo" would take back what was done before this
    return response


def _decided_on(request: HttpRequest, melding_id: int) -> Melding | None:
    """The melding on which something is decided; None for who only looks at the address."""
    if request.method != "POST":
        return None
    melding = _visible(request).filter(pk=melding_id).first()
    if melding is None:
        raise Http404
    if not may_handle(request, melding.team_id):
        raise PermissionDenied
    return melding


def _answer_merged(request: HttpRequest, lead: Melding, seen: dict[int, str]) -> HttpResponse:
    outcome = merging.merge_many(_case(request, lead.pk), seen)
    if outcome.merged:
        words = ngettext(
            "%(n)d melding is merged into %(lead)s.", "%(n)d meldingen are merged into %(lead)s.", outcome.merged
        )
        messages.success(request, words % {"n": outcome.merged, "lead": references.spaced(lead.reference)})
    for reference, reason in outcome.refused:
        messages.warning(request, f"{references.spaced(reference)}: {reason}")
    response = _back(request, lead.pk)
    last_act.keep_merger(request, response, lead, outcome.events)
    return response


def _case(request: HttpRequest, melding_id: int) -> triage.Case:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return triage.Case(melding_id=melding_id, municipality=municipality(request), actor=request.user)


def _visible(request: HttpRequest) -> QuerySet[Melding]:
    rows = confidential.visible(request, Melding.objects.of(municipality(request)))
    return rows.select_related("category", "buurt").defer("search", "buurt__geometry", "buurt__ages")


def _row(melding: Melding, marks: dict[int, str], metres: int | None = None, *, is_sure: bool = False) -> Row:
    mark = f"{melding.pk}:{marks.get(melding.pk, '0')}"
    return Row(melding, labels.excerpt(melding.text), mark, metres, is_sure, place_of(melding))


def _numbered(rows: Iterable[Row]) -> list[Row]:
    """With the numbers that they have on the map: only what has a point has one."""
    numbers = count(1)
    return [replace(row, number=next(numbers)) if row.melding.point else row for row in rows]


def _marks(values: Iterable[str]) -> Iterable[tuple[int, str]]:
    for value in values:
        pk, _sign, mark = value.partition(":")
        if pk.isascii() and pk.isdecimal() and len(pk) < 19:
            yield int(pk), mark[:20]


def _back(request: HttpRequest, melding_id: int) -> HttpResponse:
    return HttpResponseRedirect(way_back.to_melding(request, melding_id))  # at the top, where is said what was done
