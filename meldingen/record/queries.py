"""What pages and interfaces ask of the data, each question once."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.contrib.postgres.search import SearchQuery
from django.db.models import BooleanField, Count, Exists, Func, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTransform
from django.utils import timezone

from meldingen import calendar
from meldingen.places.models import Area
from meldingen.record import references, workflow
from meldingen.record.models import OPEN, SEARCH, Event, Melding
from meldingen.tenancy.models import Membership, Municipality, User

# What a reporter may know of the history. Who did it, which team and what the machine thought stay inside.
PUBLIC_KINDS = (Event.Kind.RECEIVED, Event.Kind.MOVED, Event.Kind.ANSWERED)
# A promise is never moved silently.
_IS_PUBLIC = Q(kind__in=PUBLIC_KINDS) | Q(kind=Event.Kind.ASSESSED, codes__has_key="promised_at")
# Who sent spam is known for so long, and it can be undone; contact details of others have the town's own term.
SPAM_KEPT = timedelta(days=14)
_WORD = re.compile(r"(?:^|\s)[^\w\s-]*\w")  # one without a minus before it
_LEFT_OUT = re.compile(r"(?:^|\s)-\w")
_LEAST_OF_WORD = 3  # fewer begin too many words
_TOKEN = re.compile(r"[\w-]{43}", re.ASCII)


class _Names(Func):
    """Whether a list of ids in codes names the id of another row."""

    template = "(%(expressions)s)"
    arg_joiner = " @> "
    output_field = BooleanField()


def that_stand(events: QuerySet[Event]) -> QuerySet[Event]:
    """Those of these events that nobody undid, without the undoing itself. That it was received always stands, whatever
    came with it.
    """
    undoing = Event.objects.filter(melding=OuterRef("melding"), kind=Event.Kind.UNDONE)
    naming = undoing.filter(_Names(KeyTransform("of", "codes"), Func(OuterRef("pk"), function="to_jsonb")))
    return events.filter(Q(kind=Event.Kind.RECEIVED) | ~Exists(naming)).exclude(kind=Event.Kind.UNDONE)


def leavers(municipality: Municipality) -> list[tuple[User, int]]:
    """Who is no colleague here any more and still has open meldingen in hand, with how many, by name."""
    colleagues = Membership.objects.of(municipality).filter(user__is_active=True).values("user")
    work = Melding.objects.of(municipality).filter(OPEN, assignee__isnull=False).exclude(assignee__in=colleagues)
    numbers = dict(work.order_by().values_list("assignee").annotate(number=Count("pk")))
    people = User.objects.filter(pk__in=numbers).order_by("first_name", "username") if numbers else []
    return [(person, numbers[person.pk]) for person in people]


def former_buurten(municipality: Municipality) -> list[tuple[str, str, int]]:
    """Code, name and year of the buurten no longer in use in which there are meldingen, by name; the newest of a code.

    One look into an index for each area of former years, however many meldingen there are.
    """
    buurten = Area.objects.of(municipality).filter(level=Area.Level.BUURT)
    former = buurten.exclude(code__in=Area.objects.in_use(municipality).values("code"))
    # Exists stops at the first melding.
    within = Melding.objects.of(municipality).filter(buurt=OuterRef("pk"))
    with_meldingen = former.filter(Exists(within))
    rows = with_meldingen.order_by("vintage").values_list("code", "name", "vintage")
    newest = {code: (code, name, vintage) for code, name, vintage in rows}
    return sorted(newest.values(), key=lambda row: (row[1], row[0]))


def followed(municipality: Municipality, token: str) -> Melding | None:
    """The melding of a private follow address, with its buurt, category and team; None when there is none here."""
    if not _TOKEN.fullmatch(token):
        return None
    rows = Melding.objects.of(municipality).filter(follow_token=token)
    return rows.select_related("buurt", "category", "team").defer("buurt__geometry", "search").first()


def kept_no_longer(municipality: Municipality, since: str) -> tuple[Q, Q]:
    """Of rows with a `melding`: whose contact details are kept no longer, and the same of spam, which has a term of its
    own. `since`: the column that says since when it is closed. What is held is in neither.
    """
    now = timezone.now()
    term = timedelta(days=municipality.retention_days)
    today = calendar.local_day(now, municipality.time_zone)
    is_free = ~Q(melding__hold__until__gte=today)
    over = Q(**{f"{since}__lt": now - term, "melding__state__in": sorted(workflow.CLOSED)})
    spam = Q(**{f"{since}__lt": now - min(term, SPAM_KEPT), "melding__state": workflow.SPAM})
    return over & is_free, spam & is_free


def term_from(melding: Melding) -> datetime:
    """From when its term counts: since it was opened again, last, or else since it was received."""
    return terms_from([melding])[melding.pk]


def terms_from(meldingen: Sequence[Melding]) -> Mapping[int, datetime]:
    """The same of each, by its id, in one question."""
    openings = Event.objects.filter(melding__in=[melding.pk for melding in meldingen], to_state=workflow.REOPENED)
    last = dict(that_stand(openings).order_by("id").values_list("melding", "happened_at"))
    return {melding.pk: last.get(melding.pk, melding.received_at) for melding in meldingen}


def with_reference(meldingen: QuerySet[Melding], words: str) -> QuerySet[Melding]:
    """Those whose reference stands in what was typed or said, however it is spelt there."""
    return meldingen.filter(reference__in=references.read_references(words))


def with_words(meldingen: QuerySet[Melding], words: str) -> QuerySet[Melding]:
    """Those of which text or place has the words, as Dutch people mean them; quotes, `or` and minus are understood.

    None where all words have a minus: that asks for everything else.
    """
    if not _WORD.search(words):
        return meldingen.none()
    return meldingen.filter(search=SearchQuery(words, config=SEARCH, search_type="websearch"))


def phrase(words: str) -> SearchQuery:
    """These words one behind the other, as text or place has them."""
    return SearchQuery(words, config=SEARCH, search_type="phrase")


def with_beginnings(meldingen: QuerySet[Melding], words: str) -> QuerySet[Melding]:
    """Those of which text or place has words that begin like these, all of them; none where one has a minus or
    is shorter than three signs.
    """
    beginnings = re.findall(r"\w+", words)
    if _LEFT_OUT.search(words) or min(map(len, beginnings), default=0) < _LEAST_OF_WORD:
        return meldingen.none()
    query = " & ".join(f"'{word}':*" for word in beginnings)
    return meldingen.filter(search=SearchQuery(query, config=SEARCH, search_type="raw"))


def public_events(melding: Melding) -> QuerySet[Event]:
    """What the reporter may see of the history, oldest first, each event with its answer where it has one."""
    events = Event.objects.of(melding.municipality_id).filter(_IS_PUBLIC, melding=melding)
    events = events.exclude(codes__has_key="along")  # the one that leads it tells
    return that_stand(events).select_related("answer").order_by("happened_at", "id")


def own_events(melding: Melding) -> QuerySet[Event]:
    """The same, and besides what the reporter did themselves, with their words, and who had it from when."""
    own = Q(kind__in=(Event.Kind.ADDED, Event.Kind.RATED)) | Q(codes__has_key="team")
    events = Event.objects.of(melding.municipality_id).filter(_IS_PUBLIC | own, melding=melding)
    history = that_stand(events.exclude(codes__has_key="along"))
    return history.select_related("answer", "addition").order_by("happened_at", "id")


def team_changes(melding_ids: Iterable[int]) -> QuerySet[Event]:
    """The events by which these meldingen came to a team, oldest first; nothing is asked for none."""
    ids = list(melding_ids)
    kinds = (Event.Kind.ROUTED, Event.Kind.ASSIGNED)
    changes = Event.objects.filter(melding__in=ids, kind__in=kinds, codes__has_key="team")
    return that_stand(changes).order_by("id") if ids else Event.objects.none()
