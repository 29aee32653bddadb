"""One box that finds a melding by whatever a colleague has. What was typed is posted: no address and no log has it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meldingen.handling import finding
from meldingen.handling.desk import confidential, rows
from meldingen.handling.finding import By
from meldingen.record.models import Melding
from meldingen.staffsite.site import site
from meldingen.tenancy.models import User
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, may

_BY: dict[By, str | Promise] = {
    By.REFERENCE: gettext_lazy("reference"),
    By.EMAIL: gettext_lazy("e-mail address"),
    By.PHONE: gettext_lazy("telephone"),
    By.NAME: gettext_lazy("name of the reporter"),
    By.PLACE: gettext_lazy("address"),
    By.OBJECT: gettext_lazy("object"),
    By.WORDS: gettext_lazy("words"),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """What was found; one alone is opened. Who comes without words gets the box."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    where, words = municipality(request), request.POST.get("words", "")
    visible = confidential.visible(request, Melding.objects.of(where))
    by_contact = request.user if may(request, Right.CONTACT) else None
    matches = finding.find(where, visible, words, by_contact=by_contact) if words.strip() else finding.Matches()
    if len(matches.ids) == 1:
        return HttpResponseRedirect(_address(next(iter(matches.ids))))
    heavy = ("search", "point", "buurt__geometry", "buurt__ages")
    meldingen = Melding.objects.of(where).filter(pk__in=matches.ids).select_related("category", "team", "buurt")
    now, zone = timezone.now(), where.time_zone
    context = {
        **site.each_context(request),
        "title": _("Search"),
        "words": words,
        "may_contact_search": by_contact is not None,
        "may_bulk": may(request, Right.HANDLE),
        "shown": ",".join(map(str, matches.ids)),
        "is_full": len(matches.ids) == finding.MOST,
        "rows": [
            {"row": rows.row(each, now, zone), "address": _address(each.pk), "by": _BY[matches.ids[each.pk]]}
            for each in meldingen.defer(*heavy).order_by("-received_at", "-pk")
        ],
    }
    return TemplateResponse(request, "handling/found.html", context)


def _address(melding_id: int) -> str:
    return f"{reverse('admin:index')}?list=all&melding={melding_id}"
