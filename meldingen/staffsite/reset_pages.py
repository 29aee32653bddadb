"""Somebody forgot a password: they ask for a link, and choose a new one behind it. Django's machinery, our words."""

from __future__ import annotations

import math
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meldingen.accounts import resetting
from meldingen.limits.rules import TOO_MANY
from meldingen.limits.senders import sender_of
from meldingen.staffsite.site import site
from meldingen.tenancy.requests import municipality


class AddressForm(forms.Form):
    """With which address somebody has an account."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        widget=forms.EmailInput(attrs={"autofocus": True, "autocomplete": "email"}),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a link. The answer is the same for an address that nobody has."""
    form, status, wait = AddressForm(request.POST or None), 200, 0.0
    context = {**site.each_context(request), "title": _("Forgot your password?"), "form": form}
    if request.method == "POST" and form.is_valid():
        wait = resetting.wait_for_network(sender_of(request))
        if wait:
            form.add_error(None, TOO_MANY % {"seconds": math.ceil(wait)})
            status = 429
        else:
            resetting.ask(municipality(request), form.cleaned_data["email"])
            context |= {"title": _("Look at your mail"), "is_sent": True}
    response = TemplateResponse(request, "staffsite/forgot.html", context, status=status)
    if wait:
        response["Retry-After"] = str(math.ceil(wait))
    return response


class ChooseView(PasswordResetConfirmView):
    """A new password, by a link that works once, for a colleague of this municipality."""

    template_name = "staffsite/new_password.html"
    success_url = reverse_lazy("admin:login")
    title = gettext_lazy("Choose a new password")

    def get_user(self, uidb64: str) -> Any:
        """Nobody for who does not work here: their link is of another town."""
        user = super().get_user(uidb64)
        return user if user and resetting.is_colleague(municipality(self.request), user) else None

    def form_valid(self, form: Any) -> HttpResponse:
        """Every session that there was ends with the old password; they log in with the new one."""
        response = super().form_valid(form)
        resetting.finish(municipality(self.request), form.user)
        messages.success(self.request, _("Your password is changed. Log in with the new one."))
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the frame of the site."""
        return {
            **site.each_context(self.request),
            **super().get_context_data(**kwargs),
            "again": reverse("admin:forgot"),
        }


choose = never_cache(ChooseView.as_view())
