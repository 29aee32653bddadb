"""Which mails to people an event asks for, and which are still to be sent."""

from collections.abc import Collection, Iterable, Iterator

from django.db.models import Q, QuerySet

from meldingen.notifications import reading
from meldingen.notifications.models import TO_PEOPLE, Delivery, Recipient
from meldingen.notifications.recipients import PEOPLE
from meldingen.record import queries, workflow
from meldingen.record.models import Event, Melding
from meldingen.record.queries import PUBLIC_KINDS

_MAILED = ("", *workflow.MAILED)


def mailed_events(melding_ids: Iterable[int]) -> QuerySet[Event]:
    """The events of these meldingen that ask for mail, oldest first: the receipt, and each public change (ADR 3)."""
    heard = Q(kind=Event.Kind.RECEIVED) | Q(kind__in=PUBLIC_KINDS, actor_kind=Event.ActorKind.PERSON)
    events = queries.that_stand(Event.objects.filter(heard, melding__in=list(melding_ids), to_state__in=_MAILED))
    return events.select_related("melding", "answer").defer("melding__search").order_by("id")


def news_of(events: Iterable[Event]) -> list[Delivery]:
    """The mails that these events ask for, in their order; they come with their melding, and have an answer already.

    Nobody hears of what is suspect. The reporter hears all; who follows the melding, and whose own was merged into it,
    what others may read. One address hears of an event once.
    """
    told = [event for event in events if event.to_state in _MAILED and not event.melding.is_suspect]
    if not told:
        return []
    by_melding: dict[int, list[Recipient]] = {}
    for recipient in _listening({event.melding_id for event in told}):
        for melding_id in reading.heard_of(recipient):
            by_melding.setdefault(melding_id, []).append(recipient)
    return [mail for event in told for mail in _mails(event, by_melding.get(event.melding_id, ()))]


def company_of(lead: Melding, melding_ids: Iterable[int]) -> tuple[Recipient, int] | None:
    """Who made the melding that leads, and the first of those merged into it that is not their own as well.

    None where that is nobody's news: they left no address, heard of another before, or all are their own.
    """
    reporter = _listening([lead.pk]).filter(melding=lead, kind=Recipient.Kind.REPORTER).first()
    if reporter is None or _knows_of_company(reporter):
        return None
    own = Recipient.objects.of(lead.municipality_id).filter(address_key=reporter.address_key, kind=reporter.kind)
    ids = list(melding_ids)
    theirs = set(own.filter(melding__in=ids).values_list("melding", flat=True))
    strangers = [pk for pk in ids if pk not in theirs]
    return (reporter, strangers[0]) if strangers else None


def _knows_of_company(reporter: Recipient) -> bool:
    theirs = Delivery.objects.of(reporter.municipality_id).filter(recipient=reporter, event__kind=Event.Kind.MERGED)
    return theirs.exclude(event__melding=reporter.melding_id).exists()


def unsent_mails(melding_ids: Iterable[int]) -> QuerySet[Delivery]:
    """The mails about these meldingen that are still to be sent, but those of danger."""
    waiting = Delivery.objects.filter(event__melding__in=list(melding_ids), due_at__isnull=False)
    return waiting.exclude(purpose=Delivery.Purpose.ALARM)


def to_people() -> QuerySet[Delivery]:
    """The mails to reporters and followers, sent or not."""
    return Delivery.objects.filter(purpose__in=TO_PEOPLE)


def _listening(melding_ids: Collection[int]) -> QuerySet[Recipient]:
    """Who may hear of these meldingen, each with their own: that one, or one that was merged into it."""
    meldingen = Melding.objects.filter(Q(pk__in=melding_ids) | Q(lead__in=melding_ids), is_suspect=False)
    heard = meldingen.exclude(state__in=workflow.UNHEARD)
    people = Recipient.objects.filter(melding__in=heard, kind__in=PEOPLE, stopped_at__isnull=True)
    return people.exclude(address_key="").select_related("melding").defer("melding__search", "melding__text")


def _mails(event: Event, listening: Iterable[Recipient]) -> Iterator[Delivery]:
    """One for each address; its own reporter is found before others, and reporters before followers."""
    purpose = Delivery.Purpose.RECEIPT if event.kind == Event.Kind.RECEIVED else Delivery.Purpose.NEWS
    hearing = sorted(
        (recipient for recipient in listening if _hears(recipient, event)),
        key=lambda each: (not reading.is_own(each, event), each.kind != Recipient.Kind.REPORTER, each.pk),
    )
    told: set[str] = set()
    for recipient in hearing:
        if recipient.address_key not in told:
            told.add(recipient.address_key)
            yield Delivery(municipality_id=event.municipality_id, event=event, recipient=recipient, purpose=purpose)


def _hears(recipient: Recipient, event: Event) -> bool:
    if reading.is_own(recipient, event):
        return True
    if event.kind == Event.Kind.RECEIVED or not reading.is_for_others(event.melding):
        return False
    if recipient.kind == Recipient.Kind.FOLLOWER and not recipient.confirmed_at:
        return False
    return bool(event.to_state) or bool(reading.shared_answer(event, event.melding))
