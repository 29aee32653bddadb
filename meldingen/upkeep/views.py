"""The page “What is broken” of the staff site, and the tick of who wants it by mail each morning."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meldingen.staffsite.site import site
from meldingen.tenancy.models import User
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, may
from meldingen.upkeep import morning
from meldingen.upkeep.defects import Subject
from meldingen.upkeep.looking import look

HEADINGS: dict[Subject, str | Promise] = {
    Subject.MAIL: gettext_lazy("Mail"),
    Subject.WORK: gettext_lazy("Work"),
    Subject.RULES: gettext_lazy("Rules"),
    Subject.MODEL: gettext_lazy("The model"),
    Subject.QUEUES: gettext_lazy("Queues and servers"),
    Subject.ADDRESSES: gettext_lazy("Addresses"),
}


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """All that is broken in this municipality, as sentences with the next act."""
    user, where = _manager(request), municipality(request)
    defects = look(where)
    order = list(Subject)
    by_subject = sorted(defects, key=lambda defect: order.index(defect.subject))
    context = {
        **site.each_context(request),
        "title": _("What is broken"),
        "grave": [defect for defect in defects if defect.is_grave],
        "parts": [
            (HEADINGS[subject], [each for each in some if not each.is_grave])
            for subject, some in ((key, list(group)) for key, group in groupby(by_subject, lambda each: each.subject))
        ],
        "number": len(defects),
        "wants_mail": morning.wants(where, user),
        "has_address": morning.has_address(user),
        "code": where.code,
    }
    return TemplateResponse(request, "upkeep/broken.html", context)


@require_POST
def want_mail(request: HttpRequest) -> HttpResponse:
    """Keep whether this colleague wants a mail each morning."""
    user, wants = _manager(request), "wants" in request.POST
    morning.want(municipality(request), user, wants=wants)
    messages.success(
        request,
        _("From tomorrow you get a mail in the morning when something is broken.")
        if wants
        else _("You get no mail about this any more."),
    )
    return HttpResponseRedirect(reverse("admin:broken"))


def _manager(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not may(request, Right.MANAGE):
        raise PermissionDenied
    return request.user


site.mount(
    path("stuk/", site.admin_view(page), name="broken"),
    path("stuk/ochtend/", site.admin_view(want_mail), name="broken_mail"),
)
