"""One's own account: where one is logged in, and the code beside the password."""

from __future__ import annotations

import time

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldingen.accounts import second_factor, sessions
from meldingen.limits.senders import sender_of
from meldingen.staffsite import entering, presence, signin, signing
from meldingen.staffsite.signing import CodeForm
from meldingen.staffsite.site import site, wait_in_words
from meldingen.tenancy.models import User
from meldingen.tenancy.requests import municipality


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The whole of it."""
    user = _user(request)
    context = {
        **site.each_context(request),
        "title": _("Your account"),
        "sessions": list(sessions.of(user)[:50]),
        "own_key": request.session.session_key,
        "has_code": second_factor.is_on(user),
        "codes_left": second_factor.codes_left(user),
        "needs_code": second_factor.is_required(user, municipality(request)),
        "form": CodeForm(auto_id="off_%s"),
    }
    return TemplateResponse(request, "staffsite/account.html", context)


@require_POST
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """End one of one's own; another's is not there."""
    if not sessions.end(municipality(request), _user(request), session_id):
        raise Http404
    messages.success(request, _("Logged out there."))
    return HttpResponseRedirect(reverse("admin:account"))


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End all but this one."""
    sessions.end_others(municipality(request), _user(request), request.session.session_key)
    messages.success(request, _("You are logged in here alone now."))
    return HttpResponseRedirect(reverse("admin:account"))


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def set_up_code(request: HttpRequest) -> HttpResponse:
    """Begin to use a code."""
    user = _user(request)
    if second_factor.is_on(user):
        return HttpResponseRedirect(reverse("admin:account"))
    return signing.set_up(request, user, reverse("admin:account"), is_entering=False)


@sensitive_post_parameters()
@require_POST
def change_code(request: HttpRequest) -> HttpResponse:
    """Turn it off, or get other codes for paper. Both ask for a code: a screen that is left open is not enough."""
    user, where = _user(request), municipality(request)
    name, sender, account = user.get_username(), sender_of(request), HttpResponseRedirect(reverse("admin:account"))
    turns_off = "off" in request.POST
    if turns_off and second_factor.is_required(user, where):
        messages.error(request, _("Your municipality asks for a code, so it stays on."))
    elif wait := signin.wait_for(name, sender):
        messages.error(request, wait_in_words(wait))
    elif not second_factor.check(user, where, request.POST.get("code", "")[:40]):
        signin.count_failure(name, sender)
        messages.error(request, _("This code is not right, or was used already. Wait for the next one."))
    elif turns_off:
        second_factor.remove(user, where, user)
        messages.success(request, _("You log in with your password alone now."))
    else:
        return signing.show_codes(request, second_factor.new_codes(user), reverse("admin:account"))
    return account


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def still_there(request: HttpRequest) -> HttpResponse:
    """How many seconds are left; POST says that the colleague is there."""
    if not site.has_permission(request):
        return JsonResponse({"seconds": 0}, status=403)
    if request.method == "POST" and entering.SEEN in request.session:
        request.session[entering.SEEN] = int(time.time())
        sessions.see(str(request.session.session_key))
    return JsonResponse({"seconds": presence.seconds_left(request)})


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
