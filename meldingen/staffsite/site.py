"""The one staff site, at /beheer/: rooms register their admins on `site`; who has no membership here cannot log in."""

import math
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from meldingen.limits.senders import Sender, sender_of
from meldingen.staffsite import signin
from meldingen.tenancy.models import User
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, may, standing_of


class StaffLoginForm(AdminAuthenticationForm):
    """Name and password of a member of this municipality. Who belongs elsewhere hears what a wrong password hears."""

    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": _(
            "This user name and password do not belong together, or you have no access here. Capitals count."
        ),
    }

    wait = 0.0  # seconds until the next try may come; 0 when it may come at once

    def clean(self) -> dict[str, Any]:
        """Django's check, unless too much was guessed; then no password is looked at, right or wrong."""
        name, sender = self.cleaned_data.get("username"), sender_of(self.request) if self.request else Sender()
        if name is None or not self.cleaned_data.get("password"):
            return super().clean()
        self.wait = signin.wait_for(name, sender)
        if self.wait:
            raise ValidationError(_wait_in_words(self.wait), code="locked")
        try:
            values = super().clean()
        except ValidationError:
            signin.count_failure(name, sender)
            raise
        signin.forget_failures(name, sender)
        return values

    def confirm_login_allowed(self, user: AbstractBaseUser) -> None:
        """Refuse who has no role at this host, with the words of a wrong password."""
        request = self.request
        if request is None or not isinstance(user, User) or not standing_of(user, municipality(request)).rights:
            raise ValidationError(
                self.error_messages["invalid_login"],
                code="invalid_login",
                params={"username": self.username_field.verbose_name},
            )


def _wait_in_words(wait: float) -> str:
    """What to do, in the same words for every account, ours or not."""
    seconds, minutes = math.ceil(wait), math.ceil(wait / 60)
    how_long = (
        ngettext("Wait %(n)d second", "Wait %(n)d seconds", seconds) % {"n": seconds}
        if seconds < 100
        else ngettext("Wait %(n)d minute", "Wait %(n)d minutes", minutes) % {"n": minutes}
    )
    words = gettext(
        "Too many wrong passwords for this user name, or from your network. %(wait)s and log in then. Did you forget "
        "the password? Ask a manager of your municipality for a new one."
    )
    return words % {"wait": how_long}


class StaffSite(AdminSite):
    """Django's admin for the members of the municipality whose host is asked."""

    site_title = _("Staff")
    site_header = _("Staff")
    index_title = _("Settings")
    login_form = StaffLoginForm
    enable_nav_sidebar = False

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self._mounted: list[URLPattern] = []

    def mount(self, *pages: URLPattern) -> None:
        """Give the site pages of rooms above it, before its own. What it lists itself is at /instellingen/."""
        self._mounted += pages

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the user is a member here."""
        return may(request, Right.VIEW)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Django's context, with the name of the municipality as title and what the user may do."""
        context = super().each_context(request)
        name = municipality(request).name
        member = context["has_permission"]
        return context | {
            "site_title": name,
            "site_header": name,
            "may_enter": member and may(request, Right.ENTER),
            "may_handle": member and may(request, Right.HANDLE),
            "may_manage": member and may(request, Right.MANAGE),
            "may_publish": member and (may(request, Right.PUBLISH) or may(request, Right.MANAGE)),
        }

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Django's page; a 429 with Retry-After for who must wait."""
        response = super().login(request, extra_context)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if wait := getattr(form, "wait", 0):
            response.status_code = 429
            response["Retry-After"] = str(math.ceil(wait))
        return response

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Django's addresses without `view_on_site`, which finds rows by number and knows no municipality."""
        own = [url for url in super().get_urls() if getattr(url, "name", None) != "view_on_site"]
        settings = path("instellingen/", self.admin_view(self.index), name="settings")
        return [*self._mounted, settings, *own]


site = StaffSite(name="admin")
