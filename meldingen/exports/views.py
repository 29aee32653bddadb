"""The pages of an export on the staff site: ask for it, see how far it is, and get it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from meldingen.exports import asking, fetching
from meldingen.exports.asking import DAY, Wish
from meldingen.exports.models import Export
from meldingen.handling.desk import asked as asked_by
from meldingen.handling.desk import listing
from meldingen.refusals import Refused
from meldingen.staffsite.site import site
from meldingen.tenancy.models import User
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, may

TYPES = {
    Export.Kind.CSV: "text/csv; charset=utf-8",
    Export.Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WHY: dict[str, str | Promise] = {
    "no_right": gettext_lazy("Your rights have changed since you asked, so the file was not made."),
    "too_large": gettext_lazy("More than a million meldingen do not fit in a sheet. Choose filters."),
    "unknown": gettext_lazy("Something that the filters name is not there any more. Choose the filters again."),
    "disk": gettext_lazy("There is no room for the file on our server. Tell who manages it, and try again later."),
    "broken": gettext_lazy("It did not work, several times. Tell who manages this site."),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def exports(request: HttpRequest) -> HttpResponse:
    """Who posts a worklist gets it as a file; who looks sees their own exports of a day."""
    user, where = _colleague(request), municipality(request)
    if request.method == "POST":
        return _ask(request, user)
    own = Export.objects.of(where).filter(owner=user, asked_at__gt=timezone.now() - DAY).order_by("-pk")
    context = {**site.each_context(request), "title": _("Files of today"), "exports": list(own[: asking.MOST_OF_A_DAY])}
    return TemplateResponse(request, "exports/list.html", context)


def _ask(request: HttpRequest, user: User) -> HttpResponse:
    try:
        lists = listing.listed(request, QueryDict(request.POST.get("inbox", "")))
    except asked_by.UnreadableDate as error:
        raise Http404 from error
    filters = "; ".join(asked_by.in_log(lists.asked, lists.known))
    wish = Wish(
        lists.asked.query(),
        f"{lists.name} ({filters})" if filters else lists.name,
        request.POST.get("kind", ""),
        get_language() or "nl",
        with_contact="contact" in request.POST,
    )
    try:
        export = asking.ask(municipality(request), user, wish)
    except Refused as refused:
        messages.warning(request, str(refused.message))
        return HttpResponseRedirect(lists.address())
    return HttpResponseRedirect(reverse("admin:export", args=[export.pk]))


@never_cache
@require_safe
def progress(request: HttpRequest, export_id: int) -> HttpResponse:
    """How far it is; a file that is ready and was not fetched begins to come by itself."""
    export = _own(request, export_id)
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": _title(export),
        "export": export,
        "why": WHY.get(export.refusal, WHY["broken"]) if export.stage == Export.Stage.FAILED else "",
        "file": reverse("admin:export_file", args=[export.pk]) if export.stage == Export.Stage.READY else "",
        "starts": export.stage == Export.Stage.READY and export.fetched_at is None,
        "back": f"{reverse('admin:index')}?{export.query}",
        "offers_contact": not export.with_contact and may(request, Right.CONTACT),
    }
    return TemplateResponse(request, "exports/progress.html", context)


def _title(export: Export) -> str:
    if export.is_on_its_way:
        return _("Your file is being made")
    return {
        Export.Stage.READY: _("Your file is ready"),
        Export.Stage.GONE: _("This file is gone"),
    }.get(Export.Stage(export.stage), _("Your file was not made"))


@require_safe
def file(request: HttpRequest, export_id: int) -> HttpResponseBase:
    """The file, kept by no cache; why not stands on its page."""
    _own(request, export_id)
    try:
        export, content = fetching.fetch(municipality(request), _colleague(request), export_id)
    except Refused as refused:
        messages.warning(request, str(refused.message))
        return HttpResponseRedirect(reverse("admin:index"))
    kind = Export.Kind(export.kind)
    day = timezone.localtime(export.asked_at).date()
    name = f"meldingen-{slugify(export.name)[:60].strip('-') or 'lijst'}-{day}.{export.kind}"
    response = FileResponse(content, as_attachment=True, filename=name, content_type=TYPES[kind])
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _own(request: HttpRequest, export_id: int) -> Export:
    try:
        return fetching.find(municipality(request), _colleague(request), export_id)
    except Export.DoesNotExist as error:
        raise Http404 from error


def _colleague(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not may(request, Right.VIEW):
        raise PermissionDenied
    return request.user


site.mount(
    path("uitvoer/", site.admin_view(exports), name="exports"),
    path("uitvoer/<int:export_id>/", site.admin_view(progress), name="export"),
    path("uitvoer/<int:export_id>/bestand", site.admin_view(file), name="export_file"),
)
