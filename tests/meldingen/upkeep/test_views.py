from typing import Any

from django.test import Client

from meldingen.tenancy.models import User
from meldingen.upkeep.models import Heartbeat, MorningReader
from tests.factories import RoutingRuleFactory, Town

PAGE = "/beheer/stuk/"


def test_a_town_that_works_says_so(manager: Client, town: Town) -> None:
    page: Any = manager.get(PAGE)
    assert page.status_code == 200
    assert page.context_data["number"] == 0


def test_each_thing_has_its_next_act(manager: Client, town: Town) -> None:
    rules = [
        RoutingRuleFactory.create(municipality=town.municipality, position=position, team=town.roads)
        for position in (10, 20)
    ]
    Heartbeat.objects.all().delete()
    page = manager.get(PAGE).text
    assert f'href="/beheer/meldingen/routingrule/{rules[1].pk}/change/"' in page
    assert 'class="is-grave"' in page


def test_it_is_for_managers(triager: Client, reader: Client, manager: Client, town: Town) -> None:
    for client in (triager, reader):
        assert client.get(PAGE).status_code == 403
        assert client.post(f"{PAGE}ochtend/", {"wants": "on"}).status_code == 403
        assert PAGE not in client.get("/beheer/").text
    assert PAGE in manager.get("/beheer/").text


def test_a_colleague_ticks_the_mail_and_takes_it_back(manager: Client, town: Town) -> None:
    manager.post(f"{PAGE}ochtend/", {"wants": "on"})
    assert MorningReader.objects.get().municipality == town.municipality
    User.objects.update(email="")
    assert "notice" in manager.get(PAGE).text
    manager.post(f"{PAGE}ochtend/")
    assert not MorningReader.objects.exists()


def test_looking_changes_nothing(manager: Client, town: Town) -> None:
    assert manager.get(f"{PAGE}ochtend/").status_code == 405
