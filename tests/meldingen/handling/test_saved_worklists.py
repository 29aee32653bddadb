from datetime import timedelta

import pytest
from django.utils import timezone

from meldingen.handling import saved_worklists
from meldingen.handling.models import SearchWords, Worklist
from meldingen.refusals import Refused
from meldingen.tenancy.models.user import User
from tests.factories import Town


def test_the_same_name_again_replaces_what_it_stood_for_when_that_was_said(town: Town, officer: User) -> None:
    saved_worklists.save(town.municipality, officer, "Mijn wijk", "list=open")
    with pytest.raises(Refused) as refusal:
        saved_worklists.save(town.municipality, officer, " Mijn  wijk ", "list=late")
    assert refusal.value.code == saved_worklists.REPLACES
    saved_worklists.save(town.municipality, officer, " Mijn  wijk ", "list=late", replaces=True)
    assert [each.query for each in saved_worklists.readable(town.municipality, officer)] == ["list=late"]


def test_what_is_shared_is_seen_by_all_of_the_town_and_by_nobody_else(
    town: Town, neighbour: Town, officer: User
) -> None:
    saved_worklists.save(town.municipality, officer, "Van mij", "list=open")
    shared = saved_worklists.save(town.municipality, officer, "Van ons", "list=open", is_shared=True)
    assert list(saved_worklists.readable(town.municipality, town.member())) == [shared]
    assert not saved_worklists.readable(neighbour.municipality, officer).exists()


@pytest.mark.parametrize(("name", "query"), [("  ", "list=open"), ("x" * 61, "list=open"), ("x", "q" * 2001)])
def test_a_name_is_short_and_not_empty(town: Town, officer: User, name: str, query: str) -> None:
    with pytest.raises(Refused) as refusal:
        saved_worklists.save(town.municipality, officer, name, query)
    assert refusal.value.field == "name"


def test_there_is_an_end_to_how_many(town: Town, officer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_worklists, "MOST", 1)
    saved_worklists.save(town.municipality, officer, "Een", "list=open")
    saved_worklists.save(town.municipality, officer, "Een", "list=late", replaces=True)
    with pytest.raises(Refused):
        saved_worklists.save(town.municipality, officer, "Twee", "list=open")


def test_only_who_made_it_removes_it(town: Town, neighbour: Town, officer: User) -> None:
    shared = saved_worklists.save(town.municipality, officer, "Van ons", "list=open", is_shared=True)
    for where, who in ((town, town.member()), (neighbour, officer)):
        with pytest.raises(Worklist.DoesNotExist):
            saved_worklists.remove(where.municipality, shared.pk, who)
    saved_worklists.remove(town.municipality, shared.pk, officer)
    assert not Worklist.objects.exists()


def test_words_are_read_by_who_typed_them_and_by_who_reads_their_worklist(
    town: Town, neighbour: Town, officer: User
) -> None:
    where, other = town.municipality, town.member()
    words = saved_worklists.keep_words(where, officer, " een  bril ")
    assert saved_worklists.words_of(where, officer.pk, words) == "een bril"
    assert saved_worklists.words_of(where, other.pk, words) is None
    assert saved_worklists.words_of(neighbour.municipality, officer.pk, words) is None
    saved_worklists.save(where, officer, "Bril", f"list=open&words={words}", words=words, is_shared=True)
    assert saved_worklists.words_of(where, other.pk, words) == "een bril"


def test_words_that_no_worklist_holds_are_forgotten_some_days_after_they_were_typed(town: Town, officer: User) -> None:
    where = town.municipality
    old, held = (saved_worklists.keep_words(where, officer, words) for words in ("oud", "bewaard"))
    saved_worklists.save(where, officer, "Bewaard", f"list=open&words={held}", words=held)
    SearchWords.objects.update(typed_at=timezone.now() - timedelta(days=3))
    again = saved_worklists.keep_words(where, officer, "oud")
    assert (again, saved_worklists.forget_words(where)) == (old, 0)
    SearchWords.objects.filter(pk=old).update(typed_at=timezone.now() - timedelta(days=3))
    assert (saved_worklists.forget_words(where), saved_worklists.forget_words(where)) == (1, 0)
    assert SearchWords.objects.get().pk == held


def test_words_that_are_gone_cannot_be_saved(town: Town, officer: User) -> None:
    with pytest.raises(SearchWords.DoesNotExist):
        saved_worklists.save(town.municipality, officer, "Weg", "list=open&words=1", words=1)
    assert not Worklist.objects.exists()
