"""A page that shows what a rule would have done in the last months, before it is saved or put into use (ADR 78)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from meldingen.record.models import Melding
from meldingen.routing import dry_run, people
from meldingen.routing.dry_run import Result
from meldingen.routing.term_changes import ANSWER, TermAdmin, sent_again
from meldingen.tenancy.models import Municipality, Team
from meldingen.tenancy.requests import municipality

BUTTON = "_dry_run"
MARK = "_tried"  # what is sent from this page has it: its sender saw what the rule would have done
# What the buttons of this page say instead.
_ANSWERED_HERE = (BUTTON, "is_active", "_save", "_continue", "_addanother")


class DryRunAdmin(TermAdmin):
    """Rules, with a button beside Save that tries what the form says and saves nothing.

    What would work at once, a new rule in use or a change to one, is tried too, whatever button was pressed: it is put
    into use on the page of the trial alone. Until then the rule is as it was.
    """

    change_form_template = "routing/rule_form.html"

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The result where it was asked for and the form is right; else the form."""
        form = self.valid_form(request, object_id) if request.method == "POST" and MARK not in request.POST else None
        if form is None or not (BUTTON in request.POST or _works_at_once(form)):
            more = {"dry_run": BUTTON, "days": dry_run.DAYS}
            return super().changeform_view(request, object_id, form_url, more | (extra_context or {}))
        return self._show(request, form)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new rule waits until somebody puts it into use."""
        return {"is_active": False} | super().get_changeform_initial_data(request)

    def _show(self, request: HttpRequest, form: Any) -> HttpResponse:
        here, rule = municipality(request), form.instance
        result = dry_run.try_rule(here, rule)
        context = self.admin_site.each_context(request) | {
            "title": _("What this rule would have done"),
            "opts": self.opts,
            "rule": rule,
            "result": result,
            "days": dry_run.DAYS,
            "tried": MARK,
            "was_in_use": _was_in_use(form),
            "share": _share(result.matches, result.total),
            "moves": _moves(here, result),
            "priorities": _priorities(result),
            "people": _people(result),
            "text": rule.standard_text if rule.standard_text and result.matches else None,
            "same_term": result.matches - result.sooner - result.later,
            "overlaps": sorted(result.overlaps.items(), key=lambda item: (item[0] is not None, item[0] or 0)),
            "sent": [(name, value) for name, value in sent_again(request) if name != BUTTON],
            "question": ANSWER,
            "typed": [(name, value) for name, value in sent_again(request) if name not in _ANSWERED_HERE],
        }
        return TemplateResponse(request, "routing/dry_run.html", context)


def _works_at_once(form: Any) -> bool:
    """Whether saving it would change what happens to the next melding."""
    return bool(form.instance.is_active and form.changed_data)


def _was_in_use(form: Any) -> bool:
    """Whether the rule works now, as it was before this change."""
    return bool(form.instance.pk and form.initial.get("is_active"))


def _share(part: int, whole: int) -> str:
    """In whole percents; what is little is not called nothing."""
    percent = round(100 * part / whole) if whole else 0
    return "<1" if part and not percent else str(percent)


def _priorities(result: Result) -> list[Mapping[str, Any]]:
    """From which priority to which, most first; what stays last."""
    rows = [
        {
            "before": Melding.Priority(before).label,
            "after": Melding.Priority(after).label,
            "stays": before == after,
            "number": number,
        }
        for (before, after), number in result.priorities.items()
    ]
    return sorted(rows, key=lambda row: (row["stays"], -row["number"]))


def _people(result: Result) -> list[Mapping[str, Any]]:
    """From whose hands into whose, most first; what stays last."""
    names = people.names({who for pair in result.people for who in pair if who})
    rows = [
        {
            "before": names.get(before or 0, ""),
            "after": names.get(after or 0, ""),
            "stays": before == after,
            "number": n,
        }
        for (before, after), n in result.people.items()
    ]
    return sorted(rows, key=lambda row: (row["stays"], -row["number"]))


def _moves(here: Municipality, result: Result) -> list[Mapping[str, Any]]:
    """From which team to which, most first; who stays with their team last."""
    names = dict(Team.objects.of(here).values_list("pk", "name"))
    rows = [
        {
            "before": names.get(before or 0, ""),
            "after": names.get(after or 0, ""),
            "stays": before == after,
            "number": number,
            "width": round(100 * number / result.matches),
        }
        for (before, after), number in result.teams.items()
    ]
    return sorted(rows, key=lambda row: (row["stays"], -row["number"]))
