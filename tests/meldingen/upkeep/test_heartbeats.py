from meldingen import periodic
from meldingen.upkeep import heartbeats
from meldingen.upkeep.models import Heartbeat


def test_what_never_ran_has_no_moment(db: None) -> None:
    assert heartbeats.last("never") is None


def test_the_sweep_notes_that_it_ran(db: None) -> None:
    Heartbeat.objects.all().delete()
    periodic.sweep()
    periodic.sweep()
    assert heartbeats.last(heartbeats.SWEEP)
    assert Heartbeat.objects.count() == 1
