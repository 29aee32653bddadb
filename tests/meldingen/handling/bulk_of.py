"""Acts on many, as a colleague does them: chosen, begun, and carried out by a worker."""

from collections.abc import Iterable

from meldingen.handling import bulk, bulk_tasks
from meldingen.handling.bulk import Choice
from meldingen.handling.models import BulkAct
from meldingen.record.models import Melding
from meldingen.tenancy.models import User
from tests.factories import Town

SOLVED = Choice(outcome="solved", reason="repaired")


def chosen(town: Town, user: User, kind: str, meldingen: Iterable[Melding]) -> BulkAct:
    """What a colleague ticked, as it is now."""
    rows = Melding.objects.of(town.municipality).filter(pk__in=[each.pk for each in meldingen]).order_by("pk")
    return bulk.choose(town.municipality, user, kind, rows, "list=open", may_flood=True)


def begun(town: Town, act: BulkAct, choice: Choice = SOLVED) -> BulkAct:
    """The same, when they said so."""
    return bulk.start(town.municipality, act.user, act.pk, choice, may_flood=True)


def did(town: Town, user: User, kind: str, meldingen: Iterable[Melding], choice: Choice = SOLVED) -> BulkAct:
    """The same, done."""
    act = begun(town, chosen(town, user, kind, meldingen), choice)
    bulk_tasks.carry_out(act.pk)
    act.refresh_from_db()
    return act


def became(act: BulkAct) -> dict[int, tuple[str, str]]:
    """What became of each, and why."""
    return {item.melding_id: (item.result, item.why) for item in act.items.all()}
