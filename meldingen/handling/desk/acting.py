"""Does what a colleague asks of one melding, from its page or from the inbox, and says where they go on."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from meldingen.handling import finding, standard_texts, triage
from meldingen.handling.desk import confidential, detail, inbox, last_act, listing, next_one, stepping, way_back
from meldingen.handling.desk.actions import ACTIONS, Action, ActionForm
from meldingen.handling.formality import with_additions
from meldingen.languages import FALLBACK
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from meldingen.tenancy.models import User
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, may, may_handle

FILL = "fill"  # what a form says that wants a standard text in it first
Busy = tuple[str, ActionForm]


def act(
    request: HttpRequest, melding_id: int, name: str, own_page: Callable[[HttpRequest, str, Busy], HttpResponse]
) -> HttpResponse:
    """Do one action: on success on to where the colleague works, else the page with what was typed and why not.

    Who only looks what would follow gets the page with that.
    """
    action = ACTIONS.get(name)
    if action is None:
        raise Http404
    if request.method != "POST":
        return HttpResponseRedirect(reverse("admin:meldingen_melding_change", args=[melding_id]))
    may_act = may(request, Right.HANDLE_OWN) and may(request, action.right)
    if not may_act or not isinstance(request.user, User):
        raise PermissionDenied
    where = municipality(request)
    lists = way_back.inbox_of(request)
    melding = _melding(request, melding_id, action)
    form = action.form(request.POST, melding=melding, municipality=where, auto_id=f"{name}_%s")
    is_look = action.preview is not None and "check" in request.POST
    if FILL in request.POST:
        form = _with_text(request, action, melding)
    elif form.is_valid() and not is_look and not _is_of_another_ending(request, form, melding):
        own = may_handle(request, melding.team_id)
        seen = form.cleaned_data["seen"]
        case = triage.Case(melding_id=melding_id, municipality=where, actor=request.user, seen=seen, reads=own)
        try:
            action.call(case, form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field or None, str(refused.message))
        else:
            response = _go_on(request, melding, lists, request.user)
            last_act.keep(request, response, name, melding, form.cleaned_data["seen"])
            return response
    if lists is None:
        return own_page(request, str(melding_id), (name, form))
    place = way_back.query_of(request)
    place["melding"] = str(melding_id)
    return inbox.show(request, lists, place, (name, form))


def _with_text(request: HttpRequest, action: Action, melding: Melding) -> ActionForm:
    """The form with the standard text that was chosen in it, to be read and changed before it is sent."""
    where, answers = municipality(request), request.POST
    language = getattr(getattr(melding, "reporter", None), "language", FALLBACK)
    ready = {str(each.pk): each for each in standard_texts.ready_for(where, melding, language)}
    chosen = ready.get(answers.get("standard", ""))
    text = chosen.text if chosen else answers.get("text", "")
    initial = {**answers.dict(), "text": text}
    if chosen and chosen.for_state and answers.get("outcome", "").partition("/")[0] != chosen.for_state:
        initial["outcome"] = chosen.for_state
    seen = answers.get("seen", "")
    return action.form(
        melding=melding, municipality=where, seen=seen, initial=initial, auto_id=f"{action.name}_%s"
    )  # fmt: skip


def _is_of_another_ending(request: HttpRequest, form: ActionForm, melding: Melding) -> bool:
    """Whether the text is a standard text for another way to end than the one chosen; the form then says so."""
    outcome, chosen = form.cleaned_data.get("outcome"), request.POST.get("standard", "")
    if not outcome or not chosen:
        return False
    language = getattr(getattr(melding, "reporter", None), "language", FALLBACK)
    for each in standard_texts.ready_for(municipality(request), melding, language):
        is_sent = str(each.pk) == chosen and each.text.strip() == form.cleaned_data["text"].strip()
        if is_sent and each.for_state != outcome[0]:
            words = _("This text is for “%(ending)s”, and you chose another ending. Change one of them.")
            form.add_error("text", words % {"ending": each.ending})
            return True
    return False


Shown = Callable[[HttpRequest, str, detail.Reveal], HttpResponse]


def show_contact(request: HttpRequest, melding_id: int, own_page: Shown) -> HttpResponse:
    """The page that the colleague is on, with the contact details of the reporter; it is kept that they saw them."""

    def reveal(user: User, melding: Melding) -> detail.Reveal:
        finding.show_contact(municipality(request), user, melding)
        return detail.Reveal(contact=True)

    return _show(request, melding_id, own_page, reveal)


def show_earlier(request: HttpRequest, melding_id: int, own_page: Shown) -> HttpResponse:
    """The same page with what the reporter reported before; it is kept that they looked."""

    def reveal(user: User, melding: Melding) -> detail.Reveal:
        reporter = getattr(melding, "reporter", None)
        if reporter is None:
            return detail.Reveal(earlier=())
        where = municipality(request)
        visible = confidential.visible(request, Melding.objects.of(where)).exclude(pk=melding.pk)
        ids = finding.of_person(where, visible, user, phone=reporter.phone, email=reporter.email)
        return detail.Reveal(earlier=ids)

    return _show(request, melding_id, own_page, reveal)


def _show(
    request: HttpRequest, melding_id: int, own_page: Shown, reveal: Callable[[User, Melding], detail.Reveal]
) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseRedirect(reverse("admin:meldingen_melding_change", args=[melding_id]))
    if not may(request, Right.CONTACT) or not isinstance(request.user, User):
        raise PermissionDenied
    lists = way_back.inbox_of(request)
    revealed = reveal(request.user, detail.find(request, str(melding_id)))
    if lists is None:
        return own_page(request, str(melding_id), revealed)
    place = way_back.query_of(request)
    place["melding"] = str(melding_id)
    return inbox.show(request, lists, place, reveal=revealed)


def _melding(request: HttpRequest, melding_id: int, action: Action) -> Melding:
    rows = confidential.visible(request, Melding.objects.of(municipality(request)).filter(pk=melding_id))
    melding = (
        with_additions(rows)
        .select_related("prediction", "category", "team", "buurt", "reporter", "hold")
        .defer("search", "buurt__geometry")
        .first()
    )
    if melding is None:
        raise Http404
    if not (action.of_any_team or may_handle(request, melding.team_id)):
        raise PermissionDenied
    return melding


def _go_on(request: HttpRequest, melding: Melding, lists: listing.Listed | None, actor: User) -> HttpResponse:
    """`melding` is as it was before. Who is done with one goes on through the worklist: it left it, or they said so.

    What was done stands in the line of the last act.
    """
    goes_on = next_one.FIELD in request.POST
    if lists is not None:
        stays = not goes_on and lists.rows.filter(pk=melding.pk).exists()
        following = melding.pk if stays else lists.offer_after(melding, actor)
        return HttpResponseRedirect(way_back.address(request, lists, following))
    view = stepping.view_of(request)
    if goes_on and view is not None:
        following = view.offer_after(melding, actor)
        return HttpResponseRedirect(stepping.page_of(following, view) if following else view.address())
    if goes_on and may(request, Right.HANDLE):
        messages.success(request, next_one.last(municipality(request), melding.pk))
        visible = confidential.visible(request, Melding.objects.of(municipality(request)))
        return HttpResponseRedirect(next_one.address(visible, melding))
    return HttpResponseRedirect(stepping.page_of(melding.pk, view))
