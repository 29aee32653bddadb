"""What a colleague reads while somebody is on the telephone, of what was said so far. Reads, and stores nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from meldingen.categories.models import Category
from meldingen.intake.choosing import find_category
from meldingen.intake.placing import Place, find_place
from meldingen.intake.step import Visit
from meldingen.intake.steps import subject
from meldingen.nearby import likely
from meldingen.nearby.likely import Likely
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from meldingen.routing.prediction import Suggestion

MOST = 4  # meldingen that may be the same: more is not read with somebody on the line


@dataclass(frozen=True, kw_only=True)
class Look:
    """`suggestions`: what it may be about, sealed in `seal`. `place`: what the address means, None for nothing yet.
    `same`: open meldingen that are likely the same.
    """

    suggestions: Sequence[Suggestion] = ()
    seal: str = ""
    place: Place | None = None
    same: Sequence[Likely] = ()


def look(visit: Visit, visible: QuerySet[Melding]) -> Look:
    """What there is to say of it, among the meldingen that this colleague sees."""
    suggestions = subject.guesses_of(visit) if visit.submission.text.strip() else []
    category, place = _category(visit), _place(visit)
    if category is None and suggestions:
        category = suggestions[0].category
    return Look(
        suggestions=suggestions,
        seal=subject.seal_of(visit, [each.category for each in suggestions]),
        place=place,
        same=_same(visit, category, place, visible) if place else (),
    )


def _category(visit: Visit) -> Category | None:
    try:
        return find_category(visit.municipality, visit.submission.category_slug)
    except Refused:
        return None


def _place(visit: Visit) -> Place | None:
    """What has no meaning yet is said when it is stored: it may be half of an address."""
    try:
        return find_place(visit.municipality, visit.submission)
    except Refused:
        return None


def _same(visit: Visit, category: Category | None, place: Place, visible: QuerySet[Melding]) -> Sequence[Likely]:
    """By the melding that it would be, never to be saved."""
    melding = Melding(
        municipality=visit.municipality, text=visit.submission.text, category=category, point=place.point,
        asset=place.asset, buurt=place.buurt, received_at=timezone.now(),
    )  # fmt: skip
    return likely.likely(melding, visible)[:MOST]
