"""The one staff site, at /beheer/: rooms register their admins on `site`; who has no membership here cannot log in."""

import math
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from meldingen.limits.senders import Sender, sender_of
from meldingen.staffsite import entering, signin, unsent
from meldingen.staffsite.chapters import chapters_of
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
            self._keep_failure(name, is_locked=True)
            raise ValidationError(wait_in_words(self.wait), code="locked")
        try:
            return super().clean()
        except ValidationError:
            signin.count_failure(name, sender)
            self._keep_failure(name, is_locked=False)
            raise

    def _keep_failure(self, name: str, *, is_locked: bool) -> None:
        if self.request:
            entering.keep_failure(self.request, name, is_locked=is_locked)

    def confirm_login_allowed(self, user: AbstractBaseUser) -> None:
        """Refuse who has no role at this host, with the words of a wrong password."""
        request = self.request
        if request is None or not isinstance(user, User) or not standing_of(user, municipality(request)).rights:
            raise ValidationError(
                self.error_messages["invalid_login"],
                code="invalid_login",
                params={"username": self.username_field.verbose_name},
            )


def wait_in_words(wait: float) -> str:
    """What to do, in the same words for every account, ours or not."""
    seconds, minutes = math.ceil(wait), math.ceil(wait / 60)
    how_long = (
        ngettext("Wait %(n)d second", "Wait %(n)d seconds", seconds) % {"n": seconds}
        if seconds < 100
        else ngettext("Wait %(n)d minute", "Wait %(n)d minutes", minutes) % {"n": minutes}
    )
    words = gettext(
        "Too many wrong passwords for this user name, or from your network. %(wait)s and log in then. Did you forget "
        "the password? Ask for a new one by mail, or ask a manager of your municipality."
    )
    return words % {"wait": how_long}


class StaffSite(AdminSite):
    """Django's admin for the members of the municipality whose host is asked."""

    site_title = _("Staff")
    site_header = _("Staff")
    index_title = _("Settings")
    login_form = StaffLoginForm
    login_view: type[LoginView] = LoginView  # meldingen.staffsite.signing has ours
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
            "idle_seconds": municipality(request).idle_minutes * 60 if entering.SEEN in request.session else None,
        }

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Django's, but what somebody typed while they were away is shown to them and not thrown away."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not self.has_permission(request):
                if getattr(request, "was_away", False):
                    messages.warning(request, _("You did nothing for a while, so you were logged out."))
                if texts := unsent.texts_of(request):
                    return unsent.show(request, texts, self.each_context(request))
            response: HttpResponse = inner(request, *args, **kwargs)
            return response

        return page

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Our page; a 429 with Retry-After for who must wait."""
        index = reverse("admin:index", current_app=self.name)
        if request.method == "GET" and self.has_permission(request):
            return HttpResponseRedirect(index)
        context = {**self.each_context(request), "title": _("Log in"), "app_path": request.get_full_path()}
        context["username"] = request.user.get_username()
        if "next" not in request.GET and "next" not in request.POST:
            context["next"] = index
        view = self.login_view.as_view(
            extra_context=context | (extra_context or {}),
            authentication_form=self.login_form,
            template_name="admin/login.html",
        )
        response: Any = view(request)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if wait := getattr(form, "wait", 0):
            response.status_code = 429
            response["Retry-After"] = str(math.ceil(wait))
        answer: HttpResponse = response
        return answer

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Django's overview of the settings, in chapters."""
        chapters = list(chapters_of(self.get_app_list(request), self._registry))
        return super().index(request, {"chapters": chapters} | (extra_context or {}))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Sign out, and begin anew at the front page of colleagues."""
        if request.method != "POST":
            return HttpResponseRedirect(reverse("admin:index", current_app=self.name))
        entering.leave(request)
        messages.success(request, _("You are logged out."))
        return HttpResponseRedirect(reverse("admin:login", current_app=self.name))

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Django's page; the sessions elsewhere end with the old password."""
        key = request.session.session_key
        response = super().password_change(request, extra_context)
        if request.method == "POST" and response.status_code == 302 and isinstance(request.user, User):
            entering.renew(request, request.user, key)
        return response

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Django's addresses without `view_on_site`, which finds rows by number and knows no municipality."""
        own = [url for url in super().get_urls() if getattr(url, "name", None) != "view_on_site"]
        settings = path("instellingen/", self.admin_view(self.index), name="settings")
        return [*self._mounted, settings, *own]


site = StaffSite(name="admin")
