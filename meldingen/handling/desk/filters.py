"""Filters of the list of meldingen: each one choice from a short list, of the request's municipality only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldingen import calendar
from meldingen.categories.models import Category
from meldingen.places import areas
from meldingen.places.models import Area
from meldingen.record import queries, workflow
from meldingen.record.models import Melding
from meldingen.tenancy.models import Team
from meldingen.tenancy.requests import municipality

Meldingen = QuerySet[Melding]
NONE = "none"


class ChoiceFilter(SimpleListFilter):
    """A filter shown as a select. A value that is not on its list finds nothing."""

    default = ""
    everything: Any = _("All")

    def has_output(self) -> bool:
        """Always shown, so that the bar looks the same everywhere."""
        return True

    def value(self) -> str:
        """What was chosen, else the default."""
        return super().value() or self.default

    def options(self) -> Iterator[tuple[str, Any, bool]]:
        """Value, name and whether it is chosen; the first chooses everything."""
        if not self.default:
            yield "", self.everything, not self.value()
        for value, name in self.lookup_choices:
            yield str(value), name, str(value) == self.value()

    def chosen(self) -> Any:
        """The name of the choice that differs from the default, for the line above the list."""
        if self.value() == self.default:
            return None
        return next((name for value, name in self.lookup_choices if str(value) == self.value()), None)

    def queryset(self, request: HttpRequest, queryset: Meldingen) -> Meldingen:
        """The rows of the choice."""
        value = self.value()
        if not value:
            return queryset
        if value not in {str(code) for code, _name in self.lookup_choices}:
            return queryset.none()
        return self.narrow(queryset, value, request)

    def narrow(self, meldingen: Meldingen, value: str, request: HttpRequest) -> Meldingen:
        """The meldingen of a value that is on the list."""
        raise NotImplementedError


class StateFilter(ChoiceFilter):
    """Open work unless somebody asks for more."""

    title = _("state")
    parameter_name = "state"
    default = "open"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, Any]]:
        """Two groups and each state."""
        return [("open", _("All open")), *Melding.State.choices, ("all", _("All, closed too"))]

    def narrow(self, meldingen: Meldingen, value: str, request: HttpRequest) -> Meldingen:
        """All open is said as its index says it."""
        if value == "all":
            return meldingen
        return meldingen.filter(state__in=sorted(workflow.OPEN)) if value == "open" else meldingen.filter(state=value)


class SuspectFilter(ChoiceFilter):
    """Without what came in a flood and nobody has judged, unless somebody asks for it; danger is never left out."""

    title = _("suspect")
    parameter_name = "suspect"
    default = "without"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, Any]]:
        """What a day needs, what a flood needs, and all."""
        return [("without", _("Left out")), ("only", _("Only suspect ones")), ("all", _("Shown too"))]

    def narrow(self, meldingen: Meldingen, value: str, request: HttpRequest) -> Meldingen:
        """Only suspect is said as its index says it."""
        if value == "all":
            return meldingen
        if value == "only":
            return meldingen.filter(is_suspect=True)
        return meldingen.filter(Q(is_suspect=False) | Q(priority=Melding.Priority.URGENT))


class SpokenFilter(ChoiceFilter):
    """What reporters wrote after sending, and no colleague has read."""

    title = _("the reporter wrote")
    parameter_name = "wrote"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, Any]]:
        """One question."""
        return [("unread", _("Not read yet"))]

    def narrow(self, meldingen: Meldingen, value: str, request: HttpRequest) -> Meldingen:
        """As its index says it."""
        return meldingen.filter(reporter_spoke_at__isnull=False)


class TeamFilter(ChoiceFilter):
    """Of one team, or of no team yet."""

    title = _("team")
    parameter_name = "team"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, Any]]:
        """One query."""
        teams = Team.objects.of(municipality(request)).values_list("pk", "name")
        return [(NONE, _("No team yet")), *((str(pk), name) for pk, name in teams)]

    def narrow(self, meldingen: Meldingen, value: str, request: HttpRequest) -> Meldingen:
        """By id."""
        return meldingen.filter(team=None) if value == NONE else meldingen.filter(team=int(value))


class CategoryFilter(ChoiceFilter):
    """A category, or a main category with everything under it."""

    title = _("category")
    parameter_name = "category"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, Any]]:
        """One query; those under a main category stand under it."""
        rows = list(Category.objects.of(municipality(request)))
        under: dict[int | None, list[Category]] = {}
        for row in sorted(rows, key=lambda row: row.name.lower()):
            under.setdefault(row.parent_id, []).append(row)
        choices: list[tuple[str, Any]] = [(NONE, _("No category yet"))]
        self.ids: dict[str, list[int]] = {}
        for main in under.get(None, []):
            children = under.get(main.pk, [])
            self.ids[str(main.pk)] = [main.pk, *(child.pk for child in children)]
            choices.append((str(main.pk), main.name))
            choices += [(str(child.pk), f"– {child.name}") for child in children]
        return choices

    def narrow(self, meldingen: Meldingen, value: str, request: HttpRequest) -> Meldingen:
        """By ids."""
        if value == NONE:
            return meldingen.filter(category=None)
        return meldingen.filter(category__in=self.ids.get(value, [int(value)]))


class BuurtFilter(ChoiceFilter):
    """In one buurt, in whatever year's borders it was received."""

    title = _("neighbourhood")
    parameter_name = "buurt"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, Any]]:
        """Those in use, and after them those of former borders in which there are meldingen, with their year."""
        here = municipality(request)
        in_use = list(areas.buurten(here).values_list("code", "name"))
        return in_use + [(code, f"{name} ({year})") for code, name, year in queries.former_buurten(here)]

    def narrow(self, meldingen: Meldingen, value: str, request: HttpRequest) -> Meldingen:
        """By the CBS code. The ids are asked first: the database then knows how few meldingen there are."""
        buurten = Area.objects.of(municipality(request)).filter(level=Area.Level.BUURT, code=value)
        return meldingen.filter(buurt__in=list(buurten.values_list("pk", flat=True)))


class DeadlineFilter(ChoiceFilter):
    """What is due, of what is still open."""

    title = _("deadline")
    parameter_name = "deadline"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, Any]]:
        """Three questions that a planner asks in the morning."""
        return [("overdue", _("Too late")), ("today", _("Today")), ("week", _("This week"))]

    def narrow(self, meldingen: Meldingen, value: str, request: HttpRequest) -> Meldingen:
        """Days are those of the municipality; a week ends on Sunday."""
        zone, now = municipality(request).time_zone, timezone.now()
        due = meldingen.filter(state__in=sorted(workflow.RUNNING))
        if value == "overdue":
            return due.filter(deadline__lt=now)
        today = calendar.local_day(now, zone)
        last = today if value == "today" else today + timedelta(days=6 - today.weekday())
        end = calendar.start_of_day(last + timedelta(days=1), zone)
        return due.filter(deadline__gte=calendar.start_of_day(today, zone), deadline__lt=end)
