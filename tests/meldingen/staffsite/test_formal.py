"""Words of the town's own for who asks for what a report cannot give."""

from django.test import Client

from meldingen.tenancy.models import FormalText
from tests.factories import Town

LIST = "/beheer/tenancy/formaltext/"
TYPED = {"about": "claim", "words_texts_nl": "Vul het formulier in.", "url": "https://stad.example/schade"}


def test_a_manager_writes_them_once_for_each_kind(manager: Client, town: Town) -> None:
    assert manager.post(f"{LIST}add/", TYPED).status_code == 302
    assert FormalText.objects.of(town.municipality).get().words_texts["nl"] == "Vul het formulier in."
    assert manager.post(f"{LIST}add/", TYPED).status_code == 200


def test_an_address_is_one_of_the_web(manager: Client, town: Town) -> None:
    assert manager.post(f"{LIST}add/", TYPED | {"url": "javascript:alert(1)"}).status_code == 200
    assert not FormalText.objects.exists()


def test_those_of_the_neighbour_are_not_there(manager: Client, neighbour: Town) -> None:
    foreign = FormalText.objects.create(municipality=neighbour.municipality, about="claim")
    assert manager.get(f"{LIST}{foreign.pk}/change/").status_code == 404
