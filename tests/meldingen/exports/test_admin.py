from django.test import Client

from meldingen.exports.models import Export
from tests.factories import Town
from tests.meldingen.exports.conftest import Asked

LOG = "/beheer/meldingen/export/"


def test_a_manager_sees_who_took_what(manager: Client, town: Town, neighbour: Town, asked: Asked) -> None:
    export = asked(town.member(user__username="iemand"), with_contact=True)
    assert "iemand" in manager.get(LOG).text
    assert manager.get(f"{LOG}{export.pk}/change/").status_code == 200
    assert manager.post(f"{LOG}{export.pk}/change/", {"name": "x"}).status_code == 403
    assert Export.objects.get().name == "Alles"


def test_an_export_of_another_town_is_not_there(manager: Client, town: Town, neighbour: Town) -> None:
    values = {"owner": neighbour.member(), "name": "Buren", "query": "list=all", "kind": "csv", "language": "nl"}
    export = Export.objects.create(municipality=neighbour.municipality, **values)
    assert "Buren" not in manager.get(LOG).text
    assert manager.get(f"{LOG}{export.pk}/change/").status_code == 404
