"""A page that asks, before a term becomes shorter, what is to become of the meldingen that are open."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meldingen.categories.models import Category
from meldingen.routing import replanning
from meldingen.routing.models import RoutingRule
from meldingen.routing.replanning import Foreseen, Scope, Terms
from meldingen.staffsite.admin import ScopedAdmin
from meldingen.tenancy.models import User
from meldingen.tenancy.requests import municipality

TERM = {"service_amount", "service_unit"}
ANSWER, EARLIER, LEAVE, BACK = "open_ones", "earlier", "leave", "back"


class TermAdmin(ScopedAdmin):
    """Rows that say within how much time a melding is handled."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Django's form; who makes a term shorter is told what that means for open meldingen, and asked."""
        answer = request.POST.get(ANSWER)
        form = self._term_form(request, object_id) if request.method == "POST" else None
        if form is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        scope = _scope(form.instance)
        if answer not in (EARLIER, LEAVE):
            foreseen = replanning.foresee(municipality(request), form.save, scope)
            if foreseen.earlier:
                return self._question(request, form.instance, foreseen)
        before = replanning.terms(municipality(request), scope) if answer == EARLIER else None
        response = super().changeform_view(request, object_id, form_url, extra_context)
        if response.status_code == 302:
            _follow(request, scope, before)
        return response

    def _term_form(self, request: HttpRequest, object_id: str | None) -> Any:
        """The form that was sent, where it is right and changes a term; else Django's own answer is enough."""
        if object_id is None and not issubclass(self.model, RoutingRule):
            return None  # no melding is of it yet
        form = self.valid_form(request, object_id)
        return form if form and TERM & set(form.changed_data) else None

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Who goes back gets the form with all that they typed: it is sent again, and is not to be saved."""
        form = super().get_form(request, obj, change, **kwargs)
        if request.POST.get(ANSWER) != BACK:
            return form
        return type(form.__name__, (form,), {"is_valid": lambda self: False})

    def valid_form(self, request: HttpRequest, object_id: str | None) -> Any:
        """The form that was sent, where it is right and its sender may save it; else None."""
        row = self.get_object(request, unquote(object_id)) if object_id else None
        may_save = self.has_change_permission(request, row) if object_id else self.has_add_permission(request)
        if not may_save or (object_id and row is None):
            return None
        fields = flatten_fieldsets(self.get_fieldsets(request, row))
        form = self.get_form(request, row, change=row is not None, fields=fields)(request.POST, instance=row)
        return form if form.is_valid() else None

    def _question(self, request: HttpRequest, row: Any, foreseen: Foreseen) -> HttpResponse:
        context = self.admin_site.each_context(request) | {
            "title": _("A shorter term"),
            "opts": self.opts,
            "row": row,
            "foreseen": foreseen,
            "lines": _in_words(foreseen),
            "typed": sent_again(request),
            "question": ANSWER,
        }
        return TemplateResponse(request, "routing/term_change.html", context)


def sent_again(request: HttpRequest) -> list[tuple[str, str]]:
    """All that was sent with a form, but its token: for a page that asks something before the form is saved."""
    every = ((name, str(value)) for name, values in request.POST.lists() for value in values)
    return [(name, value) for name, value in every if name != "csrfmiddlewaretoken"]


def _scope(row: Category | RoutingRule) -> Scope:
    """What the row is for."""
    if isinstance(row, RoutingRule):
        return Scope(rule=row.position)
    under = Category.objects.filter(parent=row).values_list("pk", flat=True)
    return Scope(categories=[row.pk, *under])


def _in_words(foreseen: Foreseen) -> list[str]:
    lines = [
        ngettext(
            "%(n)d open melding gets an earlier deadline.", "%(n)d open meldingen get an earlier deadline.",
            foreseen.earlier,
        ) % {"n": foreseen.earlier}
    ]  # fmt: skip
    if foreseen.told:
        lines.append(
            ngettext(
                "Of %(n)d of them the reporter was told a day. That day stays.",
                "Of %(n)d of them the reporters were told a day. Those days stay.",
                foreseen.told,
            ) % {"n": foreseen.told}
        )  # fmt: skip
    if foreseen.late:
        lines.append(
            ngettext("%(n)d of them is too late at once.", "%(n)d of them are too late at once.", foreseen.late)
            % {"n": foreseen.late}
        )
    if foreseen.planned:
        lines.append(
            ngettext(
                "%(n)d melding keeps its term: the work is planned for a day that was promised.",
                "%(n)d meldingen keep their term: the work is planned for a day that was promised.",
                foreseen.planned,
            ) % {"n": foreseen.planned}
        )  # fmt: skip
    return lines


def _follow(request: HttpRequest, scope: Scope, before: Terms | None) -> None:
    """Do what was answered, once the term is saved, and say so. `before`: what was asked, where open ones move."""
    if before is None or not isinstance(request.user, User):
        number = replanning.count_open(municipality(request), scope)
        words = ngettext(
            "The new term is for meldingen that come in from now on. %(n)d open melding keeps its deadline.",
            "The new term is for meldingen that come in from now on. %(n)d open meldingen keep their deadlines.",
            number,
        )
        messages.info(request, words % {"n": number})
        return
    number = replanning.replan(municipality(request), actor=request.user, scope=scope, before=before)
    words = ngettext(
        "%(n)d open melding has an earlier deadline.", "%(n)d open meldingen have an earlier deadline.", number
    )
    messages.success(request, words % {"n": number})
