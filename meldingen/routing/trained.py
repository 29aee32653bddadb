"""Trained models and what was measured of them, to look at: they come from training."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldingen.categories.models import Category
from meldingen.record.models import Melding
from meldingen.routing import reasons
from meldingen.routing.models import Prediction, TrainedModel
from meldingen.routing.prediction import label_of
from meldingen.routing.using import NotUsable, put_into_use
from meldingen.staffsite.admin import ReadOnlyAdmin
from meldingen.staffsite.site import site
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
    """Models and what was measured of them."""

    exclude = ("municipality", "file", "figures")
    readonly_fields = ("routing", "never", "figures_in_words", "audit_in_words", "struck_texts")
    list_display = ("version", "trained_on", "texts", "classes", "trained_at", "status")
    ordering = ("-version",)
    actions = ("put_into_use",)

    def has_use_permission(self, request: HttpRequest) -> bool:
        """Who manages the municipality decides which model is served."""
        return may(request, Right.MANAGE)

    @admin.action(description=_("Put into use"), permissions=["use"])
    def put_into_use(self, request: HttpRequest, models: QuerySet[TrainedModel]) -> None:
        """One model; why not, in words."""
        model = models.first()
        if model is None or models.count() > 1:
            messages.error(request, _("Choose one model."))
            return
        try:
            put_into_use(model)
        except NotUsable as error:
            messages.error(request, str(error))
            return
        self.log_change(request, model, gettext("Put into use"))
        messages.success(request, gettext("Model %(version)d is in use.") % {"version": model.version})

    @admin.display(description=_("routing"))
    def routing(self, model: TrainedModel) -> reasons.Words:
        """Whether it routes without a person, or why it stopped."""
        why_not, threshold = model.figures.get("stopped"), model.figures.get("threshold")
        if why_not:
            return reasons.reason(why_not)
        if threshold is None:
            return reasons.reason("no_promise")
        return gettext("The model routes what it is at least %(percent)s sure of.") % {"percent": _percent(threshold)}

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
        predictions = Prediction.objects.filter(model=model, melding__is_audited=True, melding__category_by="staff")
        right = Count("pk", filter=Q(category=F("melding__category")))
        numbers = predictions.aggregate(all=Count("pk"), right=right)
        if not numbers["all"]:
            return gettext("None yet.")
        return gettext("Right in %(right)d of %(all)d.") % numbers

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
