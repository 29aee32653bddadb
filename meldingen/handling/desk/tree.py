"""Categories as a tree, with what hangs on each: a fixed number of questions, however many meldingen there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meldingen.categories.models import Category, in_words
from meldingen.classification.labels import is_rest
from meldingen.handling.desk import confidential
from meldingen.handling.desk.worklists import ALONE, CAP
from meldingen.handling.models import StandardText
from meldingen.questions.models import Question
from meldingen.record.models import OPEN, Melding
from meldingen.routing.models import RoutingRule
from meldingen.staffsite.site import site
from meldingen.tenancy.requests import municipality


class Counted(Subquery):
    """How many rows there are, which are not read any further than the slice says."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


@dataclass(frozen=True)
class Branch:
    """A category, what hangs on it, and those under it. `term` is that of the main one where it has none itself."""

    category: Category
    term: str
    is_term_of_main: bool
    number: int
    rules: int
    questions: int
    texts: int
    branches: list[Branch] = field(default_factory=list)

    @property
    def is_more(self) -> bool:
        """Whether there are more open meldingen than were counted."""
        return self.number > CAP

    @property
    def can_end(self) -> bool:
        """Whether it can be retired as it is now."""
        is_kept = is_rest(self.category.slug) or self.category.is_confidential
        return self.category.is_active and not is_kept and not any(each.category.is_active for each in self.branches)


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """All of them; those out of use too, for old meldingen have them."""
    context = {
        **site.each_context(request),
        "title": _("Categories and what hangs on them"),
        "branches": branches(request),
        "cap": CAP,
    }
    return TemplateResponse(request, "handling/tree.html", context)


def branches(request: HttpRequest) -> list[Branch]:
    """The main categories by name, each with those under it."""
    where = municipality(request)
    rows = Category.objects.of(where).select_related("default_team", "successor", "parent")
    opened = confidential.visible(request, Melding.objects.of(where).filter(OPEN, ALONE, category=OuterRef("pk")))
    some = opened.order_by().values("pk")[: CAP + 1]
    categories: Any = sorted(rows.annotate(number=Counted(some)), key=lambda each: each.name.lower())
    hanging = [
        _per_category(RoutingRule.objects.of(where).filter(is_active=True)),
        _per_category(Question.objects.of(where).filter(is_active=True)),
        _per_category(StandardText.objects.of(where).filter(is_active=True)),
    ]
    mains = {each.pk: _branch(each, hanging) for each in categories if each.parent_id is None}
    for each in categories:
        if each.parent_id in mains:
            mains[each.parent_id].branches.append(_branch(each, hanging))
    return list(mains.values())


def _branch(category: Any, hanging: list[Mapping[int, int]]) -> Branch:
    own = category.service_level
    level = own or (category.parent.service_level if category.parent else None)
    rules, questions, texts = (each.get(category.pk, 0) for each in hanging)
    is_of_main = level is not None and own is None
    return Branch(category, in_words(level), is_of_main, category.number, rules, questions, texts)


def _per_category(rows: QuerySet[Any]) -> Mapping[int, int]:
    numbers = rows.exclude(category=None).order_by().values_list("category").annotate(Count("pk"))
    return dict(numbers)
