"""What holds after every step of `walk`, said by itself: of states, events, mails and readers."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.core import mail
from django.test import Client

from meldingen.notifications.models import Delivery, Recipient
from meldingen.record import events, workflow
from meldingen.record.models import Event, Melding, Reporter
from meldingen.tenancy.models import Membership
from tests.meldingen.handling.walk import NOTE, OWN, World
from tests.staff import at

HEARD = ("moved", "answered")


@dataclass
class Watch:
    """Looks at a world after each step, and remembers what it saw."""

    world: World
    history: dict[int, tuple[object, ...]] = field(default_factory=dict)
    audience: dict[int, set[str]] = field(default_factory=dict)  # who must hear of an event, by address

    def look(self) -> None:
        meldingen = {each.pk: each for each in Melding.objects.filter(pk__in=self.world.ids)}
        rows = list(Event.objects.filter(melding__in=meldingen).order_by("id"))
        self._nothing_is_lost(rows)
        self._who_must_hear([each for each in rows if each.pk not in self.audience], meldingen)
        for pk, melding in meldingen.items():
            own = [each for each in rows if each.melding_id == pk]
            explained(melding, own)
            in_order(melding, meldingen)
        self._mails(rows)

    def _nothing_is_lost(self, rows: Iterable[Event]) -> None:
        now = {each.pk: (each.kind, each.from_state, each.to_state, str(each.codes), each.actor_id) for each in rows}
        assert {pk: now.get(pk) for pk in self.history} == self.history, "an event is gone or says something else"
        self.history = dict(now)

    def _who_must_hear(self, fresh: Iterable[Event], meldingen: dict[int, Melding]) -> None:
        for event in fresh:
            self.audience[event.pk] = set(_audience(event, meldingen))

    def _mails(self, rows: Iterable[Event]) -> None:
        undone = {pk for event in rows if event.kind == "undone" for pk in event.codes["of"]}
        mails = Delivery.objects.filter(event__melding__in=self.world.ids, recipient__kind__in=("reporter", "follower"))
        heard: dict[int, list[str]] = {}
        for each in mails.select_related("recipient__melding__reporter", "event"):
            heard.setdefault(each.event_id, []).append(each.recipient.address)
            taken_back = each.event_id in undone and each.event.kind not in ("received", "merged")
            assert not taken_back, f"somebody hears of {each.event.kind} that was undone"
        for pk, addresses in heard.items():
            assert max(Counter(addresses).values()) == 1, f"an address hears twice of {pk}: {addresses}"
        excused = undone | set(_opened_after(list(rows)))
        for pk, audience in self.audience.items():
            if pk not in excused:
                assert audience <= set(heard.get(pk, ())), f"{audience} do not hear of {pk}"
        marks = [str(each.message().get("Message-ID")) for each in mail.outbox]
        assert len(marks) == len(set(marks)), "one mail went out twice"


def _opened_after(rows: Sequence[Event]) -> Iterator[int]:
    """Closings after which the reporter said that it is not solved: nobody need hear of them afterwards."""
    opened = [each for each in rows if each.to_state == workflow.REOPENED and each.actor_kind != "person"]
    for closing in rows:
        if closing.to_state in workflow.CLOSED and any(
            closing.melding_id == each.melding_id and closing.pk < each.pk for each in opened
        ):
            yield closing.pk


def _audience(event: Event, meldingen: dict[int, Melding]) -> Iterator[str]:
    """Who hears of what a colleague did, as the pages promise it: its reporter all, others what is for them."""
    melding = meldingen[event.melding_id]
    is_news = event.kind in HEARD or (event.kind == "merged" and melding.lead_id)
    if event.actor_kind != "person" or not is_news or "along" in event.codes or melding.is_suspect:
        return
    if event.to_state in ("spam", "threat", "withdrawn") or melding.state in workflow.UNHEARD:
        return
    answer = getattr(event, "answer", None)
    is_shared = bool(event.to_state) or bool(answer and answer.for_everybody)
    same = [each for each in meldingen.values() if melding.pk in (each.pk, each.lead_id)]
    for recipient in Recipient.objects.filter(melding__in=[each.pk for each in same]).select_related("melding"):
        whose = recipient.melding
        if whose is None or whose.is_suspect or whose.state in workflow.UNHEARD:
            continue
        is_own = whose.pk == melding.pk and recipient.kind == Recipient.Kind.REPORTER
        is_private = bool(melding.category and melding.category.is_confidential)
        if is_own or (is_shared and not is_private):
            yield recipient.address


def explained(melding: Melding, own: list[Event]) -> None:
    """Every column of the history is what its events make of it in turn, and each state may follow the one before."""
    values = dict.fromkeys(events.IN_HISTORY)
    values["priority"] = melding.priority if not any("priority" in each.codes for each in own) else None
    for event in own:
        happening = events.of(event)
        for name in events.IN_HISTORY:
            change = getattr(happening, name, None)
            if change is not None:
                assert event.kind == "received" or values[name] in (change.old, None), (event.kind, name)
                values[name] = change.new
        if event.to_state and event.kind not in ("received", "undone") and "along" not in event.codes:
            workflow.check(event.from_state, event.to_state)
    assert values == events.history_of(melding)


def in_order(melding: Melding, meldingen: dict[int, Melding]) -> None:
    """Columns that say the same say it alike."""
    is_closed = melding.state in workflow.CLOSED
    assert is_closed == (melding.closed_at is not None)
    assert Reporter.objects.get(melding=melding).closed_at == melding.closed_at
    assert not (melding.is_suspect and melding.state in workflow.UNHEARD)
    if melding.lead_id is not None:
        lead = meldingen[melding.lead_id]
        assert lead.lead_id is None
        assert lead.pk != melding.pk
        assert is_closed or lead.state in workflow.OPEN, "an open one waits for one that is closed"


def nobody_else_reads(world: World) -> None:
    """A stranger and the neighbour's staff find nothing; who follows it, or reported the same, reads what is theirs."""
    town, neighbour = world.town, world.neighbour
    staff, stranger = at(neighbour, neighbour.member(Membership.Role.MANAGER)), Client(headers={"host": town.host})
    lists = staff.get("/beheer/", {"list": "all"}).content.decode()
    for melding in Melding.objects.filter(pk__in=world.ids):
        address = f"/beheer/meldingen/melding/{melding.pk}/change/"
        assert staff.get(address).status_code == 404
        assert stranger.get(address).status_code == 302
        assert melding.reference not in lists
        assert stranger.get(f"/volg/{melding.reference}").status_code == 404
        assert staff.get(f"/volg/{melding.follow_token}").status_code == 404
        own = stranger.get(f"/volg/{melding.follow_token}").content.decode()
        assert NOTE not in own
    for follower in Recipient.objects.filter(melding__in=world.ids, kind="follower"):
        page = stranger.get(f"/volg/{follower.token}").content.decode()
        assert not any(words in page for words in (NOTE, OWN, "puilt", *(f"melder{number}@" for number in range(3))))
    for letter in mail.outbox:
        body = str(letter.body)
        assert NOTE not in body
        assert "puilt" not in body
        assert not (OWN in body and letter.to[0].startswith("volger"))
