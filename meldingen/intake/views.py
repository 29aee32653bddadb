"""Making a melding, step by step, complete without JavaScript. State lives in the page (meldingen.intake.draft)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_http_methods

from meldingen.categories import choices
from meldingen.categories.models import Category
from meldingen.intake import submission as intake_submission
from meldingen.intake.draft import STEPS, Draft
from meldingen.limits.rules import may_suggest
from meldingen.limits.senders import Sender, sender_of
from meldingen.notifications.labels import expected
from meldingen.notifications.views import keep_private
from meldingen.places import areas, geo
from meldingen.record import queries
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from meldingen.routing import prediction
from meldingen.tenancy.models import User
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, may

# What a visitor sees as a step: what is asked about the text belongs to the first.
NUMBERS = {"what": 1, "danger": 1, "subject": 1, "where": 2, "who": 3, "check": 4}


@require_http_methods(["GET", "HEAD", "POST"])
def melden(request: HttpRequest) -> HttpResponse:
    """Show the first step, or take what was typed to the next one; the last stores the melding."""
    draft = Draft(request.POST.dict(), colleague=_colleague(request))
    step = request.POST.get("step", "")
    if request.method != "POST" or step not in STEPS:
        return _page(request, draft, "what", draft.as_typed("what"))
    if draft.logged_out:
        return _again(request, draft, step, "logged_out")
    if "language" in request.POST:
        return _in_language(request, draft, step)
    back = request.POST.get("go", "")
    if back in STEPS[: STEPS.index(step)]:
        return _page(request, draft, back, draft.as_typed(back))
    return _forward(request, draft, step)


def stale(request: HttpRequest) -> HttpResponse:
    """The step that was sent, once more: nothing is taken in, and the page has a token that counts today."""
    draft = Draft(request.POST.dict(), colleague=_colleague(request))
    step = request.POST.get("step", "")
    return _again(request, draft, step if step in STEPS else "what", "logged_out" if draft.logged_out else "stale")


def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """The reference and the private address, once the melding is stored."""
    melding = queries.followed(municipality(request), token)
    if melding is None:
        return keep_private(render(request, "volg/unknown.html", status=404))
    return keep_private(render(request, "intake/thanks.html", {"melding": melding, "expected": expected(melding)}))


def _again(request: HttpRequest, draft: Draft, step: str, notice: str) -> HttpResponse:
    """403 with all that was typed, and a word about who may not send it like this."""
    if step == "check":
        response = _forward(request, draft, "who", notice=notice)
    else:
        response = _page(request, draft, step, draft.as_typed(step), notice=notice)
    response.status_code = 403
    return response


def _forward(request: HttpRequest, draft: Draft, step: str, *, notice: str = "") -> HttpResponse:
    wrong = draft.wrong_step(step)
    if wrong:
        return _page(request, draft, wrong, draft.forms[wrong], notice=notice)
    submission = draft.submission(translation.get_language() or settings.LANGUAGE_CODE)
    here = municipality(request)
    try:
        if step == "check":
            melding = intake_submission.submit_changed(here, submission, sender=_sender(request, draft))
            return redirect("melden_thanks", token=melding.follow_token)
        if step == "subject":
            intake_submission.find_category(here, submission.category_slug)
        if step == "where":
            intake_submission.find_place(here, submission)
        following = draft.following(step)
        more = _summary(request, draft, submission) if following == "check" else {}
    except Refused as refused:
        if refused.field == "pin" and submission.buurt_code:
            # The words of this refusal promised that a buurt will do.
            return _forward(request, draft.without_pin(), step, notice=notice)
        wrong = draft.refuse(refused)
        return _page(request, draft, wrong, draft.forms[wrong], notice=notice)
    return _page(request, draft, following, draft.as_typed(following), notice=notice, **more)


def _page(request: HttpRequest, draft: Draft, step: str, shown: Sequence[forms.Form], **more: Any) -> HttpResponse:
    fields = {name: form[name] for form in shown for name in form.fields}
    context = {
        "step": step,
        "number": NUMBERS[step],
        "steps": max(NUMBERS.values()),
        "previous": draft.previous(step),
        "carried": draft.carried(step),
        "fields": fields,
        "wrong": [(field, error) for field in fields.values() for error in field.errors],
        "colleague": draft.colleague,
    }
    if step in ("danger", "subject"):
        context["danger"] = draft.danger
    if step == "subject":
        context["subjects"] = _offer_subjects(request, draft, fields)
    if step == "where":
        _offer_buurten(request, fields)
        context |= {"tiles_url": settings.TILES_URL, "tiles_attribution": settings.TILES_ATTRIBUTION, "near": geo.NEAR}
    response = render(request, f"intake/{step}.html", context | more)
    # The browser may keep the page for its own Back button; nobody else may.
    response["Cache-Control"] = "private, no-cache"
    return response


def _offer_subjects(request: HttpRequest, draft: Draft, fields: dict[str, forms.BoundField]) -> list[Category]:
    here = municipality(request)
    # Whose house is on fire is not asked whether it is about waste.
    asks = not draft.is_emergency and may_suggest(_sender(request, draft), here.pk)
    guesses = prediction.suggest(here, draft.typed.get("text", "")) if asks else []
    suggested = [guess.category for guess in guesses if guess.category.parent_id]
    chosen = draft.typed.get("category", "")
    groups: dict[str, list[tuple[str, str]]] = {}
    for category in choices.categories(here):
        # Who chose a suggestion and then changed the text still finds what they chose.
        if category.slug == chosen and category not in suggested:
            suggested.append(category)
        groups.setdefault(category.parent.name if category.parent else "", []).append((category.slug, category.name))
    fields["other_category"].field.widget.choices = [("", "—"), *groups.items()]
    return suggested


def _offer_buurten(request: HttpRequest, fields: dict[str, forms.BoundField]) -> None:
    buurten = areas.buurten(municipality(request)).values_list("code", "name")
    fields["buurt"].field.widget.choices = [("", "—"), *buurten]


def _summary(request: HttpRequest, draft: Draft, submission: intake_submission.Submission) -> dict[str, Any]:
    here = municipality(request)
    return {
        "submission": submission,
        "place": intake_submission.find_place(here, submission),
        "category": intake_submission.find_category(here, submission.category_slug),
        "channel": Melding.Source(submission.source).label if draft.colleague else "",
        "mail_language": dict(settings.LANGUAGES)[submission.language] if draft.colleague else "",
    }


def _in_language(request: HttpRequest, draft: Draft, step: str) -> HttpResponse:
    # The switch is part of the form here, so that changing the language costs nobody what they typed.
    language = request.POST["language"]
    if language not in dict(settings.LANGUAGES):
        language = settings.LANGUAGE_CODE
    translation.activate(language)
    request.LANGUAGE_CODE = language
    response = _forward(request, draft, "who") if step == "check" else _page(request, draft, step, draft.as_typed(step))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response


def _sender(request: HttpRequest, draft: Draft) -> Sender | None:
    return None if draft.colleague else sender_of(request)


def _colleague(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) and may(request, Right.ENTER) else None
