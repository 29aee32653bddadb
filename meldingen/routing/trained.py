"""Trained models and what was measured of them. They come from training; people put them into use, and say why."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldingen import texts
from meldingen.categories.models import Category
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from meldingen.routing import measuring, reasons
from meldingen.routing.models import ModelUse, TrainedModel
from meldingen.routing.prediction import label_of
from meldingen.routing.using import NotUsable, has_file, put_into_use, take_out_of_use
from meldingen.staffsite.admin import ReadOnlyAdmin
from meldingen.staffsite.chapters import Chapter
from meldingen.staffsite.site import site
from meldingen.tenancy.models import User
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, may

# What analytics.learning measures, in words; what is not here is for programs.
FIGURES = {
    "held_out": _("texts that it was measured on"),
    "accuracy": _("share of which the first choice was right"),
    "top3": _("share with the right one among three"),
    "routed": _("share that it would route"),
    "routed_right": _("share of those that was right"),
    "threshold": _("how sure it must be to route"),
    "precision": _("share that it promises to be right then"),
    "promised_on": _("held-out texts behind that promise"),
    "right": _("share of those it would have routed that was right, judged by what others taught"),
    "right_own": _("the same, judged by what they taught themselves"),
    "folded": _("categories with too few examples"),
}


@admin.register(TrainedModel, site=site)
class TrainedModelAdmin(ReadOnlyAdmin):
    """Models and what was measured of them; above the list: whether the one in use does as it promised."""

    chapter = (Chapter.WORK, 3)
    purpose = _("The model that guesses categories: how often it is right, and which one is in use.")
    exclude = ("municipality", "file", "figures")
    readonly_fields = ("routing", "never", "figures_in_words", "audit_in_words", "struck_texts")
    list_display = ("version", "trained_on", "texts", "classes", "trained_at", "status")
    ordering = ("-version",)
    change_list_template = "routing/models.html"

    def get_urls(self) -> list[URLPattern]:
        """The acts, each with a reason."""
        use, stop = self.admin_site.admin_view(self.use), self.admin_site.admin_view(self.stop)
        return [
            path("<int:model_id>/gebruiken/", use, name="meldingen_trainedmodel_use"),
            path("stoppen/", stop, name="meldingen_trainedmodel_stop"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The model in use, the candidate, the one before, what was done with them; below it all versions."""
        return super().changelist_view(request, self._context(request) | (extra_context or {}))

    def use(self, request: HttpRequest, model_id: int) -> HttpResponse:
        """Put a model into use, or back."""
        model = self.get_queryset(request).filter(pk=model_id).first()
        if model is None:
            raise Http404
        words = gettext("Model %(version)d is in use.") % {"version": model.version}
        return self._act(request, model_id, partial(put_into_use, model), words)

    def stop(self, request: HttpRequest) -> HttpResponse:
        """Take the model out of use."""
        stop = partial(take_out_of_use, municipality(request))
        return self._act(request, 0, stop, gettext("No model is in use: people choose each category."))

    def _act(self, request: HttpRequest, model_id: int, call: Callable[..., object], words: str) -> HttpResponse:
        """By who manages the municipality; a reason that is missing is asked for, with the page as it was."""
        if not may(request, Right.MANAGE) or not isinstance(request.user, User):
            raise PermissionDenied
        back = HttpResponseRedirect(reverse("admin:meldingen_trainedmodel_changelist"))
        if request.method != "POST":
            return back
        reason = texts.clean(request.POST.get("reason", "")).strip()[:300]
        try:
            call(user=request.user, reason=reason)
        except Refused as refused:
            request.method = "GET"  # the list itself takes no post
            return self.changelist_view(request, {"wrong": {"model": model_id, "words": refused.message}})
        except NotUsable as error:
            messages.error(request, str(error))
            return back
        messages.success(request, words)
        return back

    def _context(self, request: HttpRequest) -> dict[str, Any]:
        here = municipality(request)
        own = list(TrainedModel.objects.of(here).order_by("-version")[:50])
        live = next((each for each in own if each.status == TrainedModel.Status.LIVE), None)
        measures = measuring.measure(live) if live else None
        others = [each for each in own if each.status != TrainedModel.Status.LIVE and has_file(each)]
        return {
            "live": live,
            "measures": measures,
            "broken": bool(live and measures and measures.promise.breaks(live.figures.get("precision") or 0)),
            "routing": self.routing(live) if live else "",
            "threshold": here.routing_threshold,
            "others": [(each, self.routing(each)) for each in others],
            "uses": list(ModelUse.objects.of(here).select_related("model", "before", "user")[:20]),
            "days": measuring.DAYS,
            "audit_share": here.audit_share,
        }

    @admin.display(description=_("routing"))
    def routing(self, model: TrainedModel) -> reasons.Words:
        """Whether it routes without a person, or why it stopped."""
        why_not, threshold = model.figures.get("stopped"), model.figures.get("threshold")
        if why_not:
            return reasons.reason(why_not)
        if threshold is None:
            return reasons.reason("no_promise")
        words = gettext(
            "The model routes a report where, of held-out reports like it, at least %(percent)s of its choices were "
            "right. The percentage beside a guess is another one: how likely it is beside the other categories."
        )
        return words % {"percent": _percent(threshold)}

    @admin.display(description=_("never sure enough of"))
    def never(self, model: TrainedModel) -> str:
        """The categories that it leaves to people, by name; a label that no category has any more as it is."""
        labels = model.figures.get("never") or []
        rows = Category.objects.of(model.municipality).select_related("parent") if labels else []
        names = {label_of(category): category.name for category in rows}
        return ", ".join(names.get(label, label) for label in labels) or "–"

    @admin.display(description=_("figures"))
    def figures_in_words(self, model: TrainedModel) -> str:
        """Each figure behind its words."""
        pairs = [(words, model.figures[name]) for name, words in FIGURES.items() if model.figures.get(name) is not None]
        return "; ".join(f"{words}: {number_format(round(figure, 3))}" for words, figure in pairs) or "–"

    @admin.display(description=_("judged where nobody saw a guess"))
    def audit_in_words(self, model: TrainedModel) -> str:
        """Of the meldingen drawn by chance, how often its first guess was what a colleague chose."""
        score = measuring.measure(model).first
        if not score.total:
            return gettext("None yet.")
        return gettext("Right in %(right)d of %(all)d.") % {"right": score.right, "all": score.total}

    @admin.display(description=_("texts with words struck out since"))
    def struck_texts(self, model: TrainedModel) -> str:
        """Its file may hold these words; training again leaves those texts out."""
        where = Melding.objects.of(model.municipality).filter(struck_at__gt=model.trained_at)
        number = where.count()
        if not number:
            return gettext("None.")
        return gettext("%(n)d: train again, so that no file holds them.") % {"n": number}


def _percent(share: float) -> str:
    return f"{number_format(round(100 * share, 1))} %"
