"""What pages and interfaces ask of the data, each question once."""

import re
from collections.abc import Iterable

from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, OuterRef, Q, QuerySet

from meldingen import references
from meldingen.models import Area, Category, Delivery, Event, Melding, Municipality
from meldingen.models.melding import SEARCH

# What a reporter may know of the history. Who did it, which team and what the machine thought stay inside.
PUBLIC_KINDS = (Event.Kind.RECEIVED, Event.Kind.MOVED, Event.Kind.ANSWERED)
_TOKEN = re.compile(r"[\w-]{43}", re.ASCII)


def buurten(municipality: Municipality) -> QuerySet[Area]:
    """The buurten in use, without their borders, by name."""
    buurten = Area.objects.in_use(municipality).filter(level=Area.Level.BUURT)
    return buurten.defer("geometry").order_by("name", "code")


def former_buurten(municipality: Municipality) -> list[tuple[str, str, int]]:
    """Code, name and year of the buurten no longer in use in which there are meldingen, by name; the newest of a code.

    One look into an index for each area of former years, however many meldingen there are.
    """
    buurten = Area.objects.filter(municipality=municipality, level=Area.Level.BUURT)
    former = buurten.exclude(code__in=Area.objects.in_use(municipality).values("code"))
    # Exists stops at the first melding.
    within = Melding.objects.filter(municipality=municipality, buurt=OuterRef("pk"))
    with_meldingen = former.filter(Exists(within))
    rows = with_meldingen.order_by("vintage").values_list("code", "name", "vintage")
    newest = {code: (code, name, vintage) for code, name, vintage in rows}
    return sorted(newest.values(), key=lambda row: (row[1], row[0]))


def attribution(municipality: Municipality) -> str:
    """Whose borders are in use, as a map must say it; empty where nobody asks for it."""
    gemeente = Area.objects.in_use(municipality).filter(level=Area.Level.GEMEENTE)
    return gemeente.values_list("attribution", flat=True).first() or ""


def categories(municipality: Municipality) -> QuerySet[Category]:
    """The categories that a reporter may choose: in use, under a main category in use; by the name of both."""
    own = Category.objects.filter(municipality=municipality, is_active=True, parent__is_active=True)
    return own.select_related("parent").order_by("parent__name_nl", "name_nl")


def followed(municipality: Municipality, token: str) -> Melding | None:
    """The melding of a private follow address, with its buurt and category; None when there is none here."""
    if not _TOKEN.fullmatch(token):
        return None
    found = Melding.objects.filter(municipality=municipality, follow_token=token)
    return found.select_related("buurt", "category").defer("buurt__geometry").first()


def mailed_events(melding_ids: Iterable[int]) -> QuerySet[Event]:
    """The events of these meldingen of which a reporter with an address hears by mail, oldest first.

    That is the receipt, and each public change that a colleague made (ADR 3); nothing where the holder of the address
    said that it is not their report.
    """
    heard = Q(kind=Event.Kind.RECEIVED) | Q(kind__in=PUBLIC_KINDS, actor__isnull=False)
    events = Event.objects.filter(heard, melding__in=list(melding_ids), melding__reporter__isnull=False)
    events = events.filter(melding__reporter__refused_at__isnull=True)
    return events.exclude(melding__reporter__email="").order_by("id")


def with_reference(meldingen: QuerySet[Melding], words: str) -> QuerySet[Melding]:
    """Those whose reference stands in what was typed or said, however it is spelt there."""
    return meldingen.filter(reference__in=references.read_references(words))


def with_words(meldingen: QuerySet[Melding], words: str) -> QuerySet[Melding]:
    """Those of which text or place has the words, as Dutch people mean them; quotes, `or` and minus are understood."""
    return meldingen.filter(search=SearchQuery(words, config=SEARCH, search_type="websearch"))


def unsent_mails(melding_ids: Iterable[int]) -> QuerySet[Delivery]:
    """The mails to reporters about these meldingen that are still to be sent."""
    waiting = Delivery.objects.filter(event__melding__in=list(melding_ids), purpose=Delivery.Purpose.REPORTER)
    return waiting.filter(due_at__isnull=False)


def public_events(melding: Melding) -> QuerySet[Event]:
    """What the reporter may see of the history, oldest first, each event with its answer where it has one."""
    events = Event.objects.filter(municipality_id=melding.municipality_id, melding=melding, kind__in=PUBLIC_KINDS)
    return events.select_related("answer").order_by("happened_at", "id")
