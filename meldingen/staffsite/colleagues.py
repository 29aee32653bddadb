"""Who works here, and in which teams."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from meldingen.refusals import Refused
from meldingen.staffsite.admin import ScopedAdmin, ScopedForm
from meldingen.staffsite.chapters import Chapter
from meldingen.staffsite.site import site
from meldingen.tenancy import auditing, colleagues
from meldingen.tenancy.models import Membership, Team
from meldingen.tenancy.roles import Right


class TeamForm(ScopedForm):
    """A code that no other team of the municipality has."""

    def clean_slug(self) -> str:
        """A code of its own."""
        slug: str = self.cleaned_data["slug"]
        if Team.objects.of(self.municipality).filter(slug=slug).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another team has this code already. Choose another code."))
        return slug

    def clean_is_active(self) -> bool:
        """In use again, it is itself again."""
        if self.cleaned_data["is_active"]:
            self.instance.successor = None
        return bool(self.cleaned_data["is_active"])


@admin.register(Team, site=site)
class TeamAdmin(ScopedAdmin):
    """Teams are not deleted: closed meldingen keep theirs. They are retired on a page of their own."""

    chapter = (Chapter.PEOPLE, 2)
    purpose = _("Who does the work, and the mailbox that hears of it.")
    form = TeamForm
    change_form_template = "staffsite/team.html"
    list_display = ("name", "slug", "email", "is_active")
    list_filter = ("is_active",)
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}

    def get_fields(self, request: HttpRequest, obj: Team | None = None) -> tuple[str, ...]:
        """One that was retired can be put into use again."""
        own = ("slug", "name", "email")
        return own if obj is None or obj.is_active else (*own, "is_active")


class TeamsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """The teams of the municipality, any number."""

    def __init__(self) -> None:
        super().__init__(
            Team.objects.none(),
            label=_("Teams"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("A handler decides on the meldingen of these teams only."),
        )


class InTeamsForm(ScopedForm):
    """A membership with its teams."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields.get("teams")  # None for who may only look
        if field:
            own = list(self.instance.teams.all()) if self.instance.pk else []
            every = Team.objects.of(self.municipality)
            field.queryset = every.filter(Q(is_active=True) | Q(pk__in=[team.pk for team in own]))
            self.initial["teams"] = own

    def clean(self) -> dict[str, Any]:
        """A handler of no team could do nothing."""
        data = super().clean()
        if data.get("role") == Membership.Role.HANDLER and not data.get("teams"):
            self.add_error("teams", _("Choose at least one team: a handler decides on the meldingen of their teams."))
        return data


class ColleagueForm(InTeamsForm):
    """Role and teams of a colleague who has an account."""

    teams = TeamsField()

    class Meta:
        model = Membership
        fields = ("role", "is_data_steward")

    def clean(self) -> dict[str, Any]:
        """A municipality keeps a manager. The page that asks is one transaction."""
        data = super().clean()
        if "role" in data:
            try:
                colleagues.keep_a_manager(self.instance, data["role"])
            except Refused as refused:
                self.add_error(refused.field, str(refused.message))
        return data


@admin.register(Membership, site=site)
class MembershipAdmin(ScopedAdmin):
    """Colleagues of this municipality. Who leaves loses the membership, and with it every access here."""

    chapter = (Chapter.PEOPLE, 1)
    purpose = _("Who works here, in which role and teams. Invite a colleague, or take access away.")
    form = ColleagueForm
    add_right = None  # a colleague is invited: meldingen.staffsite.invitation_pages
    delete_right = Right.MANAGE
    change_list_template = "staffsite/colleagues.html"
    change_form_template = "staffsite/colleague.html"
    kind_when_changed = auditing.Kind.RIGHTS_CHANGED
    kind_when_deleted = auditing.Kind.RIGHTS_TAKEN
    list_display = ("colleague", "role", "in_teams", "is_data_steward")
    list_filter = ("role", "is_data_steward")
    list_select_related = ("user",)
    search_fields = ("user__username", "user__first_name", "user__last_name")
    ordering = ("user__username",)
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        """With their teams: one question more, however many colleagues."""
        rows: QuerySet[Membership] = super().get_queryset(request)
        return rows.prefetch_related("teams")

    @admin.display(description=_("teams"))
    def in_teams(self, membership: Membership) -> str:
        """By name."""
        return ", ".join(team.name for team in membership.teams.all()) or "-"

    @admin.display(description=_("colleague"), ordering="user__username")
    def colleague(self, membership: Membership) -> str:
        """Name and user name."""
        name = membership.user.get_full_name()
        return f"{name} ({membership.user.get_username()})" if name else membership.user.get_username()

    readonly_fields = ("colleague",)

    def get_fields(self, request: HttpRequest, obj: Membership | None = None) -> tuple[str, ...]:
        """Who it is, and what they may do."""
        return ("colleague", "role", "teams", "is_data_steward")

    def target_of(self, row: Model) -> str:
        """Whose rights they are."""
        return f"user:{row.user_id}" if isinstance(row, Membership) else super().target_of(row)

    def codes_when_deleted(self, row: Model) -> dict[str, Any]:
        """What they could do here."""
        return {"role": {"from": row.role, "to": None}} if isinstance(row, Membership) else {}

    def has_delete_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        """Nobody takes their own access away by mistake."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.user_id != request.user.pk)

    def get_deleted_objects(
        self, objs: QuerySet[Membership] | Sequence[Membership], request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """A municipality keeps a manager, also when two delete each other at the same moment."""
        objects, count, rights, obstacles = super().get_deleted_objects(objs, request)
        for membership in objs:
            try:
                colleagues.keep_a_manager(membership, None)
            except Refused as refusal:
                obstacles = [*obstacles, str(refusal.message)]
        return objects, count, rights, obstacles

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        """With the teams, in the same transaction."""
        super().save_model(request, obj, form, change)
        colleagues.set_teams(obj, form.cleaned_data["teams"])
