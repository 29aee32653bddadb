"""Who lives where."""

from analytics.living import Living, MakeUp, living, make_ups
from meldingen.places.models import Area
from tests.factories import Town


def test_what_is_unknown_stays_unknown(town: Town) -> None:
    Area.objects.filter(pk=town.west.pk).update(inhabitants=None, households=400)
    assert living(town.municipality, town.west.vintage)[town.west.code] == Living(None, 400)
    assert "BU99999999" not in make_ups(town.municipality, town.west.vintage)


def test_the_make_up_of_an_area_says_who_counted(town: Town) -> None:
    Area.objects.filter(pk=town.west.pk).update(
        inhabitants=1250, households=600, density=4000, ages={"p_65_plus": 20}, figures_source="CBS 2025"
    )
    known = make_ups(town.municipality, town.west.vintage)
    assert known[town.west.code] == MakeUp(Living(1250, 600), 4000, {"p_65_plus": 20}, "CBS 2025")
