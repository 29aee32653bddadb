"""Look as somebody else with one click, and read the post."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meldingen.showroom import parts, post
from meldingen.tenancy.requests import municipality

View = Callable[..., HttpResponse]


def _only_invented(view: View) -> View:
    """The view; a page that is not there where any municipality is real, whatever the setting says."""

    @wraps(view)
    def view_of_demo(request: HttpRequest, **names: str) -> HttpResponse:
        if not parts.is_open():
            raise Http404
        return view(request, **names)

    return view_of_demo


@never_cache
@require_safe
@_only_invented
def door(request: HttpRequest) -> HttpResponse:
    """As whom one may look, with a button for each."""
    return render(request, "showroom/door.html", {"parts": parts.parts_in(municipality(request))})


@require_POST
@_only_invented
def enter(request: HttpRequest) -> HttpResponse:
    """Become somebody else, and go to where their work begins."""
    player = parts.player(municipality(request), request.POST.get("part", ""))
    if player is None:
        raise Http404
    part, user = player
    logout(request)
    if user is not None:
        login(request, user)
    return HttpResponseRedirect(part.page)


@never_cache
@require_safe
@_only_invented
def letters(request: HttpRequest) -> HttpResponse:
    """The newest mails, whoever they are for."""
    return render(request, "showroom/post.html", {"letters": post.newest()})


@never_cache
@require_safe
@_only_invented
def letter(request: HttpRequest, name: str) -> HttpResponse:
    """One mail, as it would be read."""
    mail = post.find(name)
    if mail is None:
        raise Http404
    return render(request, "showroom/letter.html", {"letter": mail})
