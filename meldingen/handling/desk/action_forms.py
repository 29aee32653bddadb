"""What a colleague fills in when they do something with a melding; shape only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from meldingen import calendar
from meldingen.categories import choices
from meldingen.categories.fields import CategoryField
from meldingen.categories.models import Category
from meldingen.fields import TextField
from meldingen.handling import guesses, holding, judging, striking, triage
from meldingen.handling.formality import is_formal
from meldingen.languages import FALLBACK
from meldingen.record import outcomes, workflow
from meldingen.record.models import Melding
from meldingen.routing import planning
from meldingen.tenancy.models import Membership, Municipality, Team


@dataclass(frozen=True)
class Choices:
    """What the page read already, so that no form asks for it again."""

    teams: Mapping[int, str]
    categories: Sequence[Category]


class ActionForm(forms.Form):
    """What was typed, and what the colleague saw when they typed it."""

    below: frozenset[str] = frozenset()  # fields below what would follow, of who read that
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        melding: Melding,
        municipality: Municipality,
        seen: str = "",
        choices: Choices | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = seen
        self.prepare(melding, municipality)
        if choices:
            self.show(choices)

    def prepare(self, melding: Melding, municipality: Municipality) -> None:
        """Fill the choices."""

    def show(self, choices: Choices) -> None:
        """Show the choices that the page has read; what is sent is asked of the database."""

    @property
    def above(self) -> list[forms.BoundField]:
        """The fields above what would follow."""
        return [field for field in self.visible_fields() if field.name not in self.below]

    @property
    def under(self) -> list[forms.BoundField]:
        """The fields below it."""
        return [field for field in self.visible_fields() if field.name in self.below]

    @property
    def seen_before(self) -> str:
        """What the colleague had seen when they sent it."""
        return str(self.data.get("seen", "")) if self.is_bound else ""

    def renew(self, seen: str) -> None:
        """Show what was typed beside what is now the case, so that sending again is a new decision."""
        self.data = {**self.data.dict(), "seen": seen}  # type: ignore[attr-defined]


def _text(label: Any, help_text: Any = "", *, required: bool = True) -> TextField:
    area = forms.Textarea(attrs={"rows": 4})
    return TextField(
        label=label, help_text=help_text, required=required, max_length=triage.MAX_TEXT, widget=area
    )  # fmt: skip


def for_everybody_field() -> forms.BooleanField:
    """Whether others than the reporter read it."""
    return forms.BooleanField(
        label=_("For everybody"),
        help_text=_(
            "Who follows this melding reads it too, and whose own melding was merged into it. Without this tick only "
            "the reporter does."
        ),
        required=False,
    )


class TakeForm(ActionForm):
    """Nothing to fill in."""


class AssignForm(ActionForm):
    """A team."""

    team: Any = forms.ModelChoiceField(Team.objects.none(), label=_("Team"))

    def prepare(self, melding: Melding, municipality: Municipality) -> None:
        """The teams of the municipality that are in use."""
        self.fields["team"].queryset = Team.objects.of(municipality).filter(is_active=True)  # type: ignore[attr-defined]
        self.initial.setdefault("team", melding.team_id)

    def show(self, choices: Choices) -> None:
        """By name, as they were read."""
        field: Any = self.fields["team"]
        field.choices = [("", field.empty_label), *choices.teams.items()]


class MemberField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A colleague, by name."""

    def label_from_instance(self, obj: Any) -> str:
        """As other pages name them."""
        return str(obj.user.get_full_name() or obj.user.get_username())


class HandToForm(ActionForm):
    """A colleague."""

    member: Any = MemberField(Membership.objects.none(), label=_("Colleague"))

    def prepare(self, melding: Melding, municipality: Municipality) -> None:
        """Those who handle meldingen here."""
        self.fields["member"].queryset = handlers(municipality)  # type: ignore[attr-defined]


def handlers(municipality: Municipality) -> QuerySet[Membership]:
    """The colleagues who handle meldingen here, by name."""
    members = Membership.objects.of(municipality).filter(role__in=triage.HANDLING, user__is_active=True)
    return members.select_related("user").order_by("user__first_name", "user__username")


def reroute_field(label: Any) -> forms.BooleanField:
    """Whether the rules are asked again."""
    help_text = _("The rules of the new category choose the team, the priority and the deadline.")
    return forms.BooleanField(label=label, help_text=help_text, required=False)


class RecategoriseForm(ActionForm):
    """A category, and whether the rules are asked again."""

    category: Any = CategoryField(Category.objects.none(), label=_("Category"))
    reroute = reroute_field(_("Route it again"))
    guesses_seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def prepare(self, melding: Melding, municipality: Municipality) -> None:
        """The categories in use, and which guesses stand beside them."""
        self.initial.setdefault("guesses_seen", guesses.mark(melding))
        self.fields["category"].queryset = choices.categories(municipality)  # type: ignore[attr-defined]
        self.initial.setdefault("category", melding.category_id)
        # A category that was wrong brought it to a team and a term that are wrong.
        self.initial.setdefault("reroute", melding.state in workflow.OPEN)

    def show(self, choices: Choices) -> None:
        """Those in use, in the order in which reporters have them."""
        may_choose = [each for each in choices.categories if each.is_active and each.parent and each.parent.is_active]
        show_categories(self.fields["category"], may_choose)


def show_categories(field: Any, categories: Iterable[Category]) -> None:
    """Let a field offer these: the name of a main category stands above its own, so that who types the first letters
    finds each by its name.
    """
    in_order = sorted(categories, key=lambda each: (_dutch(each.parent), _dutch(each)))
    groups = groupby(in_order, key=lambda each: each.parent)
    under = [(main.name if main else "", [(each.pk, each.name) for each in own]) for main, own in groups]
    field.choices = [("", field.empty_label), *under]


def _dutch(category: Category | None) -> str:
    return category.name_in(FALLBACK) if category else ""


def _warn(danger: forms.Field, municipality: Municipality) -> None:
    """Say beforehand that the duty mailbox hears of it, where there is one."""
    if municipality.duty_email:
        words = _("A danger is mailed to who is on duty at once, at any hour: that cannot be undone.")
        danger.help_text = format_lazy("{} {}", danger.help_text, words)


def priority_field() -> forms.TypedChoiceField:
    """Which priority."""
    return forms.TypedChoiceField(
        label=_("How soon is it to be done?"), choices=Melding.Priority.choices, coerce=int, widget=forms.RadioSelect,
        help_text=_("It decides where it stands in lists. Its term and what the reporter was told stay."),
    )  # fmt: skip


class AssessForm(ActionForm):
    """What danger there is, if any."""

    danger = forms.ChoiceField(
        label=_("Is it dangerous?"), choices=Melding.Danger.choices, required=False, widget=forms.RadioSelect,
        help_text=_("Priority and deadline follow this, whatever the words of the report."),
    )  # fmt: skip

    def prepare(self, melding: Melding, municipality: Municipality) -> None:
        """As it stands now, and who hears of it."""
        self.initial.setdefault("danger", melding.danger)
        _warn(self.fields["danger"], municipality)


class PrioritiseForm(ActionForm):
    """How soon, and why where a danger asks for sooner."""

    priority = priority_field()
    text = _text(
        _("Why may it be lower?"), _("Its danger asks for this priority. Only colleagues read it."), required=False
    )

    def prepare(self, melding: Melding, municipality: Municipality) -> None:
        """As it stands now; a reason is asked for a danger alone."""
        self.initial.setdefault("priority", melding.priority)
        if planning.least_priority(melding) == Melding.Priority.LOW:
            del self.fields["text"]


class ScheduleForm(ActionForm):
    """A day, and what the reporter is told."""

    day = forms.DateField(
        label=_("On which day?"), help_text=_("The reporter is told this day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    text = _text(_("What the reporter reads"), _("You may leave this empty."), required=False)
    for_everybody = for_everybody_field()


class AskForm(ActionForm):
    """A question."""

    text = _text(_("Your question"), _("The reporter reads it on the follow page, and by mail if there is an address."))


class AnswerForm(ActionForm):
    """A public answer."""

    text = _text(
        _("Answer"),
        _(
            "The reporter reads this on the follow page, and by mail if there is an address. Write it without your "
            "name. What repeats the words of the reporter stands on the page only."
        ),
    )
    for_everybody = for_everybody_field()


class NoteForm(ActionForm):
    """A remark between colleagues."""

    text = _text(_("Note"), _("Only colleagues read this."))


_OWN_WORDS = {
    workflow.SOLVED: _("Solved, without a reason"),
    workflow.FORWARDED: _("Another organisation: write which one below"),
    workflow.DECLINED: _("Another reason: write it below"),
}


def endings() -> list[tuple[Any, Any]]:
    """Each outcome with its reasons, as a list of choices: one choice says both."""
    groups: list[tuple[Any, Any]] = [("", _("Choose how it ended"))]
    for outcome, reasons in outcomes.REASONS.items():
        choices = [(f"{outcome}/{reason.value}", reason.label) for reason in reasons]
        groups.append((Melding.State(outcome).label, [*choices, (outcome, _OWN_WORDS[outcome])]))
    return groups


_NONE = "none"  # as a choice of its own: nothing chosen is no judgement


def _judgements() -> list[tuple[str, Any]]:
    return [(value or _NONE, label) for value, label in Melding.Danger.choices]


class CloseForm(ActionForm):
    """How it ended and why, and what the reporter is told."""

    outcome = forms.ChoiceField(
        label=_("How did it end?"), choices=endings,
        help_text=_("The reporter reads it, and who follows the melding, each in their own language."),
    )  # fmt: skip
    text = _text(
        _("What the reporter reads besides"), _("You may leave this empty when you chose a reason."), required=False
    )
    for_everybody = for_everybody_field()
    danger = forms.ChoiceField(
        label=_("Is somebody in danger?"), choices=_judgements, required=False, widget=forms.RadioSelect,
        help_text=_("Nobody has looked at this emergency yet: say so before you close it."),
    )  # fmt: skip

    is_mere_report = forms.BooleanField(
        label=_("It is no objection, claim or the like"), help_text=triage.FORMAL, required=False
    )

    def prepare(self, melding: Melding, municipality: Municipality) -> None:
        """Danger is asked only of an emergency that nobody has judged, the other only where words say so."""
        if not judging.is_unjudged_emergency(melding):
            del self.fields["danger"]
        else:
            _warn(self.fields["danger"], municipality)
        if not is_formal(melding):
            del self.fields["is_mere_report"]

    def clean_danger(self) -> str | None:
        """The danger; None where nothing was chosen."""
        chosen = self.cleaned_data["danger"]
        return None if not chosen else "" if chosen == _NONE else chosen

    def clean_outcome(self) -> tuple[str, str]:
        """The outcome and its reason."""
        outcome, _slash, reason = self.cleaned_data["outcome"].partition("/")
        return outcome, reason


class StrikeForm(ActionForm):
    """Words, as they stand in the text."""

    below = frozenset({"is_sure"})
    words = TextField(
        label=_("Which words?"), max_length=200,
        help_text=_("A name, a telephone number. Everywhere that they stand they become ▮▮▮, for good."),
    )  # fmt: skip
    is_sure = forms.BooleanField(
        label=_("I looked at what will be gone: nobody can bring it back."), required=False,
    )  # fmt: skip

    def prepare(self, melding: Melding, municipality: Municipality) -> None:
        """Where the words are to stand."""
        self.melding = melding

    def clean(self) -> dict[str, Any]:
        """Only who says that they looked strikes out; looking itself needs no tick."""
        data = super().clean() or self.cleaned_data
        if "check" in self.data or not data.get("words") or data.get("is_sure"):
            return data  # what is not there is refused by who strikes it out, or said in what follows
        if not striking.stands(self.melding, data["words"]):
            self.add_error("words", str(striking.NOT_THERE))
        else:
            self.add_error("is_sure", _("Look at what will be gone, and tick that you did."))
        return data


class HoldForm(ActionForm):
    """Until when who made it is kept, and why."""

    reason = TextField(
        label=_("Why must it be kept?"), max_length=holding.LONGEST_REASON,
        help_text=_("A report to the police, say. Colleagues read this."),
    )  # fmt: skip
    until = forms.DateField(
        label=_("Keep who sent it until"),
        help_text=_("At most 180 days from now. A coordinator may choose a later day before it ends."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    def prepare(self, melding: Melding, municipality: Municipality) -> None:
        """As it stands now; three months for a new one."""
        hold = getattr(melding, "hold", None)
        today = calendar.local_day(timezone.now(), municipality.time_zone)
        self.initial.setdefault("until", hold.until if hold else today + timedelta(days=90))
        self.initial.setdefault("reason", hold.reason if hold else "")


class ReopenForm(ActionForm):
    """Why, for colleagues; for the reporter too when it is ticked."""

    text = _text(
        _("Why"), _("You may leave this empty. Only colleagues read it, unless you tick below."), required=False
    )
    for_reporter = forms.BooleanField(label=_("The reporter reads this"), required=False)
    for_everybody = for_everybody_field()

    def clean(self) -> dict[str, Any]:
        """What is for everybody is for the reporter too; what is for neither is a note."""
        said = super().clean() or {}
        is_public = said.get("for_reporter") or said.get("for_everybody")
        return said | {("note" if is_public else "text"): "", ("text" if is_public else "note"): said.get("text", "")}
