"""The page for a colleague who has somebody on the telephone, and the letter that says that it was taken in.

The page is all steps of the form at once, over the same draft, and stores by the same `submit`.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from meldingen.categories.choices import main_subjects
from meldingen.handling import finding
from meldingen.handling.desk import confidential, rows
from meldingen.intake.ahead import lines_ahead
from meldingen.intake.draft import Draft, Post
from meldingen.intake.receiving import submit_changed
from meldingen.intake.step import Fields, Visit
from meldingen.intake.steps import STEPS
from meldingen.intake.steps.danger import DANGER
from meldingen.intake.steps.questions import QUESTIONS
from meldingen.intake.steps.where import WHERE
from meldingen.intake.submission import EMERGENCIES
from meldingen.languages import FALLBACK
from meldingen.places import pictures
from meldingen.record import references
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from meldingen.staffsite.site import site
from meldingen.telephone import joining, lookup
from meldingen.tenancy.models import User
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, may
from meldingen.tenancy.urls import absolute

# What buttons are called. The one that stores comes last in the page: Enter in a field looks first.
LOOK, EARLIER, CHOOSE, SAME, STORE = "check", "who", "choose", "same", "save"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest) -> HttpResponse:
    """The page, with what follows of what was said so far; or, where it is stored, on to the melding on the desk."""
    draft = _draft(request)
    if SAME in request.POST:
        return _join(request, draft)
    if STORE in request.POST:
        return _store(request, draft)
    return _page(request, draft)


def _draft(request: HttpRequest) -> Draft:
    if not isinstance(request.user, User) or not may(request, Right.ENTER):
        raise PermissionDenied
    values = request.POST.dict()
    if CHOOSE in values:
        values["category"] = values[CHOOSE]
    language = translation.get_language() or FALLBACK
    post = Post(municipality=municipality(request), inputs=values, language=language, colleague=request.user)
    draft = Draft(post)
    answers = QUESTIONS.take(draft.visit, ())
    return draft.with_values(answers.values) if answers else draft


def _store(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Everything that is wrong at once, else the melding."""
    visit = draft.visit
    if DANGER.applies(visit.submission):
        draft.forms[DANGER.name].add_error("danger_answer", _("Say first whether 112 is called."))
    try:
        for check in dict.fromkeys(step.check for step in STEPS):
            check(visit)
        if all(form.is_valid() for form in draft.forms.values()):
            return _end(request, submit_changed(visit.municipality, visit.submission))
    except Refused as refused:
        if other := draft.mend(refused):
            return _store(request, other)
        draft.refuse(refused)
    return _page(request, draft, is_sent=True)


def _end(request: HttpRequest, melding: Melding) -> HttpResponse:
    """On to the melding on the desk; to the next call for who does not see its category."""
    reference, letter = references.spaced(melding.reference), reverse("admin:letter", args=[melding.pk])
    reporter = getattr(melding, "reporter", None)
    if reporter and reporter.email:
        words = format_html(_("Taken in. Tell the caller the reference: {}. A mail with it is on its way."), reference)
    else:
        words = format_html(
            _('Taken in. Tell the caller the reference: {}. <a href="{}">A letter to print</a>'), reference, letter
        )
    messages.success(request, words)
    if not _visible(request).filter(pk=melding.pk).exists():
        return HttpResponseRedirect(reverse("admin:telephone"))
    return HttpResponseRedirect(f"{reverse('admin:index')}?list=all&melding={melding.pk}")


def _join(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Count the caller with a melding that is known."""
    pk = request.POST[SAME]
    melding = _visible(request).filter(pk=int(pk)).first() if _is_id(pk) else None
    if melding is None:
        raise Http404
    submission, who = draft.visit.submission, draft.forms[STEPS[-1].name]
    try:
        if "email" in who.errors:
            return _page(request, draft, is_sent=True)
        is_asked = joining.join(draft.post.municipality, melding, submission)
    except Refused as refused:
        messages.warning(request, str(refused.message))
        return _page(request, draft)
    words = _("The caller counts with this melding. Nothing else of the call is kept. They got no mail.")
    if is_asked:
        words = _("The caller counts with this melding, and gets a mail with a button to follow it.")
    messages.success(request, words)
    return HttpResponseRedirect(f"{reverse('admin:index')}?list=all&melding={melding.pk}")


def _page(request: HttpRequest, draft: Draft, *, is_sent: bool = False) -> HttpResponse:
    visit = draft.visit
    forms = draft.forms if is_sent else {step.name: draft.as_typed(step) for step in STEPS}
    fields = {name: form[name] for form in forms.values() for name in form.fields}
    questions = _questions(visit, fields)
    own = set(QUESTIONS.form.base_fields)
    wrong = [(field, error) for name, field in fields.items() if name not in own for error in field.errors]
    look = lookup.look(visit, _visible(request)) if visit.inputs else lookup.Look()
    context = {
        **site.each_context(request),
        **WHERE.offer(visit, fields),
        **DANGER.offer(visit, fields),
        **questions,
        "title": _("Take a call"),
        "key": draft.key,
        "fields": fields,
        "wrong": [*wrong, *questions["wrong"]],
        "look": look,
        "same": [(each, rows.row(each.melding, timezone.now(), visit.municipality.time_zone)) for each in look.same],
        "subjects": main_subjects(visit.municipality),
        "category": visit.submission.category_slug,
        "is_emergency": visit.submission.danger in EMERGENCIES,
        "danger_answer": visit.submission.danger_answer,
        "may_contact": may(request, Right.CONTACT),
        "picture": pictures.around(visit.municipality, look.place.point) if look.place else None,
        **_earlier(request, draft),
    }
    return TemplateResponse(request, "telephone/call.html", context)


def _questions(visit: Visit, fields: Fields) -> dict[str, Any]:
    """What the category asks; nothing of a category that nobody knows, which is said where it is chosen."""
    try:
        return QUESTIONS.offer(visit, fields)
    except Refused:
        return {"wrong": []}


def _earlier(request: HttpRequest, draft: Draft) -> dict[str, Any]:
    """What the same person reported before, where a colleague with the right asked for it: that is kept."""
    if EARLIER not in request.POST or not may(request, Right.CONTACT) or not isinstance(request.user, User):
        return {}
    where, who = draft.post.municipality, draft.visit.submission
    if not (who.phone or who.email):
        return {}
    ids = finding.of_person(where, _visible(request), request.user, phone=who.phone, email=who.email)
    meldingen = Melding.objects.of(where).filter(pk__in=ids).select_related("category", "team", "buurt")
    newest = meldingen.defer("search", "point", "buurt__geometry", "buurt__ages").order_by("-received_at", "-pk")
    now, zone = timezone.now(), where.time_zone
    return {"is_looked_for": True, "earlier": [rows.row(each, now, zone) for each in newest]}


@never_cache
@require_safe
def letter(request: HttpRequest, melding_id: int) -> HttpResponse:
    """The receipt on paper, in the language of the reporter. It has no name and no address: those stay where they are.

    For who takes meldingen in: the private page that it names is for the reporter.
    """
    if not may(request, Right.ENTER):
        raise PermissionDenied
    where = municipality(request)
    rows_here = _visible(request).select_related("municipality", "category__parent", "buurt", "reporter")
    melding = rows_here.defer("search", "buurt__geometry").filter(pk=melding_id).first()
    if melding is None:
        raise Http404
    reporter = getattr(melding, "reporter", None)
    with translation.override(reporter.language if reporter else FALLBACK):
        context = {
            "melding": melding,
            "place": rows.place_of(melding),
            "reference": references.spaced(melding.reference),
            "lines": lines_ahead(melding, timezone.now()),
            "today": formats.date_format(timezone.localdate(), "j F Y"),
            "page": absolute(where, reverse("volg", args=[melding.follow_token])),
        }
        return HttpResponse(render_to_string("telephone/letter.html", context, request))


def _visible(request: HttpRequest) -> QuerySet[Melding]:
    visible = confidential.visible(request, Melding.objects.of(municipality(request)))
    return visible.select_related("category", "team", "buurt").defer("search", "buurt__geometry", "buurt__ages")


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19
