"""The page on which a colleague chooses filters for the inbox, and saves them under a name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meldingen.categories.models import Category
from meldingen.fields import TextField
from meldingen.handling import saved_worklists
from meldingen.handling.desk import asked as asking
from meldingen.handling.desk import listing, orders, worklists
from meldingen.handling.models import SearchWords, Worklist
from meldingen.places import areas
from meldingen.places.models import Area
from meldingen.record import queries
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from meldingen.staffsite.site import site
from meldingen.tenancy.models import Membership, Municipality, Team, User
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, may

Choices = list[tuple[Any, Any]]


def _many(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, widget=forms.CheckboxSelectMultiple)


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


class FilterForm(forms.Form):
    """What the inbox can be narrowed by; every field may stay empty."""

    words = TextField(
        label=gettext_lazy("Words in the text or the address"),
        help_text=gettext_lazy("All of these words. Put a minus before a word that must not be in it."),
        required=False,
        max_length=saved_worklists.LONGEST_WORDS,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    list = forms.ChoiceField(label=gettext_lazy("Worklist"), choices=())
    sort = forms.ChoiceField(label=gettext_lazy("Order"), required=False)
    deadline = forms.ChoiceField(label=gettext_lazy("Deadline"), required=False)
    person = forms.ChoiceField(label=gettext_lazy("Colleague"), required=False)
    area = forms.ChoiceField(label=gettext_lazy("Neighbourhood or district"), required=False)
    since = _day(gettext_lazy("Received from"))
    until = _day(gettext_lazy("Received until"))
    state = _many(gettext_lazy("State"))
    team = _many(gettext_lazy("Team"))
    category = _many(gettext_lazy("Category"))
    channel = _many(gettext_lazy("Channel"))
    map = forms.CharField(required=False, widget=forms.HiddenInput)  # who came from the map goes back to it

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        said = super().clean() or {}
        since, until = said.get("since"), said.get("until")
        if since and until and since > until:
            self.add_error("until", _("This day is before “received from”: nothing can be found."))
        return said

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", _("All"))]
        choices: dict[str, Choices] = {
            "list": [(each.slug, each.name) for each in worklists.BUILT_IN.values()],
            "state": Melding.State.choices,
            "team": [(asking.NONE, _("No team yet")), *Team.objects.of(municipality).values_list("pk", "name")],
            "person": [*every, (asking.NONE, _("Nobody")), *_people(municipality)],
            "category": [(asking.NONE, _("No category yet")), *_categories(municipality)],
            "area": [*every, *_areas(municipality)],
            "deadline": [*every, ("late", _("Too late")), ("today", _("Today")), ("week", _("This week"))],
            "channel": Melding.Source.choices,
            "sort": [("", _("As the worklist has it")), *((name, each.words) for name, each in orders.ORDERS.items())],
        }
        for name, own in choices.items():
            self.fields[name].choices = own  # type: ignore[attr-defined]


def _people(where: Municipality) -> Choices:
    """Colleagues, and who left as long as they have open work."""
    members = Membership.objects.of(where).filter(user__is_active=True).select_related("user")
    people = [*(each.user for each in members), *(person for person, _number in queries.leavers(where))]
    return sorted(
        ((each.pk, each.get_full_name() or each.get_username()) for each in people),
        key=lambda choice: choice[1].lower(),
    )


def _categories(where: Municipality) -> Choices:
    """Main categories with those under them, retired ones too: old meldingen have them."""
    under: dict[int | None, list[Category]] = {}
    for each in sorted(Category.objects.of(where), key=lambda row: row.name.lower()):
        under.setdefault(each.parent_id, []).append(each)
    return [
        choice
        for main in under.get(None, [])
        for choice in ((main.pk, main.name), *((each.pk, f"– {each.name}") for each in under.get(main.pk, [])))
    ]


def _areas(where: Municipality) -> Choices:
    """Wijken and buurten in use, and former buurten in which there are meldingen."""
    wijken = Area.objects.in_use(where).filter(level=Area.Level.WIJK).order_by("name", "code")
    return [
        (_("District"), list(wijken.values_list("code", "name"))),
        (_("Neighbourhood"), list(areas.buurten(where).values_list("code", "name"))),
        (_("Former borders"), [(code, f"{name} ({year})") for code, name, year in queries.former_buurten(where)]),
    ]


class SaveForm(forms.Form):
    """A name for what is asked."""

    name = TextField(label=gettext_lazy("Name"), max_length=saved_worklists.LONGEST_NAME)
    is_shared = forms.BooleanField(label=gettext_lazy("For all colleagues"), required=False)
    replaces = forms.BooleanField(label=gettext_lazy("Replace the one with this name"), required=False)
    asks = False  # whether one is to be replaced


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def filters(request: HttpRequest) -> HttpResponse:
    """The form: sent, it leads to the inbox, or to a name for what is ticked; a day that is none is said here."""
    if request.method == "POST":
        return _choose(request)
    query, is_gone = request.GET.copy(), False
    query.setdefault("list", worklists.first_of(request))
    if query.get("words") and not _words(request, query):
        is_gone = bool(query.pop("words"))
    form = _form(request, query)
    asked = _asked(request, query) if form.is_valid() else None
    return _page(request, form, SaveForm(), asked, is_saving="keep" in query, is_gone=is_gone)


def _choose(request: HttpRequest) -> HttpResponse:
    """Words that were typed are kept here, and the address that follows has their id."""
    where, form = municipality(request), FilterForm(request.POST, municipality=municipality(request))
    if not form.is_valid() or not isinstance(request.user, User):
        return _page(request, form, SaveForm(), None)
    query = request.POST.copy()
    query["words"] = str(saved_worklists.keep_words(where, request.user, form.cleaned_data["words"]) or "")
    asked = _asked(request, query)
    if "keep" in request.POST:
        return HttpResponseRedirect(f"{reverse('admin:filters')}?{asked.query(keep=1)}")
    return HttpResponseRedirect(f"{reverse('admin:index')}?{asked.query(map=form.cleaned_data['map'])}")


def _words(request: HttpRequest, query: QueryDict) -> str:
    """The words of which an address has the id; empty for none that this colleague can read."""
    text = query.get("words", "")
    is_id = text.isascii() and text.isdecimal() and len(text) < 19
    return (saved_worklists.words_of(municipality(request), request.user.pk or 0, int(text)) if is_id else None) or ""


def _form(request: HttpRequest, query: QueryDict) -> FilterForm:
    """The form as an address fills it."""
    typed = query.copy()
    typed["words"] = _words(request, query)
    return FilterForm(typed, municipality=municipality(request))


def _page(
    request: HttpRequest,
    form: FilterForm,
    saving: SaveForm,
    asked: asking.Asked | None,
    *,
    is_saving: bool = False,
    is_gone: bool = False,
) -> TemplateResponse:
    context = {
        **site.each_context(request),
        "title": _("Filters"),
        "form": form,
        "saving": saving,
        "query": asked.query() if asked else "",
        "is_saving": is_saving and asked is not None,
        "holds": _in_words(request, asked) if asked and is_saving else [],
        "may_share": may(request, Right.HANDLE),
        "own": _own(request),
        "is_gone": is_gone,
        "lost": _lost(request, request.GET.get("lost", "")),
    }
    return TemplateResponse(request, "handling/filters.html", context)


def _asked(request: HttpRequest, query: QueryDict) -> asking.Asked:
    try:
        filters = asking.read(query, worklists.first_of(request))
        asking.look_up(filters, municipality(request), request.user.pk or 0)
    except (asking.Unknown, asking.UnreadableDate) as error:
        raise Http404 from error
    return filters


def _in_words(request: HttpRequest, asked: asking.Asked) -> list[str]:
    """The worklist and the filters that would be saved."""
    chips = asking.chips(asked, asking.look_up(asked, municipality(request), request.user.pk or 0))
    return [str(worklists.BUILT_IN[asked.worklist].name), *(chip.words for chip in chips)]


def _own(request: HttpRequest) -> list[Worklist]:
    return list(listing.readable(request).filter(owner=request.user.pk))


def _lost(request: HttpRequest, worklist_id: str) -> Worklist | None:
    """The saved worklist with this id, where it names what is not there any more; None for any other."""
    try:
        listing.listed(request, QueryDict(f"saved={worklist_id}"))
    except listing.LostView as lost:
        return lost.saved
    except Http404:
        return None
    return None


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filters under a name, and open them."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    asked, saving = _asked(request, QueryDict(request.POST.get("query", ""))), SaveForm(request.POST)
    if saving.is_valid():
        is_shared = saving.cleaned_data["is_shared"] and may(request, Right.HANDLE)
        try:
            worklist = saved_worklists.save(
                municipality(request), request.user, saving.cleaned_data["name"], asked.query(), words=asked.words,
                is_shared=is_shared, replaces=saving.cleaned_data["replaces"],
            )  # fmt: skip
        except SearchWords.DoesNotExist as error:
            raise Http404 from error
        except Refused as refused:
            saving.asks = refused.code == saved_worklists.REPLACES
            saving.add_error(refused.field or None, str(refused.message))
        else:
            messages.success(request, _("The worklist is saved."))
            return HttpResponseRedirect(f"{reverse('admin:index')}?saved={worklist.pk}")
    return _page(request, _form(request, QueryDict(asked.query())), saving, asked, is_saving=True)


@require_POST
def remove(request: HttpRequest, worklist_id: int) -> HttpResponse:
    """Remove one's own worklist. Who may share removes a shared one too that can be opened by nobody any more."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    try:
        is_lost = may(request, Right.HANDLE) and _lost(request, str(worklist_id)) is not None
        saved_worklists.remove(municipality(request), worklist_id, request.user, is_lost=is_lost)
    except Worklist.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("The worklist is removed."))
    return HttpResponseRedirect(reverse("admin:filters"))
