"""Many at once, from a worklist: choose, read what would happen, and see how far it is. Complete without scripts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldingen.handling import bulk
from meldingen.handling.desk import confidential, labels, last_act, listing, merging, way_back
from meldingen.handling.desk.bulk_forms import FORMS, BulkForm
from meldingen.handling.desk.bulk_words import WORDS
from meldingen.handling.models import BulkAct, BulkItem
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from meldingen.staffsite.site import site
from meldingen.tenancy.models import User
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, may

SHOWN = 20  # of the chosen ones, and of each kind of what is left alone
LOGGED = 60  # of which the same became
NEWEST = 50  # acts in the list of them
Stage, Result, Why = BulkAct.Stage, BulkItem.Result, BulkItem.Why


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep what was ticked, or the whole worklist, and go to the page that says what would happen."""
    actor, kind = _officer(request), request.POST.get("act", "")
    if kind not in FORMS:
        raise Http404
    lists = way_back.lists_of(request)
    query = way_back.search_of(request) or lists.query()
    try:
        chosen, may_flood = _chosen(request, lists), may(request, Right.FLOOD)
        act = bulk.choose(municipality(request), actor, kind, chosen, query, may_flood=may_flood)
    except Refused as refused:
        messages.warning(request, str(refused.message))
        return HttpResponseRedirect(way_back.to_many(request, query))
    return HttpResponseRedirect(_address(act))


def _chosen(request: HttpRequest, lists: listing.Listed) -> QuerySet[Melding]:
    """The whole worklist, or what was found; else what was ticked, on this page and on others (`more`)."""
    shown = request.POST.get("shown", "")
    if "whole" in request.POST and not shown:
        return lists.rows
    texts = shown.split(",") if "whole" in request.POST else request.POST.getlist("melding")
    texts += request.POST.get("more", "").split(",")
    ids = {int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 19}
    rows = confidential.visible(request, Melding.objects.of(municipality(request)))
    return rows.filter(pk__in=sorted(ids)[: bulk.MOST + 1]).order_by("pk")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, act_id: int) -> HttpResponse:
    """What would happen, until it is begun; then how far it is."""
    actor, where = _officer(request), municipality(request)
    act = _act(request, act_id)
    if act.stage != Stage.DRAFT:
        return HttpResponseRedirect(_address(act)) if request.method == "POST" else _progress(request, act)
    if act.user_id != actor.pk:
        raise Http404
    form = _form(request, act)
    if request.method == "POST" and form.is_valid() and "check" not in request.POST:
        try:
            bulk.start(where, actor, act.pk, form.choice(), may_flood=may(request, Right.FLOOD))
        except Refused as refused:
            form.add_error(refused.field or None, str(refused.message))
        else:
            response = HttpResponseRedirect(_address(act))
            last_act.forget(response)  # "Undo" would take back what was done before this
            return response
    return _draft(request, act, form)


def _form(request: HttpRequest, act: BulkAct) -> BulkForm:
    typed = request.POST if request.method == "POST" else None
    return FORMS[act.kind](typed, municipality=act.municipality, rows=_first_rows(act), lead=act.lead_id)


def _first_rows(act: BulkAct) -> list[Melding]:
    """Some of the chosen ones: the one that leads first, then the most urgent."""
    rows = _rows(act).select_related("category").defer("search", "point")
    first = list(rows.order_by("-priority", "received_at", "pk")[:SHOWN])
    if act.lead_id and act.lead_id not in {each.pk for each in first}:
        first = [*rows.filter(pk=act.lead_id), *first]
    return sorted(first, key=lambda each: each.pk != act.lead_id)


def _rows(act: BulkAct) -> QuerySet[Melding]:
    return Melding.objects.of(act.municipality).filter(pk__in=act.items.values("melding"))


def _draft(request: HttpRequest, act: BulkAct, form: BulkForm) -> HttpResponse:
    words, then = WORDS[act.kind], bulk.preview(act, form.choice())
    why_none = _why_none(act, then)
    context = {
        **site.each_context(request),
        "title": _("This cannot be done") if why_none else words.ask(then.total),
        "why_none": why_none,
        "act": act,
        "back_to": _back_to(request, act),
        "form": form,
        "then": then,
        "fit": words.fit(then.fit),
        # Who hears of another category depends on which: before it is chosen nothing is promised.
        "mailed": words.mailed(then.mailed) if then.teams or act.kind != BulkAct.Kind.CORRECT else "",
        "button": words.button(then.fit),
        "left_alone": [
            {"why": Why(why).label, "number": len(rows), "rows": rows[:SHOWN], "more": max(0, len(rows) - SHOWN)}
            for why, rows in then.left_alone.items()
        ],
        "rows": [{"melding": each, "excerpt": labels.excerpt(each.text)} for each in _first_rows(act)],
        "more": max(0, then.total - SHOWN),
        "most": bulk.MOST,
        "is_lead_chosen": act.kind == BulkAct.Kind.MERGE,
        **(merging.beforehand(_rows(act), act.lead) if act.kind == BulkAct.Kind.MERGE else {}),
    }
    return TemplateResponse(request, "handling/bulk_draft.html", context)


def _why_none(act: BulkAct, then: bulk.Preview) -> list[str]:
    """Why it can be done to none of them, whatever is chosen; empty where it can be done to some, or may be."""
    is_led = act.kind != BulkAct.Kind.MERGE or act.lead_id is not None
    if then.fit or (is_led and not set(then.left_alone) <= {Why.CLOSED, Why.MERGED}):
        return []
    numbers = {why: len(rows) for why, rows in then.left_alone.items()}
    lines = [f"{Why(why).label}: {number}" for why, number in numbers.items() if why != Why.CLOSED]
    if closed := numbers.get(Why.CLOSED):
        words = _("All %(n)d are closed.") if closed == then.total > 1 else ngettext(
            "%(n)d is closed.", "%(n)d are closed.", closed
        )  # fmt: skip
        lines.insert(0, words % {"n": closed})
    return lines


def _progress(request: HttpRequest, act: BulkAct) -> HttpResponse:
    how_far, words = bulk.progress(act), WORDS[act.kind]
    is_busy = act.stage in (Stage.RUNNING, Stage.UNDOING)
    context = {
        **site.each_context(request),
        "title": words.ask(how_far.total) if is_busy else _what_was_done(act, how_far),
        "act": act,
        "back_to": _back_to(request, act),
        "progress": how_far,
        "reached": how_far.ready if act.stage == Stage.RUNNING else how_far.undone + how_far.kept,
        "is_busy": is_busy,
        "may_undo": act.user_id == request.user.pk and bulk.may_undo(act),
        "who": act.user.get_full_name() or act.user.get_username(),
        "logs": [
            {
                "name": Result(each.result).label,
                "why": Why(each.why).label if each.why else "",
                "number": each.number,
                "rows": each.meldingen,
                "more": each.number - len(each.meldingen),
            }
            for each in bulk.log(act, LOGGED)
        ],
    }
    return TemplateResponse(request, "handling/bulk.html", context)


def _what_was_done(act: BulkAct, how_far: bulk.Progress) -> str:
    words = WORDS[act.kind].done(how_far.done + how_far.undone + how_far.kept)
    return _("Undone: %(what)s") % {"what": words} if act.stage == Stage.UNDONE else words


@require_POST
def undo(request: HttpRequest, act_id: int) -> HttpResponse:
    """Undo all of it that can be undone."""
    try:
        act = bulk.undo(municipality(request), _officer(request), act_id)
    except BulkAct.DoesNotExist as error:
        raise Http404 from error
    if act.stage == Stage.DONE:
        messages.warning(request, _("This cannot be undone any more."))
    return HttpResponseRedirect(_address(act))


@never_cache
@require_safe
def acts(request: HttpRequest) -> HttpResponse:
    """What was done to many lately, by whom."""
    _officer(request)
    rows = BulkAct.objects.of(municipality(request)).exclude(stage=Stage.DRAFT).select_related("user")[:NEWEST]
    context = {**site.each_context(request), "title": _("Done to many at once"), "acts": [_line(act) for act in rows]}
    return TemplateResponse(request, "handling/bulk_acts.html", context)


def _line(act: BulkAct) -> dict[str, Any]:
    how_far = bulk.progress(act)
    number = how_far.done + how_far.undone + how_far.kept
    who = act.user.get_full_name() or act.user.get_username()
    return {"act": act, "words": WORDS[act.kind].done(number), "who": who, "progress": how_far}


def _officer(request: HttpRequest) -> User:
    """Who decides on all meldingen; what is done to many is not for one team."""
    if not isinstance(request.user, User) or not may(request, Right.HANDLE):
        raise PermissionDenied
    return request.user


def _act(request: HttpRequest, act_id: int) -> BulkAct:
    rows = BulkAct.objects.of(municipality(request)).select_related(
        "user", "municipality", "team", "lead__category__parent"
    )
    act = rows.filter(pk=act_id).first()
    if act is None:
        raise Http404
    return act


def _address(act: BulkAct) -> str:
    return reverse("admin:bulk_act", args=[act.pk])


def _back_to(request: HttpRequest, act: BulkAct) -> str:
    """The list from which it was chosen; a search is of the session of who searched."""
    is_of_other = act.user_id != request.user.pk and way_back.is_search(QueryDict(act.query))
    return way_back.to_many(request, "list=all" if is_of_other else act.query)
