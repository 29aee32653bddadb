"""The list and the page of meldingen. Nothing is edited here: each action is one call of meldingen.handling.triage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import PAGE_VAR, SEARCH_VAR
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from meldingen.attachments import showing
from meldingen.attachments.files import LARGE, SMALL
from meldingen.handling import bulk
from meldingen.handling.desk import (
    acting,
    confidential,
    detail,
    filters,
    judgements,
    labels,
    last_act,
    merging,
    printing,
    rows,
    same_kind,
    searching,
    stepping,
)  # fmt: skip
from meldingen.handling.desk.actions import ActionForm
from meldingen.handling.desk.offering import for_colleague, primary
from meldingen.handling.desk.paging import CAP, CappedPaginator, IndexedList, capped_count
from meldingen.handling.models import BulkAct
from meldingen.limits.rules import is_flooded
from meldingen.record import queries, references, workflow
from meldingen.record.models import URGENT_AND_OPEN, Melding
from meldingen.refusals import Refused
from meldingen.staffsite.admin import ScopedAdmin
from meldingen.staffsite.chapters import Chapter
from meldingen.staffsite.site import site
from meldingen.tenancy.models import User
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, may


@admin.register(Melding, site=site)
class MeldingAdmin(ScopedAdmin):
    """Work, most urgent first."""

    chapter = (Chapter.LOOK_UP, 3)
    purpose = gettext_lazy("Every melding in a plain list, with filters.")
    add_right = None
    change_right = None
    list_display = ("__str__",)
    list_filter = (
        filters.StateFilter, filters.TeamFilter, filters.CategoryFilter, filters.BuurtFilter, filters.DeadlineFilter,
        filters.SuspectFilter, filters.SpokenFilter,
    )  # fmt: skip
    search_fields = ("reference",)
    ordering = (URGENT_AND_OPEN.desc(), "-received_at", "-pk")
    list_max_show_all = 100
    paginator = CappedPaginator
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Melding]:
        """With the names that a row shows, without what is heavy."""
        rows = confidential.visible(request, super().get_queryset(request))
        heavy = ("search", "point", "buurt__geometry", "buurt__ages")
        return rows.select_related("category", "team", "buurt").defer(*heavy)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[IndexedList]:
        """Ids first."""
        return IndexedList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Melding], search_term: str
    ) -> tuple[QuerySet[Melding], bool]:
        """By words in text and place, which an address names by an id alone; by reference, however it was spelt and
        whatever the filters.

        Who has somebody on the phone with a reference finds the melding, closed or not.
        """
        if not search_term.strip():
            return queryset, False
        term = searching.in_plain_list(request, search_term)
        by_reference = queries.with_reference(self.get_queryset(request), term).order_by("pk")
        if by_reference.exists():
            return by_reference, False
        return queries.with_words(queryset, term if searching.are_kept(search_term) else ""), False

    def search(self, request: HttpRequest) -> HttpResponse:
        """The list with what was typed and chosen; no address has the words."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not may(request, Right.VIEW):
            raise PermissionDenied
        names = [each.parameter_name for each in self.list_filter]
        query = {name: value for name in names if (value := request.POST.get(name, ""))}
        if words := searching.to_plain_list(request, request.POST.get(SEARCH_VAR, "")):
            query[SEARCH_VAR] = words
        return HttpResponseRedirect(f"{reverse('admin:meldingen_melding_changelist')}?{urlencode(query)}")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Django's list, its rows in words."""
        response = super().changelist_view(request, extra_context)
        context = getattr(response, "context_data", None) or {}
        if "cl" in context:
            typed = searching.in_plain_list(request, context["cl"].query)
            context.update(_list_context(context["cl"], municipality(request).time_zone, typed))
            context.update(_flood_context(request) | _spoken_context(self.get_queryset(request), request))
        return response

    def get_urls(self) -> list[URLPattern]:
        """One address per action, before Django's own that take anything for a number."""
        act, judge = self.admin_site.admin_view(self.act), self.admin_site.admin_view(self.judge)
        photo = self.admin_site.admin_view(self.photo)
        contact = never_cache(self.admin_site.admin_view(self.contact))
        earlier = never_cache(self.admin_site.admin_view(self.earlier))
        return [
            path("<int:melding_id>/foto/<int:photo_id>/<slug:which>", photo, name="meldingen_melding_photo"),
            path("<int:melding_id>/contact/", contact, name="meldingen_melding_contact"),
            path("<int:melding_id>/eerder/", earlier, name="meldingen_melding_earlier"),
            path(
                "<int:melding_id>/afdrukken/",
                never_cache(self.admin_site.admin_view(printing.sheet)),
                name="meldingen_melding_print",
            ),
            path("<int:melding_id>/<slug:name>/doen/", act, name="meldingen_melding_act"),
            *merging.addresses(),
            path("zoeken/", self.admin_site.admin_view(self.search), name="meldingen_melding_search"),
            path("oordeel/<slug:name>/", judge, name="meldingen_melding_judge"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page of one melding; it takes no posts."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return self._page(request, object_id)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The history is on the page itself."""
        if self.get_object(request, object_id) is None:
            raise Http404
        return HttpResponseRedirect(reverse("admin:meldingen_melding_change", args=[object_id]) + "#historie")

    def photo(self, request: HttpRequest, melding_id: int, photo_id: int, which: str) -> HttpResponseBase:
        """A photo, for who sees its melding and may see photos."""
        if not may(request, Right.PHOTOS) or which not in (LARGE, SMALL):
            raise Http404
        melding = self.get_queryset(request).filter(pk=melding_id).first()
        return showing.give(melding.photos.filter(pk=photo_id).first() if melding else None, which)

    def act(self, request: HttpRequest, melding_id: int, name: str) -> HttpResponse:
        """Do one action; what is refused is said on the page of the melding."""
        return acting.act(request, melding_id, name, self._page)

    def contact(self, request: HttpRequest, melding_id: int) -> HttpResponse:
        """Show the contact details of the reporter, and keep that they were."""
        return acting.show_contact(request, melding_id, self._revealing)

    def earlier(self, request: HttpRequest, melding_id: int) -> HttpResponse:
        """Show what the reporter reported before, and keep that somebody looked."""
        return acting.show_earlier(request, melding_id, self._revealing)

    def judge(self, request: HttpRequest, name: str) -> HttpResponse:
        """Ask about the chosen meldingen, and when that was answered judge them and go back to the list."""
        if name not in (*judgements.JUDGEMENTS, BulkAct.Kind.SPAM):
            raise Http404
        address = reverse("admin:meldingen_melding_changelist")
        if request.method != "POST":
            return HttpResponseRedirect(address)
        if not may(request, Right.HANDLE) or not isinstance(request.user, User):
            raise PermissionDenied
        back = HttpResponseRedirect(f"{address}?{judgements.listed(request).urlencode()}")
        ids = judgements.chosen(self, request)
        if not ids:
            messages.warning(request, _("Nothing was chosen. Tick meldingen, or the whole list."))
            return back
        if name == BulkAct.Kind.SPAM:
            return self._choose_spam(request, request.user, ids) or back
        if "sure" in request.POST:
            for words in judgements.judge(request, name, ids, request.user):
                messages.success(request, words)
            return back
        context = self.admin_site.each_context(request) | judgements.question(self, request, name, ids)
        return TemplateResponse(request, "handling/judge.html", context | {"opts": self.opts})

    def _choose_spam(self, request: HttpRequest, actor: User, ids: Sequence[int]) -> HttpResponse | None:
        """On to the page of an act on many, which asks before it is done; None where it is refused, which is said."""
        chosen, may_flood = self.get_queryset(request).filter(pk__in=ids).order_by("pk"), may(request, Right.FLOOD)
        try:
            act = bulk.choose(municipality(request), actor, BulkAct.Kind.SPAM, chosen, "list=all", may_flood=may_flood)
        except Refused as refused:
            messages.warning(request, str(refused.message))
            return None
        return HttpResponseRedirect(reverse("admin:bulk_act", args=[act.pk]))

    def _revealing(self, request: HttpRequest, pk: str, reveal: detail.Reveal) -> TemplateResponse:
        return self._page(request, pk, reveal=reveal)

    def _page(
        self,
        request: HttpRequest,
        pk: str,
        busy: tuple[str, ActionForm] | None = None,
        reveal: detail.Reveal = detail.NOTHING,
    ) -> TemplateResponse:
        where = municipality(request)
        if not may(request, Right.VIEW):
            raise PermissionDenied
        melding = detail.find(request, pk)
        shown = detail.context(request, melding, reveal, busy[1].seen_before if busy else "")
        acts = for_colleague(request, melding, shown, busy)
        group = merging.group(request, melding, shown["guess"])
        known = [row.melding.pk for row in group.likely]
        context = {
            **self.admin_site.each_context(request),
            **shown,
            "group": group,
            "recurrence": same_kind.beside(request, melding, shown["guess"], known),
            "last": None if busy else last_act.offered(request),
            "title": melding.reference,
            "opts": self.opts,
            "offered": sorted(acts, key=lambda each: not each.is_open),
            "primary": primary(melding, acts, busy),
            "selected": rows.row(melding, timezone.now(), where.time_zone),
            "busy": busy[1] if busy else None,
            **stepping.context(request, melding),
        }
        return TemplateResponse(request, "handling/melding.html", context)


def _flood_context(request: HttpRequest) -> dict[str, Any]:
    """How many suspect meldingen wait for a judgement (at most CAP are counted), and whether mails wait now."""
    where = municipality(request)
    waiting = Melding.objects.of(where).filter(is_suspect=True, state__in=sorted(workflow.OPEN))
    return {
        "suspects": capped_count(waiting),
        "suspects_cap": CAP,
        "only_suspect": request.GET.get(filters.SuspectFilter.parameter_name) == "only",
        "is_judged_whole": judgements.is_judged_whole(request.GET),
        "is_flooded": is_flooded(where.pk),
        "list_query": request.GET.urlencode(),
    }


def _spoken_context(rows: QuerySet[Melding], request: HttpRequest) -> dict[str, Any]:
    """In how many meldingen something of the reporter waits for a colleague, and the list of these alone."""
    spoken = {filters.SpokenFilter.parameter_name: "unread", filters.StateFilter.parameter_name: "all"}
    return {
        "spoken": capped_count(rows.filter(reporter_spoke_at__isnull=False)),
        "spoken_cap": CAP,
        "only_spoken": request.GET.get(filters.SpokenFilter.parameter_name) == "unread",
        "spoken_query": urlencode(spoken),
    }


def _list_context(cl: Any, zone: str, typed: str) -> dict[str, Any]:
    """The rows in words, the filters that hold for them, and the addresses of the pages beside this one."""
    now = timezone.now()
    # Words find no melding whose reference was in what was searched.
    names = set(references.read_references(typed))
    by_reference = bool(cl.result_list) and all(row.reference in names for row in cl.result_list)
    filters = [] if by_reference else [name for spec in cl.filter_specs if (name := spec.chosen())]
    last = cl.page_num >= cl.paginator.num_pages
    return {
        "rows": [
            {"melding": row, "term": labels.term(row, now, zone), "excerpt": labels.excerpt(row.text)}
            for row in cl.result_list
        ],
        "any_suspect": any(row.is_suspect for row in cl.result_list),
        "any_to_judge": any(row.is_suspect or row.state in workflow.OPEN for row in cl.result_list),
        "by_reference": by_reference,
        "typed": typed,
        "is_gone": searching.are_kept(cl.query) and not typed,
        "chosen_filters": filters,
        "newer": cl.get_query_string({PAGE_VAR: cl.page_num - 1}) if cl.page_num > 1 else "",
        "older": "" if last else cl.get_query_string({PAGE_VAR: cl.page_num + 1}),
    }
