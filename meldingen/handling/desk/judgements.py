"""Releasing many suspect meldingen at once from the list: which ones, what it means, and a page that asks before it is
done. Calling them spam is an act on many (`bulk`), of which this list only says which ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.views.main import PAGE_VAR, SEARCH_VAR
from django.http import HttpRequest, QueryDict
from django.utils.translation import ngettext

from meldingen.handling import judging
from meldingen.handling.desk import labels
from meldingen.handling.desk.filters import SuspectFilter
from meldingen.handling.desk.paging import CAP
from meldingen.record.models import Melding
from meldingen.tenancy.models import Municipality, User
from meldingen.tenancy.requests import municipality

MOST_ON_PAGE = 20  # of the chosen ones, on the page that asks


@dataclass(frozen=True)
class Judgement:
    """The use case, and the words before and after it; each of a number of meldingen."""

    call: Callable[[Municipality, User, Iterable[int]], int]
    ask: Callable[[int], str]
    meaning: Callable[[int], str]
    button: Callable[[int], str]
    done: Callable[[int], str]


JUDGEMENTS: Mapping[str, Judgement] = {
    "release": Judgement(
        judging.release,
        lambda n: ngettext("Release %(n)d melding?", "Release %(n)d meldingen?", n) % {"n": n},
        lambda n: ngettext(
            "It is not suspect any more. A reporter who left an address gets the mails that were held.",
            "They are not suspect any more. Reporters who left an address get the mails that were held.",
            n,
        ),
        lambda n: ngettext("Yes, release %(n)d melding", "Yes, release %(n)d meldingen", n) % {"n": n},
        lambda n: ngettext("%(n)d melding is released.", "%(n)d meldingen are released.", n) % {"n": n},
    ),
}


def chosen(admin: ModelAdmin[Melding], request: HttpRequest) -> list[int]:
    """The ids that were ticked, or those of the whole list where that can be judged; of this municipality, at most
    CAP.
    """
    rows = admin.get_queryset(request).order_by()
    if "whole" in request.POST and is_judged_whole(listed(request)):
        request.GET = listed(request)  # type: ignore[assignment]
        return list(admin.get_changelist_instance(request).queryset.values_list("pk", flat=True)[:CAP])
    texts = [*request.POST.getlist("melding"), *request.POST.get("ids", "").split(",")]
    ids = {int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 19}
    return sorted(rows.filter(pk__in=ids).values_list("pk", flat=True)[:CAP])


def is_judged_whole(filters: QueryDict) -> bool:
    """Whether a list can be judged as a whole: that of suspect ones, and what was found by words. Not all open work."""
    return filters.get(SuspectFilter.parameter_name) == "only" or bool(filters.get(SEARCH_VAR, "").strip())


def listed(request: HttpRequest) -> QueryDict:
    """The filters of the list from which it was sent, without its page."""
    filters = QueryDict(request.POST.get("list", ""), mutable=True)
    filters.pop(PAGE_VAR, None)
    return filters


def question(admin: ModelAdmin[Melding], request: HttpRequest, name: str, ids: Sequence[int]) -> dict[str, Any]:
    """What the page shows that asks: how many, what happens to them, and the most urgent of them."""
    judgement = JUDGEMENTS[name]
    rows = admin.get_queryset(request).filter(pk__in=ids)
    first = rows.order_by("-priority", "-received_at")[:MOST_ON_PAGE]
    return {
        "name": name,
        "title": judgement.ask(len(ids)),
        "meaning": judgement.meaning(len(ids)),
        "button": judgement.button(len(ids)),
        "ids": ",".join(map(str, ids)),
        "list": listed(request).urlencode(),
        "is_capped": len(ids) == CAP,
        "urgent": rows.filter(priority=Melding.Priority.URGENT).count(),
        "rows": [{"melding": row, "excerpt": labels.excerpt(row.text)} for row in first],
        "more": max(0, len(ids) - MOST_ON_PAGE),
    }


def judge(request: HttpRequest, name: str, ids: Sequence[int], actor: User) -> list[str]:
    """Do it; what is said of it."""
    judgement = JUDGEMENTS[name]
    where = municipality(request)
    number = judgement.call(where, actor, ids)
    rest = len(ids) - number
    words = [judgement.done(number)] if number else []
    if rest:
        sentence = ngettext(
            "%(n)d melding was left alone: it is judged or closed already.",
            "%(n)d meldingen were left alone: they are judged or closed already.",
            rest,
        )
        words.append(sentence % {"n": rest})
    return words
