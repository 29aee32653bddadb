"""Retire a category or a team: choose who takes its place, read what moves, and say so. Complete without scripts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meldingen.categories.fields import CategoryField
from meldingen.categories.models import Category
from meldingen.handling import retiring
from meldingen.handling.retiring import Foreseen
from meldingen.refusals import Refused
from meldingen.routing.succession import Moving
from meldingen.staffsite.site import site
from meldingen.tenancy.models import Team, User
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, may


class HeirForm(forms.Form):
    """Who takes its place, and which one was looked at."""

    heir: Any = forms.ModelChoiceField(Team.objects.none(), label=gettext_lazy("What takes its place?"))
    looked_at = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, row: Category | Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(row, Category):
            words = self.fields["heir"].label
            self.fields["heir"] = CategoryField(retiring.heirs_of_category(row), label=words)
        else:
            self.fields["heir"].queryset = retiring.heirs_of_team(row)  # type: ignore[attr-defined]

    @property
    def choice(self) -> Any:
        """What was chosen; None where nothing was, or nothing that may be."""
        return self.cleaned_data.get("heir") if self.is_bound and self.is_valid() else None

    @property
    def is_sure(self) -> bool:
        """Whether it is asked to be done with the one of which was read what moves."""
        return self.choice is not None and "go" in self.data and self.cleaned_data["looked_at"] == self.choice.pk


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def category(request: HttpRequest, row_id: int) -> HttpResponse:
    """Of a category."""
    actor = _manager(request)
    row = Category.objects.of(municipality(request)).select_related("parent", "municipality").filter(pk=row_id).first()
    if row is None:
        raise Http404
    form = _form(request, row)
    try:
        retiring.check_category(row)
        if form.is_sure:
            act = retiring.retire_category(row.municipality, actor, row.pk, form.choice.pk)
            return HttpResponseRedirect(reverse("admin:bulk_act", args=[act.pk]))
    except Refused as refused:
        return _page(request, row, form, Foreseen(0, Moving()), refused)
    return _page(request, row, form, retiring.foresee_category(row, form.choice))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest, row_id: int) -> HttpResponse:
    """Of a team."""
    actor = _manager(request)
    row = Team.objects.of(municipality(request)).select_related("municipality").filter(pk=row_id).first()
    if row is None:
        raise Http404
    form = _form(request, row)
    try:
        retiring.check_team(row)
        if form.is_sure:
            act = retiring.retire_team(row.municipality, actor, row.pk, form.choice.pk)
            return HttpResponseRedirect(reverse("admin:bulk_act", args=[act.pk]))
    except Refused as refused:
        return _page(request, row, form, Foreseen(0, Moving()), refused)
    return _page(request, row, form, retiring.foresee_team(row, form.choice))


def _form(request: HttpRequest, row: Category | Team) -> HeirForm:
    return HeirForm(request.POST if request.method == "POST" else None, row=row)


def _page(
    request: HttpRequest, row: Category | Team, form: HeirForm, then: Foreseen, refused: Refused | None = None
) -> HttpResponse:
    is_category = isinstance(row, Category)
    context = {
        **site.each_context(request),
        "title": _("Retire “%(name)s”") % {"name": row.name},
        "row": row,
        "is_category": is_category,
        "form": form,
        "heir": form.choice,
        "then": then,
        "refused": refused,
        "back": reverse("admin:category_tree") if is_category else reverse("admin:tenancy_team_changelist"),
    }
    return TemplateResponse(request, "handling/retire.html", context)


def _manager(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not may(request, Right.MANAGE):
        raise PermissionDenied
    return request.user
