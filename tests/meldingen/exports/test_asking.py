from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from meldingen.exports import asking
from meldingen.exports.asking import Wish
from meldingen.exports.models import Export
from meldingen.refusals import Refused
from tests.factories import Town
from tests.meldingen.exports.conftest import Asked


def test_it_is_made_by_a_worker(asked: Asked, published: list[Any], django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        export = asked()
    assert published == [("write_export", (export.pk,))]


def test_a_second_click_is_as_once(asked: Asked, town: Town) -> None:
    me = town.member()
    assert asked(me).pk == asked(me).pk
    assert asked(me, kind="xlsx").pk != asked(me).pk


def test_two_colleagues_each_have_their_own(asked: Asked) -> None:
    assert asked().pk != asked().pk


def test_who_may_not_see_contact_details_gets_none(asked: Asked, town: Town) -> None:
    with pytest.raises(Refused) as refused:
        asked(town.member("reader"), with_contact=True)
    assert refused.value.code == "no_right"


def test_a_colleague_of_another_town_gets_nothing(town: Town, neighbour: Town) -> None:
    with pytest.raises(Refused):
        asking.ask(town.municipality, neighbour.member("manager"), Wish("list=all", "Alles", "csv", "nl"))


def test_three_at_once_are_enough(asked: Asked, town: Town) -> None:
    me = town.member()
    for worklist in ("all", "open", "late"):
        asked(me, f"list={worklist}")
    with pytest.raises(Refused) as refused:
        asked(me, "list=mine")
    assert refused.value.code == "too_many"


def test_a_hundred_in_a_day_are_enough(asked: Asked, town: Town) -> None:
    me = town.member()
    export = asked(me)
    Export.objects.update(stage="ready")
    more = {"municipality": town.municipality, "owner": me, "kind": "csv", "language": "nl", "stage": "gone"}
    Export.objects.bulk_create(Export(**more, name="x", query="list=all") for _ in range(asking.MOST_OF_A_DAY - 1))
    with pytest.raises(Refused):
        asked(me)
    Export.objects.filter(pk=export.pk).update(asked_at=timezone.now() - timedelta(days=2))
    assert asked(me).pk


@pytest.mark.parametrize("wish", [Wish("list=all", "Alles", "exe", "nl"), Wish("x" * 2001, "Alles", "csv", "nl")])
def test_what_no_page_asks_is_refused(town: Town, wish: Wish) -> None:
    with pytest.raises(Refused):
        asking.ask(town.municipality, town.member(), wish)
