"""Lets everybody hear who should: the deliveries of an event, stored in its transaction and started when it commits.

Each is stored once however often it is asked for. What the broker loses, or is due later, is the sweep's.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from meldingen import queueing
from meldingen.notifications import mails, recipients, tasks
from meldingen.notifications.models import DELIVERED_ONCE, Delivery, Recipient, coordinators_of
from meldingen.record import events, queries, workflow
from meldingen.record.models import Event, Melding, Reporter
from meldingen.tenancy.models import Team

Purpose = Delivery.Purpose


def receive(received: Event, reporter: Reporter | None) -> None:
    """Let hear of a new melding who should: its reporter with an address of the receipt, unless it is suspect, and the
    duty mailbox of a danger, also of one of very many, and whatever the hour.
    """
    melding = received.melding
    if reporter and reporter.email:
        welcome(received, reporter)
    if melding.danger and melding.municipality.duty_email:
        mailbox = recipients.duty_mailbox(melding.municipality)
        _start_ours([_delivery(received, mailbox, Purpose.ALARM)])


def welcome(received: Event, reporter: Reporter) -> None:
    """Send the receipt of a melding to its reporter, whose address is known from now on; unless it is suspect."""
    recipient = recipients.add_reporter(reporter)  # who hears of it when it is not suspect any more
    _start([_delivery(received, recipient, Purpose.RECEIPT)] if not received.melding.is_suspect else [])


def alarm(assessed: Event) -> None:
    """Let the duty mailbox hear of a danger that a colleague saw, or that its reporter named later, unless it heard of
    one as strong in this melding.
    """
    melding = assessed.melding
    if not melding.danger or not melding.municipality.duty_email:
        return
    before = Delivery.objects.of(melding.municipality_id).filter(event__melding=melding, purpose=Purpose.ALARM)
    dangers = [_danger_in(delivery.event) for delivery in before.select_related("event")]
    if max(map(_strength, dangers), default=0) < _strength(melding.danger):
        _start_ours([_delivery(assessed, recipients.duty_mailbox(melding.municipality), Purpose.ALARM)])


def _danger_in(event: Event) -> str:
    """The danger that an event told of."""
    match events.of(event):
        case events.Received(danger=danger):
            return danger
        case events.Assessed(danger=events.Change() as change) | events.Added(danger=events.Change() as change):
            return str(change.new)
    return ""


def _strength(danger: str) -> int:
    return 0 if not danger else 1 if danger == Melding.Danger.HAZARD else 2


def tell(happened: Iterable[Event], *, at_once: bool = True) -> None:
    """Tell of these events everybody who may hear of them. They come with their melding, and have an answer already.

    Of what a colleague did they hear a little later, so that it can be undone; of a danger at once. Without `at_once`
    it is left to the sweep. Of what its reporter opened again nobody hears afterwards that it was closed; that a
    colleague did can be undone, and comes after it by itself.
    """
    told = list(happened)
    by_person = Event.ActorKind.PERSON
    if opened := {
        each.melding_id for each in told if each.to_state == workflow.REOPENED and each.actor_kind != by_person
    }:
        closings = Event.objects.filter(melding__in=opened, kind=Event.Kind.MOVED, to_state__in=workflow.CLOSED)
        withhold(closings)
    _start([_later(each) for each in mails.news_of(told)], at_once=at_once)


def tell_lead(merged: Sequence[Event], lead: Melding) -> None:
    """Let who reported the melding that leads hear that there is another report of the same: once, however many are
    merged into it and whenever, and not because of a report of their own.
    """
    event_of = {event.melding_id: event for event in merged}
    if company := mails.company_of(lead, event_of):
        reporter, melding_id = company
        _start([_later(_delivery(event_of[melding_id], reporter, Purpose.NEWS))])


def take_back(events_of: Mapping[int, Iterable[Event]]) -> set[int]:
    """Take back what somebody would hear of these events; the keys of those of which somebody heard one already.

    Whoever is being told at this moment is waited for: then they heard it. Of what was heard nothing is taken back.
    """
    key_of = {event.pk: key for key, its_events in events_of.items() for event in its_events}
    waiting = Delivery.objects.filter(event__in=key_of)
    in_lock = list(waiting.select_for_update(of=("self",)).order_by("pk"))
    heard = {key_of[each.event_id] for each in in_lock if each.attempts or each.sent_at}
    Delivery.objects.filter(pk__in=[each.pk for each in in_lock if key_of[each.event_id] not in heard]).delete()
    return heard


def withhold(events_undone: Iterable[Event]) -> None:
    """Send no more of what these events ask for; what was sent is sent."""
    waiting = Delivery.objects.filter(event__in=[event.pk for event in events_undone], sent_at__isnull=True, attempts=0)
    waiting.filter(pk__in=list(waiting.select_for_update(of=("self",)).values_list("pk", flat=True))).delete()


def is_told(happened: QuerySet[Event]) -> bool:
    """Whether somebody heard of one of these events, or hears of it at this moment."""
    heard = Q(sent_at__isnull=False) | Q(attempts__gt=0) | Q(due_at__lte=timezone.now())
    return Delivery.objects.filter(heard, event__in=happened.values("pk")).exists()


def _later(delivery: Delivery) -> Delivery:
    """The same, due when what the colleague did cannot be undone without a word any more."""
    if delivery.event.actor_kind == Event.ActorKind.PERSON and not delivery.event.melding.danger:
        delivery.due_at = timezone.now() + timedelta(seconds=settings.UNDO_SECONDS)
    return delivery


def warn_of_threat(moved: Event) -> None:
    """Let the coordinators hear that a colleague called something a threat, those who have an address."""
    municipality = moved.melding.municipality
    if coordinators_of(municipality):
        _start_ours([_later(_delivery(moved, recipients.coordinators(municipality), Purpose.THREAT))])


def invite(melding: Melding, follower: Recipient) -> None:
    """Ask somebody whether they want to follow the melding: one mail, and nothing more until they say so."""
    _start([_delivery(melding.events.get(kind=Event.Kind.RECEIVED), follower, Purpose.INVITATION)])


def hand_over(meldingen: Sequence[Melding]) -> None:
    """Let the mailboxes of their teams hear of these meldingen; not of what is suspect, nor where a team has none."""
    team_of = {melding.pk: melding.team_id for melding in meldingen if melding.team_id and not melding.is_suspect}
    if not team_of:
        return
    teams = {team.pk: team for team in Team.objects.filter(pk__in=set(team_of.values())).exclude(email="")}
    last = {event.melding_id: event for event in queries.team_changes(pk for pk in team_of if team_of[pk] in teams)}
    boxes: dict[int, Recipient] = {}
    deliveries = []
    for melding_id, event in last.items():
        team = teams.get(_team_of(event) or 0)
        if team is not None and team.pk == team_of[melding_id]:
            box = boxes[team.pk] = boxes.get(team.pk) or recipients.team_mailbox(team)
            deliveries.append(_later(_delivery(event, box, Purpose.WORK)))
    _start_ours(deliveries)


def _team_of(event: Event) -> int | None:
    change: events.Change | None = getattr(events.of(event), "team", None)
    return change.new if change else None


def _delivery(event: Event, recipient: Recipient, purpose: str) -> Delivery:
    return Delivery(municipality_id=event.municipality_id, event=event, recipient=recipient, purpose=purpose)


def _store(deliveries: Sequence[Delivery]) -> list[Delivery]:
    """The rows with their ids, also of those that were there."""
    return Delivery.objects.bulk_create(
        deliveries, update_conflicts=True, unique_fields=DELIVERED_ONCE, update_fields=["channel"]
    )


def _start(deliveries: Sequence[Delivery], *, at_once: bool = True) -> None:
    now = timezone.now()
    for delivery in _store(deliveries):
        if at_once and delivery.due_at and delivery.due_at <= now:
            queueing.after_commit(tasks.deliver, delivery.pk)


def _start_ours(deliveries: Sequence[Delivery]) -> None:
    now = timezone.now()
    due = [delivery for delivery in _store(deliveries) if delivery.due_at and delivery.due_at <= now]
    for recipient_id in {delivery.recipient_id: None for delivery in due}:
        queueing.after_commit(tasks.tell_mailbox, recipient_id)
