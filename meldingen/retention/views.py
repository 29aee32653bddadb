"""The page on which a manager gives a person what is kept of them, or erases them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from meldingen import texts
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from meldingen.retention import erasing, handing_over, persons
from meldingen.retention.persons import Person, Way
from meldingen.staffsite.site import site
from meldingen.tenancy import auditing
from meldingen.tenancy.models import User
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, may


class PersonForm(forms.Form):
    """Of whom, and how the colleague knows that it is them."""

    address = forms.CharField(
        label=gettext_lazy("E-mail address or telephone number"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    way = forms.ChoiceField(
        label=gettext_lazy("How do you know that it belongs to who asks?"),
        widget=forms.RadioSelect,
        choices=[
            (Way.MAIL, gettext_lazy("They answered a mail that we sent there")),
            (Way.CALL, gettext_lazy("We called that number and they answered")),
            (Way.COUNTER, gettext_lazy("They were at the counter and showed who they are")),
        ],
    )


class ErasureForm(forms.Form):
    """The last question."""

    sure = forms.BooleanField(label=gettext_lazy("Yes: this cannot be undone"))


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest) -> HttpResponseBase:
    """Ask of whom; show what there is; give it out or erase it. What was typed is posted and in no address."""
    if not may(request, Right.MANAGE) or not isinstance(request.user, User):
        raise PermissionDenied
    where, form = municipality(request), PersonForm(request.POST or None)
    context: dict[str, Any] = {**site.each_context(request), "title": _("Everything of one person"), "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            subject = persons.find(where, texts.clean(form.cleaned_data["address"]))
        except Refused as refused:
            form.add_error(refused.field or None, str(refused.message))
        else:
            answer = _act(request, request.user, subject, Way(form.cleaned_data["way"]), context)
            if answer:
                return answer
            context |= _preview(request, subject)
    response = TemplateResponse(request, "retention/person.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


def _act(
    request: HttpRequest, user: User, subject: Person, way: Way, context: dict[str, Any]
) -> HttpResponseBase | None:
    """Do what a button asks; None when somebody only looks."""
    where = municipality(request)
    if "file" in request.POST and not subject.is_nobody:
        archive = handing_over.hand_over(where, subject, user, way)
        name = f"gegevens-{timezone.localdate().isoformat()}.zip"
        response = FileResponse(archive, as_attachment=True, filename=name, content_type="application/zip")
        response["Cache-Control"] = "no-store, private"
        return response
    if "erase" in request.POST and not subject.is_nobody:
        question = ErasureForm(request.POST)
        context["question"] = question
        if question.is_valid():
            number = erasing.erase(where, subject, user, way)
            words = ngettext(
                "The person is erased, and with them the contact details of %(number)d melding.",
                "The person is erased, and with them the contact details of %(number)d meldingen.",
                number,
            )
            messages.success(request, words % {"number": number})
            return HttpResponseRedirect(reverse("admin:person"))
        return None
    auditing.keep(where, auditing.Kind.CONTACT_SEARCHED, user, codes={"meldingen": len(subject.melding_ids)})
    return None


def _preview(request: HttpRequest, subject: Person) -> dict[str, Any]:
    where = municipality(request)
    rows = Melding.objects.of(where).filter(pk__in=subject.melding_ids).select_related("category")
    meldingen = rows.defer("search", "point", "text").order_by("-received_at")
    return {
        "subject": subject,
        "counts": persons.counts(subject),
        "meldingen": meldingen,
        "is_full": len(subject.melding_ids) == persons.MOST,
        "is_open": any(each.closed_at is None for each in meldingen),
    }


site.mount(path("persoon/", site.admin_view(person), name="person"))
