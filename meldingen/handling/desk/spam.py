"""What was called spam lately, colleague by colleague, with a button that puts it back."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meldingen.handling import merging, spam
from meldingen.handling.desk import confidential, labels
from meldingen.record.models import Melding
from meldingen.record.queries import SPAM_KEPT
from meldingen.staffsite.site import site
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, may

FEW = 5  # of each colleague
MANY = 500  # of one


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Each colleague with a few, or one with all: `wie` is their id."""
    if not may(request, Right.HANDLE):
        raise PermissionDenied
    where, who = municipality(request), request.GET.get("wie", "")
    visible = confidential.visible(request, Melding.objects.of(where))
    shares = spam.shares(where, visible, MANY if who else FEW)
    if who:
        shares = [share for share in shares if str(share.user.pk) == who]
        if not shares:
            raise Http404
    seen = merging.snapshots(each.pk for share in shares for each in share.meldingen)
    context = {
        **site.each_context(request),
        "title": _("Called spam lately"),
        "days": SPAM_KEPT.days,
        "is_of_one": bool(who),
        "shares": [
            {
                "user": share.user,
                "name": share.user.get_full_name() or share.user.get_username(),
                "number": share.number,
                "more": share.number - len(share.meldingen),
                "rows": [
                    {"melding": each, "excerpt": labels.excerpt(each.text), "seen": seen[each.pk]}
                    for each in share.meldingen
                ],
            }
            for share in shares
        ],
    }
    return TemplateResponse(request, "handling/spam.html", context)
