"""A little of all that an installation holds, made by the use cases."""

from datetime import date, timedelta

from django.core.management import call_command
from django.utils import timezone

from meldingen.handling import triage
from meldingen.record.models import Event
from tests.factories import RoutingRuleFactory, Town, follower_of, mail_due, reporter_of


def fill() -> None:
    """Two municipalities; of the first: colleagues, rules, and meldingen in several states."""
    town, neighbour = Town(), Town(host="buren.example")
    manager = town.member("manager")
    neighbour.member("triage")
    RoutingRuleFactory.create(municipality=town.municipality, category=town.container, team=town.cleaning, position=1)
    RoutingRuleFactory.create(municipality=town.municipality, area=town.west, team=town.roads, position=2, priority=3)
    closed, running, waiting = (
        town.melding(text=text, point=town.point(), category=town.container)
        for text in ("De container puilt uit.", "Glas náást de bak 🗑", "Het stinkt\nal dagen.")
    )
    neighbour.melding(category=neighbour.dumping)
    for melding in (closed, running):
        reporter_of(melding, phone="0612345678")
        mail_due(Event.objects.get(melding=melding, kind=Event.Kind.RECEIVED))
    follower_of(running)
    cases = [
        triage.Case(melding_id=each.pk, municipality=town.municipality, actor=manager)
        for each in (closed, running, waiting)
    ]
    triage.close(cases[0], "solved", "De bak is geleegd.", for_everybody=True)
    triage.schedule(cases[1], timezone.localdate() + timedelta(days=3), "Wij komen langs.")
    triage.note(cases[1], "Sleutel ligt bij de balie.")
    triage.ask(cases[2], "Welke bak bedoelt u?")
    town.municipality.closing_days.create(municipality=town.municipality, day=date(2026, 5, 15))
    town.municipality.gaps.create(municipality=town.municipality, first_day=date(2026, 2, 1), last_day=date(2026, 2, 3))
    call_command("fix_grid", town.municipality.code, timezone.localdate().year)
