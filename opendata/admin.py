"""What staff see of the ledger: everything, to read, and nothing of it can be changed. What comes can be held."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from kombu.exceptions import OperationalError

from analytics import grid
from meldingen.staffsite.admin import ReadOnlyAdmin, ScopedAdmin
from meldingen.staffsite.chapters import Chapter
from meldingen.staffsite.site import site
from meldingen.tenancy.models import Municipality, User
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, may
from opendata import holds, storage, taken
from opendata.coming import coming_periods, is_due
from opendata.datasets import of_release
from opendata.datasets.reasons import reason_in_words
from opendata.datasets.wording import period_in_words
from opendata.disclosure import DisclosureError, Period, is_too_uncertain, percent
from opendata.models import (
    Budget,
    CkanPortal,
    CkanPush,
    DrawRequest,
    Hold,
    OtherData,
    PlannedTable,
    Release,
)
from opendata.refusals import HoldRefused
from opendata.tasks import publish_period


def exact(field: str, label: Any) -> Callable[[Any], str]:
    """A column with an epsilon as people write it: 0,3 and not 0,300000000."""

    @admin.display(description=label, ordering=field)
    def column(row: Any) -> str:
        return number_format(getattr(row, field).normalize())

    return column


# Any: the stubs know columns by name only.
EPSILON: Any = exact("epsilon", "epsilon")
GRANT: Any = exact("granted", _("granted"))
COST: Any = exact("spent", _("spent"))


class ReleaseAdmin(ReadOnlyAdmin):
    chapter = (Chapter.DATA, 3)
    purpose = _("Every table that went out, with its precision and its files.")
    list_display = ("dataset", "period", EPSILON, "error", "drawn_at")
    list_filter = ("dataset",)
    fields = ("dataset", "period", EPSILON, "error", "sensitivity", "drawn_at", "sha256", "files_in_words")
    readonly_fields = (EPSILON, "error", "files_in_words")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """What was drawn, without the rows of the table, thousands for each release."""
        return super().get_queryset(request).filter(drawn_at__isnull=False).defer("rows")

    @admin.display(description=_("expected error"), ordering="expected_error")
    def error(self, release: Release) -> str:
        """In percent, with a word where nothing should be concluded from it."""
        error = release.expected_error
        figure = "–" if error is None else f"{percent(error)} %"
        return (
            _("%(error)s (too uncertain to conclude from)") % {"error": figure} if is_too_uncertain(error) else figure
        )

    @admin.display(description=_("files"))
    def files_in_words(self, release: Release) -> str:
        return ", ".join(f"{file.format} {file.sha256}" for file in release.files.all()) or "–"


class BudgetAdmin(ReadOnlyAdmin):
    chapter = (Chapter.DATA, 6)
    purpose = _("How much of what may be told about one melding was used, per month and year.")
    list_display = fields = ("period", "kind", GRANT, COST)
    list_filter = ("kind",)
    readonly_fields = (GRANT, COST)


class PlannedTableAdmin(ReadOnlyAdmin):
    chapter = (Chapter.DATA, 5)
    purpose = _("Which tables a year has, and why others are left out.")
    list_display = ("year", "asked", "why")
    list_filter = ("year",)
    list_display_links = ("asked",)
    fields = ("year", "asked", "why", "planned_at")
    readonly_fields = ("why",)

    @admin.display(description=_("form"))
    def why(self, planned_table: PlannedTable) -> str:
        return reason_in_words(planned_table)


class HoldAdmin(ReadOnlyAdmin):
    """Which periods were held, and the page of what comes: hold it, let it go, draw it now."""

    chapter = (Chapter.DATA, 4)
    purpose = _("What was held back, by whom and why.")
    list_display = ("period", "reason", "until", "held_by", "held_at", "lifted_at")
    fields = ("period", "reason", "until", "held_by", "held_at", "lifted_by", "lifted_at")

    def get_urls(self) -> list[URLPattern]:
        """The page of what comes, and its acts."""
        site_view = self.admin_site.admin_view
        return [
            path("uitgaven/", site_view(self.coming), name="opendata_coming"),
            path("uitgaven/<slug:name>/<slug:act>/", site_view(self.act), name="opendata_coming_act"),
            *super().get_urls(),
        ]

    def coming(self, request: HttpRequest) -> HttpResponse:
        """What is drawn next, how precise, what it costs; and what went out."""
        return self._page(request)

    def act(self, request: HttpRequest, name: str, act: str) -> HttpResponse:
        """Hold a period, let it go, or have it drawn now. Who comes by the address itself sees the page."""
        if request.method != "POST":
            return HttpResponseRedirect(reverse("admin:opendata_coming"))
        if not _may_publish(request) or not isinstance(request.user, User):
            raise PermissionDenied
        here, user = municipality(request), request.user
        try:
            match act:
                case "houd":
                    form = HoldForm(request.POST)
                    if not form.is_valid():
                        return self._page(request, name, form, 400)
                    holds.hold(here, name, form.cleaned_data["reason"], form.cleaned_data["until"], user)
                    words = _("Held. Everybody reads why on the page of open data.")
                case "vrij":
                    holds.lift(here, name, user)
                    words = _("Not held any more.")
                case "nu":
                    self._draw_now(here, name, user)
                    words = _("Asked for. In a few minutes it stands below, unless the ledger refuses it.")
                case _:
                    raise Http404
        except HoldRefused as refusal:
            return self._answer_refusal(request, name, act, refusal)
        messages.success(request, words)
        return HttpResponseRedirect(reverse("admin:opendata_coming"))

    def _answer_refusal(self, request: HttpRequest, name: str, act: str, refusal: HoldRefused) -> HttpResponse:
        """Beside its field where the form is there still; else on top, for the page may have changed meanwhile."""
        is_held = any(str(period) == name for period in holds.current(municipality(request)))
        if act == "houd" and not is_held:
            form = HoldForm(request.POST)
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
            return self._page(request, name, form, 400)
        return self._page(request, status=400, refusal=_("%(period)s: %(why)s") % {
            "period": in_words(name), "why": refusal.message,
        })  # fmt: skip

    def _draw_now(self, here: Municipality, name: str, user: User) -> None:
        if not is_due(here, name):
            raise HoldRefused("not_due", _("This period is not to be drawn now. Look at the page again."))
        request = DrawRequest.objects.create(municipality=here, period=name, asked_by=user)
        try:
            publish_period.delay(here.pk, name, request.pk)
        except OperationalError as error:
            raise HoldRefused(
                "away", _("It cannot be asked for at this moment. Tonight it is drawn by itself.")
            ) from error

    def _page(
        self,
        request: HttpRequest,
        name: str = "",
        form: "HoldForm | None" = None,
        status: int = 200,
        refusal: str = "",
    ) -> HttpResponse:
        if not _may_publish(request):
            raise PermissionDenied
        here = municipality(request)
        in_a_week = grid.today(here) + timedelta(days=7)
        coming = coming_periods(here)
        rows = [(one, form if form and str(one.period) == name else HoldForm.proposing(in_a_week)) for one in coming]
        context = self.admin_site.each_context(request) | {
            "title": _("What comes out"),
            "rows": rows,
            "first_draw": next((one for one in coming if one.lack is None), None),
            "form": form,
            "refusal": refusal,
            "today": grid.today(here),
            "releases": _went_out(here),
            "taken": taken.of(here),
            "bytes": storage.bytes_below(here.code),
            "portal": CkanPortal.objects.of(here).first(),
            "pushes": _pushes(here),
        }
        return TemplateResponse(request, "admin/opendata/coming.html", context, status=status)


def _went_out(here: Municipality) -> list[tuple[Release, str, str, str]]:
    """The newest releases: with their title, their period in words, and who drew them."""
    newest = list(Release.objects.drawn().of(here).defer("rows", "noise").order_by("-drawn_at", "dataset")[:12])
    of_these = DrawRequest.objects.of(here).filter(period__in={one.period for one in newest}).select_related("asked_by")
    requests = list(of_these.order_by("asked_at"))
    return [(one, of_release(one).title, in_words(one.period), _who(one, requests)) for one in newest]


def _pushes(here: Municipality) -> list[tuple[str, CkanPush]]:
    """What stands in the portal, each with the title of its dataset; first what concerns all of them."""
    of_each = Release.objects.drawn().of(here).defer("rows", "noise").order_by("dataset").distinct("dataset")
    titles = {one.dataset: of_release(one).title for one in of_each}
    return [(titles.get(one.dataset, one.dataset), one) for one in CkanPush.objects.of(here)]


def _who(release: Release, requests: list[DrawRequest]) -> str:
    """Whose request drew it; without one the night did it, or a command. A request that was refused drew nothing."""
    before = [one for one in requests if one.period == release.period and one.drew(release.day_and_time)]
    return str(before[-1].asked_by) if before else gettext("by itself, or by a command")


def in_words(name: str) -> str:
    """A period as people say it: "november 2026"."""
    try:
        return period_in_words(Period.parse(name))
    except DisclosureError:
        return name[:20]


def _may_publish(request: HttpRequest) -> bool:
    return may(request, Right.PUBLISH) or may(request, Right.MANAGE)


class HoldForm(forms.Form):
    """Why a period is held, and until when."""

    reason = forms.CharField(label=_("Why (everybody reads this)"), max_length=300)
    until = forms.DateField(label=_("Until"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    @classmethod
    def proposing(cls, until: date) -> "HoldForm":
        """Filled in, so that one click holds it."""
        return cls(initial={"reason": gettext("We look at these figures first."), "until": until})


class OtherDataAdmin(ScopedAdmin):
    """Lines on the page of open data, about data that stand elsewhere."""

    chapter = (Chapter.DATA, 2)
    purpose = _("Other data of the municipality, to which the portal has a link.")
    list_display = ("title", "owner", "licence", "address")
    delete_right = Right.MANAGE


site.register(Hold, HoldAdmin)
site.register(OtherData, OtherDataAdmin)
site.register(Release, ReleaseAdmin)
site.register(Budget, BudgetAdmin)
site.register(PlannedTable, PlannedTableAdmin)
