"""What a municipality decides of itself: contact, danger, days off, open data."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from meldingen.languages import offered
from meldingen.phones import without_phones
from meldingen.staffsite.admin import ScopedAdmin, ScopedForm
from meldingen.staffsite.chapters import Chapter
from meldingen.staffsite.looks import LogoField, ThemeBoxes
from meldingen.staffsite.site import site
from meldingen.tenancy.logos import store_logo
from meldingen.tenancy.looks import logo_address
from meldingen.tenancy.models import LEAST_RETENTION_DAYS, ClosingDay, Holiday, Municipality, RegistrationGap
from meldingen.tenancy.roles import Right, may
from meldingen.tenancy.terms import forgotten_sooner

# Generic for the type checker only: at run time Django's classes take no parameters.
if TYPE_CHECKING:
    DayRows = admin.StackedInline[RegistrationGap | ClosingDay, Municipality]
else:
    DayRows = admin.StackedInline


class MunicipalityForm(ScopedForm):
    """Settings, and how the pages look."""

    theme = ThemeBoxes()
    logo_file = LogoField()
    without_logo = forms.BooleanField(label=_("Without a logo of our own"), required=False)
    holidays = forms.MultipleChoiceField(
        label=_("Holidays"),
        choices=Holiday.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("A term in working days passes over them, over weekends and over the closing days below."),
    )
    publisher_uri = forms.URLField(label=_("Publisher's URI"), required=False, assume_scheme="https")
    sooner = forms.MultipleChoiceField(
        label=_("Delete contact details sooner?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Tick this if you are sure. Otherwise put the old number of days back.")
        ),
    )

    no_count = forms.BooleanField(
        label=_("The number in the message counts no meldingen"),
        help_text=_("Public pages never say how many meldingen there are: with two such numbers one melding shows."),
        error_messages={"required": _("Tick this if it is so. Otherwise take the number out of the message.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_new_number(self.data, self.instance):
            self.fields.pop("no_count", None)
        question = sooner_of(self.data, self.instance)
        if question is None:
            self.fields.pop("sooner", None)
        else:
            # Its value is the number of days: who changes that after the tick is asked again.
            self.fields["sooner"].choices = [question]  # type: ignore[attr-defined]


def has_new_number(answers: Mapping[str, Any], where: Municipality) -> bool:
    """Whether the message of the front page was changed and has a number that nobody can call."""
    message = {code: str(answers.get(f"message_texts_{code}", "")) for code in offered()}
    return message != {code: where.message_texts.get(code, "") for code in message} and any(
        any(sign.isdigit() for sign in without_phones(text)) for text in message.values()
    )


def sooner_of(answers: Mapping[str, Any], where: Municipality) -> tuple[str, str] | None:
    """The choice that confirms a shorter term of contact details, told with its effect; None where none is asked."""
    days = str(answers.get("retention_days", "")).strip()
    if not (days.isascii() and days.isdecimal() and len(days) < 6 and int(days) >= LEAST_RETENTION_DAYS):
        return None  # for the field itself to refuse
    number = forgotten_sooner(where, int(days))
    if number is None:
        return None
    words = ngettext(
        "Yes: tonight the contact details of %(number)d reporter are deleted, for good.",
        "Yes: tonight the contact details of %(number)d reporters are deleted, for good.",
        number,
    )
    return days, words % {"number": number}


class DaysInline(DayRows):
    """Days that belong to the municipality's own settings, for managers."""

    extra = 1

    def has_view_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        """By role, as the settings."""
        return may(request, Right.VIEW)

    def has_change_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        """By role, as the settings."""
        return may(request, Right.MANAGE)

    def has_add_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        """By role, as the settings."""
        return may(request, Right.MANAGE)

    def has_delete_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        """What was declared by mistake is taken back: what a gap marked is no longer marked."""
        return may(request, Right.MANAGE)


class GapInline(DaysInline):
    """Days on which nothing was registered."""

    model = RegistrationGap
    fields = (("first_day", "last_day"),)


class ClosingDayInline(DaysInline):
    """Days on which nobody works here."""

    model = ClosingDay
    fields = (("day", "words"),)


_LOGO = ("logo_file", "without_logo")


def _without(names: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in others)


def _with_questions(names: tuple[str, ...], questions: Mapping[str, str]) -> tuple[str, ...]:
    """With each question below the field that it is about."""
    return tuple(chain.from_iterable((name, *questions.get(name, "").split()) for name in names))


@admin.register(Municipality, site=site)
class MunicipalityAdmin(ScopedAdmin):
    """The settings of this municipality. Its code is who it is, and the privacy budget is decided elsewhere."""

    chapter = (Chapter.TOWN, 1)
    purpose = _(
        "Name and telephone, the message on the front page, danger, mail, days off, how long things are kept, "
        "and how pages look."
    )
    form = MunicipalityForm
    municipality_path = "pk"
    exclude = None
    add_right = None
    readonly_fields = (
        "code", "host_names", "logo_now", "area_vintage", "epsilon_month", "epsilon_year", "declared_volume",
        "is_invented",
    )  # fmt: skip
    fieldsets = (
        (None, {"fields": ("code", "name", "host_names", "contact_email", "phone", "postal_address", "time_zone")}),
        (_("Front page"), {"fields": ("message_texts",)}),
        (
            _("Danger"),
            {
                "fields": ("night_phone", "duty_email", "emergency_hours", "hazard_hours"),
                "description": _(
                    "Words of danger (a fire, gas, somebody in the water, an open manhole) make a melding urgent when "
                    "it comes in. The words do not find every danger: residents are told to call 112 first."
                ),
            },
        ),
        (_("Map and addresses"), {"fields": ("address_source", "base_map")}),
        (_("Model"), {"fields": ("routing_threshold", "audit_share", "learning_days")}),
        (
            _("Coming in"),
            {
                "fields": ("requires_code", "idle_minutes", "audit_days"),
                "description": _("How colleagues log in, and for how long it is kept who did what."),
            },
        ),
        (_("Looks"), {"fields": ("theme", "logo_now", *_LOGO)}),
        (
            _("Days off"),
            {
                "fields": ("holidays",),
                "description": _("A change holds for meldingen that come in after it; deadlines that stand keep."),
            },
        ),
        (_("Keeping, and the areas in use"), {"fields": ("retention_days", "area_vintage")}),
        (
            _("Open data"),
            {
                "fields": ("publisher_name", "publisher_uri", "registered_from", "registered_until"),
                "description": _(
                    "Only whole periods in which all meldingen were registered here are published. Days on which they "
                    "were not are declared below: with more than a tenth of such days a period is not published, with "
                    "fewer it is marked. Declare what you know from elsewhere; do not derive it from the meldingen."
                ),
            },
        ),
        (
            _("Privacy budget"),
            {
                "fields": ("epsilon_month", "epsilon_year", "declared_volume", "is_invented"),
                "description": _(
                    "How much all published tables together may tell about one melding. What is published cannot be "
                    "taken back, so this is not changed on a page: the municipality decides it once, before the first "
                    "table. See the page on privacy."
                ),
            },
        ),
    )
    list_display = ("name", "code")
    inlines = (ClosingDayInline, GapInline)
    actions = None

    def get_fieldsets(self, request: HttpRequest, obj: Municipality | None = None) -> Any:
        """With a question below a term of contact details that becomes shorter, and below a message with a number."""
        fieldsets: Any = super().get_fieldsets(request, obj)
        if not self.has_change_permission(request, obj):  # there is nothing to look at in a box for a file
            sets = ((name, options, _without(options["fields"], _LOGO)) for name, options in fieldsets)
            fieldsets = [(name, {**options, "fields": fields}) for name, options, fields in sets]
        before = Municipality.objects.filter(pk=obj.pk).first() if obj and request.method == "POST" else None
        questions = {}
        if before and sooner_of(request.POST, before):
            questions["retention_days"] = "sooner"
        if before and has_new_number(request.POST, before):
            questions["message_texts"] = "no_count"
        sets = ((name, options, _with_questions(options["fields"], questions)) for name, options in fieldsets)
        return [(name, {**options, "fields": fields}) for name, options, fields in sets]

    @admin.display(description=_("logo"))
    def logo_now(self, where: Municipality) -> str:
        """As it is now."""
        return format_html('<img src="{}" alt="" width="48" height="48">', logo_address(where))

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Municipality, form: Any, change: bool) -> None:
        """With the logo that came along, in the same transaction."""
        super().save_model(request, obj, form, change)
        drawing = form.cleaned_data.get("logo_file")
        if drawing or form.cleaned_data.get("without_logo"):
            store_logo(obj, drawing)

    @admin.display(description=_("host names"))
    def host_names(self, where: Municipality) -> str:
        """All of them; the primary one first."""
        return ", ".join(host.name for host in where.hosts.order_by("-is_primary", "name"))
