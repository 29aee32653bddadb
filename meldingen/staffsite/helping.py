"""A manager helps a colleague who cannot come in, or who is still logged in somewhere."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meldingen.accounts import second_factor, sessions
from meldingen.staffsite.site import site
from meldingen.tenancy.models import Membership, User
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, may


@require_http_methods(["GET", "HEAD", "POST"])
def help_colleague(request: HttpRequest, membership_id: int) -> HttpResponse:
    """What can be done for them, and doing it. An operator of the service is helped by no manager."""
    where = municipality(request)
    if not may(request, Right.MANAGE) or not isinstance(request.user, User):
        raise PermissionDenied
    membership = Membership.objects.of(where).filter(pk=membership_id).select_related("user").first()
    if membership is None or membership.user.is_superuser:
        raise Http404
    colleague = membership.user
    if request.method == "POST":
        if "code" in request.POST and second_factor.is_on(colleague):
            second_factor.remove(colleague, where, request.user)
            messages.success(request, _("The code is taken away. They log in with their password, and set it up anew."))
        elif "sessions" in request.POST:
            sessions.end_all_here(where, colleague, request.user)
            messages.success(request, _("They are logged out."))
        return HttpResponseRedirect(reverse("admin:help_colleague", args=[membership.pk]))
    name = colleague.get_full_name() or colleague.get_username()
    context = {
        **site.each_context(request),
        "title": _("Help %(name)s to come in") % {"name": name},
        "membership": membership,
        "name": name,
        "has_code": second_factor.is_on(colleague),
        "is_oneself": colleague == request.user,
    }
    return TemplateResponse(request, "staffsite/help.html", context)
