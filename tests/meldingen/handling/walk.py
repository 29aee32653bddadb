"""A town in which colleagues and reporters do whatever comes into their heads, in whatever order, and take it back.

Each step is one act of one person on one melding; what is refused is a step too. `laws` says what holds after it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from meldingen.followup import adding, rating, withdrawing
from meldingen.handling import bulk, bulk_tasks, merging, striking, triage, undoing
from meldingen.handling.bulk import Choice
from meldingen.handling.holding import Keep
from meldingen.handling.models import BulkAct
from meldingen.handling.triage import Case
from meldingen.notifications import sending, staff_mail
from meldingen.notifications.models import Delivery
from meldingen.record import lifecycle, workflow
from meldingen.record.models import Hold, Melding, Reporter
from meldingen.record.outcomes import Shortfall
from meldingen.refusals import Refused
from meldingen.routing import routes
from meldingen.tenancy.models import User
from tests.factories import CategoryFactory, Town, delivery_of, follower_of, reporter_of

NOTE, OWN, SHARED, NAME = "Geheime notitie", "Alleen voor u", "Voor iedereen", "Jannie Kwast"
DANGERS = (Melding.Danger.HAZARD, Melding.Danger.NONE, Melding.Danger.LIFE)
Step = tuple[str, int, int, int]  # which act, by whom, on which melding, and a number that the act may use


@dataclass(frozen=True)
class Done:
    """What a colleague did and may undo: to which meldingen, after which event of each, and all as it was before."""

    undo: Callable[["World", User], None]
    who: User
    before: Mapping[str, Any]
    step: int


@dataclass
class World:
    """A town with its colleagues, five meldingen, and what was done."""

    town: Town
    neighbour: Town
    done: list[Done] = field(default_factory=list)
    number: int = 0

    def __post_init__(self) -> None:
        town = self.town
        town.municipality.duty_email = "dienst@stad.example"
        town.municipality.save()
        for team in (town.cleaning, town.roads):
            team.email = f"{team.slug}@stad.example"
            team.save()
        own = {"municipality": town.municipality, "default_team": town.roads}
        self.private = CategoryFactory.create(**own, slug="overlast", is_confidential=True)
        self.colleagues = [town.member(), town.member(), town.member("coordinator", user__email="baas@stad.example")]
        text = f"De container puilt uit, zegt {NAME}."
        self.ids = [self._report(text, f"melder{number}@example.org") for number in range(3)]
        self.ids += [self._report(text, "melder0@example.org", is_suspect=True), self._report(text, "")]
        for number, pk in enumerate(self.ids[:2]):
            follower_of(Melding.objects.get(pk=pk), f"volger{number}@example.org")

    def _report(self, text: str, email: str, **values: Any) -> int:
        melding = self.town.melding(text=text, category=self.town.container, **values)
        reporter_of(melding, email)
        if email and not melding.is_suspect:
            delivery_of(melding.events.get()).save()
        return melding.pk

    def melding(self, which: int) -> Melding:
        return Melding.objects.get(pk=self.ids[which % len(self.ids)])

    def case(self, who: User, melding_id: int) -> Case:
        return Case(melding_id=melding_id, municipality=self.town.municipality, actor=who)

    def play(self, step: Step) -> bool:
        """Do one step; whether it was not refused."""
        name, who, which, number = step
        self.number += 1
        try:
            if name in STAFF:
                self._act(name, self.colleagues[who % 3], self.melding(which), number)
            else:
                OTHERS[name](self, self.melding(which), number)
        except Refused:
            return False
        return True

    def _act(self, name: str, who: User, melding: Melding, number: int) -> None:
        before, last = picture(self), melding.events.latest("id").pk
        STAFF[name](self, self.case(who, melding.pk), number)
        back = lambda world, by: undoing.undo(world.case(by, melding.pk), last)  # noqa: E731
        self.done.append(Done(back, who, before, self.number))


def picture(world: World) -> dict[str, Any]:
    """All that an undoing must bring back, of every melding; that something was read it does not make unread."""
    names = [each.attname for each in Melding._meta.concrete_fields if each.name not in ("search", "reporter_spoke_at")]
    mails = Delivery.objects.filter(event__melding__in=world.ids).order_by("pk")
    is_done: Any = Q(due_at=None)
    rows = mails.values_list("event", "recipient", "purpose", "sent_at", is_done)
    holds = Hold.objects.filter(melding__in=world.ids).order_by("pk")
    return {
        "meldingen": list(Melding.objects.filter(pk__in=world.ids).order_by("pk").values(*names)),
        "reporters": list(Reporter.objects.filter(melding__in=world.ids).order_by("pk").values_list("pk", "closed_at")),
        "holds": list(holds.values_list("melding", "until", "reason")),
        "mails": list(rows),
    }  # fmt: skip


def _soon(number: int) -> Any:
    return timezone.localdate() + timedelta(days=1 + number % 9)


def _other(world: World, case: Case, number: int) -> int:
    return world.ids[(world.ids.index(case.melding_id) + 1 + number % (len(world.ids) - 1)) % len(world.ids)]


def _close(_world: World, case: Case, number: int) -> None:
    outcome = (workflow.SOLVED, workflow.FORWARDED, workflow.DECLINED)[number % 3]
    text = f"{SHARED if number % 2 else OWN} {number}."
    triage.close(case, outcome, text, for_everybody=bool(number % 2), danger=Melding.Danger.NONE)


def _together(world: World, case: Case, number: int) -> None:
    others = [pk for pk in world.ids if pk != case.melding_id][: 1 + number % 4]
    merging.merge_many(case, merging.snapshots(others))


STAFF: Mapping[str, Callable[[World, Case, int], None]] = {
    "take": lambda world, case, number: triage.take(case),
    "correct": lambda world, case, number: triage.recategorise(
        case, (world.town.dumping, world.town.container, world.private)[number % 3], reroute=number % 2 == 0
    ),
    "assign": lambda world, case, number: triage.assign(case, (world.town.roads, world.town.cleaning)[number % 2]),
    "hand": lambda world, case, number: triage.hand_to(case, world.colleagues[number % 3]),
    "priority": lambda world, case, number: triage.prioritise(case, 1 + number % 4, f"{NOTE} {number}."),
    "plan": lambda world, case, number: triage.schedule(case, _soon(number)),
    "ask": lambda world, case, number: triage.ask(case, f"{OWN}: welke {number}?"),
    "answer": lambda world, case, number: triage.answer(case, f"{OWN} {number}."),
    "tell all": lambda world, case, number: triage.answer(case, f"{SHARED} {number}.", for_everybody=True),
    "note": lambda world, case, number: triage.note(case, f"{NOTE} {number}."),
    "danger": lambda world, case, number: triage.assess(case, DANGERS[number % 3]),
    "close": _close,
    "reopen": lambda world, case, number: triage.reopen(case, note=f"{NOTE}: toch niet." if number % 2 else ""),
    "spam": lambda world, case, number: triage.call_spam(case),
    "threat": lambda world, case, number: triage.call_threat(case, Keep(_soon(number), "Aangifte")),
    "hold": lambda world, case, number: triage.hold(case, Keep(_soon(number), f"Aangifte {number}")),
    "release": lambda world, case, number: triage.release(case),
    "strike": lambda world, case, number: striking.strike(case, NAME),
    "merge": lambda world, case, number: merging.merge(case, _other(world, case, number)),
    "merge many": _together,
    "part": lambda world, case, number: merging.part(case),
    "call back": lambda world, case, number: undoing.call_back(case),
}  # fmt: skip


def _many(world: World, melding: Melding, number: int) -> None:
    """An act on many, which a worker carries out."""
    who, kind = world.colleagues[number % 3], ("close", "assign", "merge", "spam")[number % 4]
    before, rows = picture(world), Melding.objects.filter(pk__in=world.ids[: 2 + number % 4]).order_by("pk")
    act = bulk.choose(world.town.municipality, who, BulkAct.Kind(kind), rows, "list=all", may_flood=True)
    choice = Choice(outcome="solved", reason="repaired", text=f"{OWN} {number}.", team=world.town.roads)
    bulk.start(world.town.municipality, who, act.pk, choice, may_flood=True)
    bulk_tasks.carry_out(act.pk)

    def back(_world: World, by: User) -> None:
        act.refresh_from_db()
        if by != who or not bulk.may_undo(act):
            raise Refused("changed", "")
        bulk.undo(world.town.municipality, by, act.pk)
        bulk_tasks.carry_out(act.pk)
        if act.items.filter(result="kept").exclude(melding=act.lead_id or 0).exists():
            world.done.clear()  # a part of it stands: nothing is as it was

    world.done.append(Done(back, who, before, world.number))


def _undo(world: World, _melding: Melding, number: int) -> None:
    """Take the last back, or the one before it. Who did it not never can; nothing is between: all is as it was."""
    if len(world.done) <= number % 2:
        raise Refused("changed", "")
    last = world.done[-1 - number % 2]
    if number % 5 == 4:
        _try_as_another(world, last)
    known = list(world.done)
    last.undo(world, last.who)
    if last.step == world.number - 1 and world.done == known:
        now = picture(world)
        assert {name: (last.before[name], now[name]) for name in now if now[name] != last.before[name]} == {}
    world.done = [each for each in world.done if each is not last]


def _try_as_another(world: World, last: Done) -> None:
    other = next(each for each in world.colleagues if each != last.who)
    before = picture(world)
    try:
        last.undo(world, other)
    except Refused:
        assert picture(world) == before
        return
    raise AssertionError("somebody undid what another did")


def _mail(world: World, _melding: Melding, _number: int) -> None:
    """Time goes on, and every mail that waits goes out. Each task runs twice, as it may."""
    Delivery.objects.filter(due_at__isnull=False, event__melding__in=world.ids).update(due_at=timezone.now())
    due = Delivery.objects.filter(due_at__isnull=False, event__melding__in=world.ids).order_by("pk")
    for pk in list(due.values_list("pk", flat=True)):
        sending.send(pk)
        sending.send(pk)
    for pk in 2 * list(due.values_list("recipient", flat=True).distinct()):
        staff_mail.tell(pk)


def _route(_world: World, melding: Melding, _number: int) -> None:
    """The machine does what it does when a prediction comes in."""
    if melding.state in workflow.OPEN and melding.category_id:
        with transaction.atomic():
            routes.route(lifecycle.lock(melding.pk, melding.municipality_id))


def _shortfall(world: World, melding: Melding, number: int) -> None:
    text = "Het ligt er nog." if number % 2 else ""
    rating.say_unsolved(world.town.municipality, melding.follow_token, next(iter(Shortfall)), text)


OTHERS: Mapping[str, Callable[[World, Melding, int], None]] = {
    "undo": _undo,
    "many": _many,
    "mail": _mail,
    "route": _route,
    "adds": lambda world, melding, number: adding.add(
        world.town.municipality, melding.follow_token, f"Nog iets {number}" + ", en er is brand!" * (number % 4 == 3)
    ),
    "withdraws": lambda world, melding, number: withdrawing.withdraw(world.town.municipality, melding.follow_token),
    "solved": lambda world, melding, number: rating.say_solved(world.town.municipality, melding.follow_token),
    "not solved": _shortfall,
}
# Half of what people do is taken back: that is what this is about.
NAMES = [*STAFF, *OTHERS, *["undo"] * 12, "merge", "merge many", "mail", "many"]
