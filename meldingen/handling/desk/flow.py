"""From one melding to the next: begin with a worklist, and take back what was done last."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from meldingen.handling import claiming, undoing
from meldingen.handling.desk import last_act, stepping, way_back
from meldingen.handling.triage import Case
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from meldingen.tenancy.models import User
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, may


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Open the first melding of the worklist that no colleague is offered."""
    lists = way_back.lists_of(request)
    first = claiming.claim(municipality(request), _colleague(request), lists.rows)
    return HttpResponseRedirect(lists.address(melding=first or ""))


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back what was done last in this session, and open that melding again."""
    act, lists = last_act.shown(request), way_back.lists_of(request)
    actor = _colleague(request)
    if act is None or not act.can_undo:
        return HttpResponseRedirect(lists.address())
    where = municipality(request)
    cases = [Case(melding_id=pk, municipality=where, actor=actor) for pk in act.undone_of]
    try:
        if act.undone_of == (act.melding_id,):
            undoing.undo(cases[0], act.after)
        else:
            undoing.undo_together(cases, act.after)
    except Melding.DoesNotExist as error:
        raise Http404 from error
    except Refused as refused:
        messages.warning(request, str(refused.message))
    else:
        messages.success(request, _("Undone. Nobody heard of it."))
    stays = "own" in request.POST  # on the page of that melding
    own_page = stepping.page_of(act.melding_id, stepping.view_of(request))
    response = HttpResponseRedirect(own_page if stays else way_back.address(request, lists, act.melding_id))
    last_act.forget(response)
    return response


def _colleague(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not may(request, Right.HANDLE_OWN):
        raise PermissionDenied
    return request.user
