"""What a colleague fills in for an act on many; shape only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from meldingen.categories import choices
from meldingen.categories.fields import CategoryField
from meldingen.categories.models import Category
from meldingen.fields import TextField
from meldingen.handling import triage
from meldingen.handling.bulk import Choice
from meldingen.handling.desk import labels
from meldingen.handling.desk.action_forms import (
    MemberField,
    endings,
    for_everybody_field,
    handlers,
    priority_field,
    reroute_field,
    show_categories,
)  # fmt: skip
from meldingen.handling.models import BulkAct, StandardText
from meldingen.record import references, workflow
from meldingen.record.models import Melding
from meldingen.tenancy.models import Membership, Municipality, Team

_ENDS = (workflow.SOLVED, workflow.FORWARDED, workflow.DECLINED)
_LENGTH = 90  # of what a reporter wrote, beside a radio button


class BulkForm(forms.Form):
    """Nothing to fill in: spam is spam."""

    def __init__(
        self, *args: Any, municipality: Municipality, rows: Sequence[Melding], lead: int | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.prepare(municipality, rows, lead)

    def prepare(self, municipality: Municipality, rows: Sequence[Melding], lead: int | None) -> None:
        """Fill the choices."""

    def choice(self) -> Choice:
        """What was filled in; of what is no choice nothing."""
        return Choice()


class CloseForm(BulkForm):
    """How they ended and why, and what their reporters read."""

    outcome = forms.ChoiceField(label=_("How did they end?"), choices=endings)
    standard_text = forms.ModelChoiceField(
        StandardText.objects.none(), label=_("Standard text"), required=False, empty_label=_("None: write it yourself"),
        help_text=_("Each reporter reads it in their own language, filled in from their own melding."),
    )  # fmt: skip
    text = TextField(
        label=_("What the reporters read besides"), required=False, max_length=triage.MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("You may leave this empty when you chose a reason. {kenmerk}, {plaats} and {dag} are filled in."),
    )  # fmt: skip
    for_everybody = for_everybody_field()

    def prepare(self, municipality: Municipality, rows: Sequence[Melding], lead: int | None) -> None:
        """The standard texts of closing."""
        texts = StandardText.objects.of(municipality).filter(is_active=True, for_state__in=_ENDS, category=None)
        self.fields["standard_text"].queryset = texts  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One text or the other."""
        typed = super().clean() or {}
        if typed.get("standard_text") and typed.get("text"):
            self.add_error("text", _("Choose a standard text or write one yourself, not both."))
        return typed

    def choice(self) -> Choice:
        """Outcome and reason are one choice."""
        typed = self.cleaned_data if self.is_bound and self.is_valid() else {}
        outcome, _slash, reason = str(typed.get("outcome", "")).partition("/")
        return Choice(
            outcome=outcome, reason=reason, text=typed.get("text", ""), standard_text=typed.get("standard_text"),
            for_everybody=typed.get("for_everybody", False),
        )  # fmt: skip


class AssignForm(BulkForm):
    """A team."""

    team: Any = forms.ModelChoiceField(Team.objects.none(), label=_("Team"))

    def prepare(self, municipality: Municipality, rows: Sequence[Melding], lead: int | None) -> None:
        """The teams of the municipality that are in use."""
        self.fields["team"].queryset = Team.objects.of(municipality).filter(is_active=True)  # type: ignore[attr-defined]

    def choice(self) -> Choice:
        """The team, if one was chosen."""
        typed = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return Choice(team=typed.get("team"))


class HandForm(BulkForm):
    """A colleague."""

    member: Any = MemberField(Membership.objects.none(), label=_("Colleague"))

    def prepare(self, municipality: Municipality, rows: Sequence[Melding], lead: int | None) -> None:
        """Those who handle meldingen here."""
        self.fields["member"].queryset = handlers(municipality)  # type: ignore[attr-defined]

    def choice(self) -> Choice:
        """The colleague, if one was chosen."""
        member = self.cleaned_data.get("member") if self.is_bound and self.is_valid() else None
        return Choice(colleague=member.user if member else None)


class PriorityForm(BulkForm):
    """A priority."""

    priority = priority_field()

    def choice(self) -> Choice:
        """The priority, if one was chosen."""
        return Choice(priority=self.cleaned_data.get("priority") if self.is_bound and self.is_valid() else None)


class CorrectForm(BulkForm):
    """A category, and whether the rules are asked again."""

    category: Any = CategoryField(Category.objects.none(), label=_("Category"))
    reroute = reroute_field(_("Route them again"))

    def prepare(self, municipality: Municipality, rows: Sequence[Melding], lead: int | None) -> None:
        """The categories in use."""
        field: Any = self.fields["category"]
        field.queryset = choices.categories(municipality)
        show_categories(field, field.queryset)
        self.initial.setdefault("reroute", True)

    def choice(self) -> Choice:
        """The category, if one was chosen."""
        typed = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return Choice(category=typed.get("category"), reroute=typed.get("reroute", False))


class MergeForm(BulkForm):
    """Which one leads."""

    lead = forms.TypedChoiceField(
        label=_("Which one leads? The others go on with it."), coerce=int, widget=forms.RadioSelect
    )

    def prepare(self, municipality: Municipality, rows: Sequence[Melding], lead: int | None) -> None:
        """The first of those that were chosen and can lead, each with its words."""
        able = [each for each in rows if each.state in workflow.OPEN and not each.lead_id]
        self.fields["lead"].choices = [(each.pk, _words(each)) for each in able]  # type: ignore[attr-defined]
        self.initial.setdefault("lead", lead)

    def choice(self) -> Choice:
        """The one that leads; as it was proposed where none was chosen."""
        typed = self.cleaned_data if self.is_bound and self.is_valid() else self.initial
        return Choice(lead_id=typed.get("lead"))


def _words(melding: Melding) -> str:
    category = f" {melding.category.name}:" if melding.category else ""
    where, day = (
        melding.address.partition(",")[0] or melding.place_text,
        formats.date_format(melding.received_at, "j b"),
    )
    words = f"{references.spaced(melding.reference)}{category} {labels.excerpt(melding.text, _LENGTH)}"
    return " · ".join(filter(None, (words, where, day)))


FORMS: Mapping[str, type[BulkForm]] = {
    BulkAct.Kind.CLOSE: CloseForm,
    BulkAct.Kind.ASSIGN: AssignForm,
    BulkAct.Kind.CORRECT: CorrectForm,
    BulkAct.Kind.HAND: HandForm,
    BulkAct.Kind.PRIORITY: PriorityForm,
    BulkAct.Kind.MERGE: MergeForm,
    BulkAct.Kind.SPAM: BulkForm,
}
