"""A manager invites a colleague; whoever has the link accepts, with a new account or their own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import authenticate, password_validation
from django.contrib.auth.forms import UsernameField
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from meldingen import texts
from meldingen.accounts import invitations
from meldingen.accounts.invitations import NewAccount, Rights
from meldingen.limits.senders import sender_of
from meldingen.refusals import Refused
from meldingen.staffsite import entering, signin
from meldingen.staffsite.site import site, wait_in_words
from meldingen.tenancy.models import Invitation, Membership, Municipality, Team, User
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, may

# What each of them does, for who has to choose.
_MEANINGS = {
    Membership.Role.READER: gettext_lazy("reads meldingen, not who sent them"),
    Membership.Role.TELEPHONE: gettext_lazy("takes calls and finds what callers ask about"),
    Membership.Role.HANDLER: gettext_lazy("decides on the meldingen of their own teams"),
    Membership.Role.TRIAGE: gettext_lazy("decides on the meldingen of all teams"),
    Membership.Role.COORDINATOR: gettext_lazy("does that too, many at once, and threats"),
    Membership.Role.MANAGER: gettext_lazy("does all of that, and settings and colleagues"),
}


class InvitationForm(forms.Form):
    """Who, and with which rights."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("They get a link that works once, for seven days."),
        widget=forms.EmailInput(attrs={"autofocus": True, "autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=[(role.value, format_lazy("{} ({})", role.label, words)) for role, words in _MEANINGS.items()],
        initial=Membership.Role.HANDLER,
        widget=forms.RadioSelect,
    )
    teams = forms.ModelMultipleChoiceField(
        Team.objects.none(),
        label=gettext_lazy("Teams"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("A handler decides on the meldingen of these teams only."),
    )
    is_data_steward = forms.BooleanField(label=gettext_lazy("Looks after the open data too"), required=False)

    def __init__(self, answers: Any, where: Municipality) -> None:
        super().__init__(answers)
        field: Any = self.fields["teams"]
        field.queryset = Team.objects.of(where).filter(is_active=True)

    def clean(self) -> dict[str, Any]:
        """A handler of no team could do nothing."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("role") == Membership.Role.HANDLER and "teams" in data and not data["teams"]:
            words = _("Choose at least one team: a handler decides on the meldingen of their teams.")
            self.add_error("teams", words)
        return data


class NewAccountForm(forms.Form):
    """Who has no account yet."""

    username = UsernameField(
        label=gettext_lazy("User name"), max_length=150, validators=[UnicodeUsernameValidator()],
        help_text=gettext_lazy("With this you log in. Your e-mail address is fine."),
    )  # fmt: skip
    first_name = forms.CharField(
        label=gettext_lazy("First name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=gettext_lazy("Last name"), max_length=150, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )  # fmt: skip
    password = forms.CharField(
        label=gettext_lazy("Password"), strip=False, help_text=gettext_lazy("At least 12 characters."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Names in one spelling, and a password that is good enough for them."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        names = {name: texts.normal(data.get(name, "")) for name in ("username", "first_name", "last_name")}
        data |= {name: text for name, text in names.items() if name in data}
        if "password" in data:
            try:
                password_validation.validate_password(data["password"], User(**names))
            except ValidationError as error:
                self.add_error("password", error)
        return data


class OwnAccountForm(forms.Form):
    """Who has one: here, or in another municipality."""

    own_username = UsernameField(label=gettext_lazy("User name"), max_length=150)
    own_password = forms.CharField(
        label=gettext_lazy("Password"), strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a colleague. What is said is the same whether the address has an account or not."""
    user, where = _manager(request), municipality(request)
    form = InvitationForm(request.POST or None, where)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        rights = Rights(data["role"], data["is_data_steward"], tuple(team.pk for team in data["teams"]))
        invitations.invite(where, data["email"], rights, user)
        messages.success(request, _("The invitation goes to %(address)s.") % {"address": data["email"]})
        return HttpResponseRedirect(reverse("admin:invite"))
    names = dict(Team.objects.of(where).values_list("pk", "name"))
    rows = [
        {"invitation": row, "teams": ", ".join(names[each] for each in row.team_ids if each in names)}
        for row in invitations.open_in(where)[:100]
    ]
    context = {**site.each_context(request), "title": _("Invite a colleague"), "form": form, "rows": rows}
    return TemplateResponse(request, "staffsite/invite.html", context)


@require_POST
def change(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Send an invitation once more, or withdraw it."""
    user, where = _manager(request), municipality(request)
    invitation = Invitation.objects.of(where).filter(pk=invitation_id).first()
    if invitation is None:
        raise Http404
    if "withdraw" in request.POST:
        invitations.withdraw(invitation, user)
        messages.success(request, _("The invitation is withdrawn: its link does not work any more."))
    else:
        try:
            invitations.resend(invitation)
        except Refused as refused:
            messages.error(request, str(refused.message))
        else:
            messages.success(request, _("A new link is on its way. The one before does not work any more."))
    return HttpResponseRedirect(reverse("admin:invite"))


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the link: nothing happens until a button is pressed."""
    where = municipality(request)
    invitation = invitations.find(where, token)
    if invitation is None or not invitation.is_open:
        return _over(request)
    has_account = "own" in request.POST
    new = NewAccountForm(None if has_account else request.POST or None, initial={"username": invitation.email})
    own = OwnAccountForm(request.POST if has_account else None)
    form = own if has_account else new
    if request.method == "POST" and form.is_valid():
        try:
            user = _accept_as(request, invitation, own) if has_account else _accept_as_new(invitation, new)
        except Refused as refused:
            if refused.code == "used":
                return _over(request)
            field = f"own_{refused.field}" if has_account and refused.field else refused.field
            form.add_error(field or None, str(refused.message))
        else:
            messages.success(request, _("Welcome. You work here now."))
            return entering.go_in(request, user, reverse("admin:index"))
    context = {
        **site.each_context(request),
        "title": _("You are invited"),
        "invitation": invitation,
        "new": new,
        "own": own,
        "has_account": has_account,
        "role": dict(Membership.Role.choices)[invitation.role],
    }
    # Not `no-referrer`: a browser would send the form with the origin `null`, and that is refused.
    return TemplateResponse(request, "staffsite/accept.html", context)


def _accept_as_new(invitation: Invitation, form: NewAccountForm) -> User:
    return invitations.accept_as_new(invitation, NewAccount(**form.cleaned_data))


def _accept_as(request: HttpRequest, invitation: Invitation, form: OwnAccountForm) -> User:
    """With the limits of every other sign-in: the page is no place to guess passwords."""
    name, sender = form.cleaned_data["own_username"], sender_of(request)
    if wait := signin.wait_for(name, sender):
        entering.keep_failure(request, name, is_locked=True)
        raise Refused("locked", wait_in_words(wait), "username")
    user = authenticate(request, username=name, password=form.cleaned_data["own_password"])
    if not isinstance(user, User) or user.is_superuser:
        signin.count_failure(name, sender)
        entering.keep_failure(request, name, is_locked=False)
        words = _("This user name and password do not belong together. Capitals count.")
        raise Refused("wrong_password", words, "username")
    return invitations.accept_as(invitation, user)


def _over(request: HttpRequest) -> HttpResponse:
    """Used, withdrawn, too old or never there: one page for all."""
    context = {**site.each_context(request), "title": _("This link does not work any more")}
    response = TemplateResponse(request, "staffsite/link_over.html", context, status=410)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _manager(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not may(request, Right.MANAGE):
        raise PermissionDenied
    return request.user
