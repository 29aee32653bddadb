"""The model: whether it can be read, and whether it stopped routing, and why."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meldingen.routing import prediction, reasons
from meldingen.routing.models import TrainedModel
from meldingen.tenancy.models import Municipality
from meldingen.upkeep.defects import Defect, Subject

Status = TrainedModel.Status
LATELY = 200  # of the newest predictions, how many are looked at


def look(where: Municipality) -> Iterator[Defect]:
    """Of the model in use. A town without any is no broken one: there people choose."""
    own = TrainedModel.objects.of(where).order_by("-version")
    live, candidate = own.filter(status=Status.LIVE).first(), own.filter(status=Status.CANDIDATE).first()
    if live is None:
        if candidate is not None:
            words = _("Model %(version)d is trained and not in use: people choose every category.")
            yield _defect(candidate, words % {"version": candidate.version}, _("Look at it, and put it into use"))
        return
    try:
        prediction.serve(live)
    except prediction.Unservable:
        words = _("Model %(version)d cannot be read: all meldingen go to people.") % {"version": live.version}
        yield _defect(live, words, _("Put another into use, or have one trained"), is_grave=True)
        return
    if why_not := str(live.figures.get("stopped") or ""):
        words = _("Model %(version)d routes nothing any more. %(why)s")
        yield _defect(live, words % {"version": live.version, "why": reasons.reason(why_not)}, _("Look at its figures"))
    if number := prediction.failures(where, LATELY):
        words = ngettext(
            "The model failed on %(n)d of the newest 200 meldingen; people choose there.",
            "The model failed on %(n)d of the newest 200 meldingen; people choose there.",
            number,
        )
        yield _defect(live, words % {"n": number}, _("Look at its figures"))


def _defect(model: TrainedModel, words: str, act: str, *, is_grave: bool = False) -> Defect:
    path = reverse("admin:meldingen_trainedmodel_change", args=[model.pk])
    return Defect(Subject.MODEL, words, act, path, is_grave)
