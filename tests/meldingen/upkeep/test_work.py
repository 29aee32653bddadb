from typing import Any

from django.test import Client

from meldingen.handling import triage
from meldingen.tenancy.models import Membership
from meldingen.upkeep import work
from tests.factories import Town


def test_work_of_who_left_is_named_with_a_list_of_it(manager: Client, town: Town, neighbour: Town) -> None:
    leaver, colleague = town.member(user__first_name="Jan", user__last_name="Smit"), town.member()
    melding = town.melding()
    for one, who in ((melding, leaver), (town.melding(), colleague)):
        triage.take(triage.Case(melding_id=one.pk, municipality=town.municipality, actor=who))
    assert not list(work.look(town.municipality))
    Membership.objects.filter(user=leaver).delete()
    (defect,) = work.look(town.municipality)
    assert "Jan Smit is geen collega meer en heeft nog 1 open melding" in defect.sentence
    page: Any = manager.get(defect.path)
    assert [item["row"].melding for item in page.context_data["rows"]] == [melding]
    assert "Jan Smit" in manager.get("/beheer/filters/").text
    assert not list(work.look(neighbour.municipality))
