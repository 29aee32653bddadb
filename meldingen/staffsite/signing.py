"""The page that asks for a name and a password, and those that ask for a code."""

from __future__ import annotations

import math
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from meldingen.accounts import second_factor
from meldingen.accounts.second_factor import Way
from meldingen.limits.senders import sender_of
from meldingen.refusals import Refused
from meldingen.staffsite import entering, qr, signin
from meldingen.staffsite.site import site, wait_in_words
from meldingen.tenancy.models import User
from meldingen.tenancy.requests import municipality


class CodeForm(forms.Form):
    """Six digits of an app, or a code from paper."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "text", "autofocus": True, "spellcheck": "false"}
        ),
    )


class StaffLoginView(LoginView):
    """Django's page; who uses a code is asked for it on the next one."""

    def form_valid(self, form: Any) -> HttpResponse:
        """On to where they wanted to go, or to the code."""
        user = form.get_user()
        if not isinstance(user, User):
            return self.form_invalid(form)
        return entering.go_in(self.request, user, self.get_success_url())


site.login_view = StaffLoginView


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask who gave the right password for the code of their telephone."""
    state = entering.waiting(request)
    if state is None:
        return _begin_again(request)
    user, target = state
    form = CodeForm(request.POST or None)
    name, sender, status = user.get_username(), sender_of(request), 200
    if request.method == "POST" and form.is_valid():
        wait = signin.wait_for(name, sender)
        if wait:
            entering.keep_failure(request, name, is_locked=True)
            form.add_error("code", wait_in_words(wait))
            status = 429
        elif way := second_factor.check(user, municipality(request), form.cleaned_data["code"]):
            entering.enter(request, user, with_code=True)
            if way is Way.PAPER:
                left = second_factor.codes_left(user)
                messages.warning(request, _("You used a code from paper. %(left)d are left.") % {"left": left})
            return HttpResponseRedirect(target)
        else:
            signin.count_failure(name, sender)
            entering.keep_failure(request, name, is_locked=False)
            form.add_error("code", _("This code is not right, or was used already. Wait for the next one."))
    context = {**site.each_context(request), "title": _("Your code"), "form": form}
    response = TemplateResponse(request, "staffsite/code.html", context, status=status)
    if status == 429:
        response["Retry-After"] = str(math.ceil(wait))
    return response


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    """Have who must use a code here, and has none yet, set it up before they come in."""
    state = entering.waiting(request)
    if state is None:
        return _begin_again(request)
    user, target = state
    if second_factor.is_on(user):
        return HttpResponseRedirect(reverse("admin:login_code"))
    return set_up(request, user, target, is_entering=True)


def set_up(request: HttpRequest, user: User, target: str, *, is_entering: bool) -> HttpResponse:
    """The QR code and the key, until the first code of the app is right; then the codes for paper, once."""
    where, form = municipality(request), CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = second_factor.confirm(user, where, form.cleaned_data["code"])
        except Refused as refused:
            form.add_error("code", str(refused.message))
        else:
            if is_entering:
                entering.enter(request, user, with_code=True)
            else:
                request.session[entering.CODE] = True
            return show_codes(request, codes, target)
    factor = second_factor.begin(user)
    key = second_factor.key_of(factor)
    context = {
        **site.each_context(request),
        "title": _("Sign in with a code"),
        "form": form,
        "picture": qr.picture(second_factor.address_of(factor, where.name)),
        "key": " ".join(key[place : place + 4] for place in range(0, len(key), 4)),
        "is_entering": is_entering,
    }
    return TemplateResponse(request, "staffsite/code_setup.html", context)


def show_codes(request: HttpRequest, codes: list[str], target: str) -> HttpResponse:
    """The codes for paper: this page cannot be opened again."""
    title = _("Keep these codes on paper")
    context = {**site.each_context(request), "title": title, "codes": codes, "target": target}
    return TemplateResponse(request, "staffsite/codes.html", context)


def _begin_again(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("Log in again: too much time went by."))
    return HttpResponseRedirect(reverse("admin:login"))
