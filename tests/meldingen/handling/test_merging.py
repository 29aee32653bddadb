"""Two reports of one thing become one that leads; never a chain, never a circle, whoever is quick."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from meldingen.handling import merging, triage
from meldingen.notifications.messages import message_for
from meldingen.notifications.models import Delivery
from meldingen.record import events, lifecycle
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from meldingen.tenancy.models import User
from tests.factories import Town, mail_due, reporter_of


def case_of(town: Town, melding: Melding, officer: User) -> triage.Case:
    return triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=officer)


def merge(town: Town, melding: Melding, lead: Melding) -> None:
    merging.merge(case_of(town, melding, town.member()), lead.pk)


def leads(*meldingen: Melding) -> list[int | None]:
    stored = dict(Melding.objects.values_list("pk", "lead"))
    return [stored[melding.pk] for melding in meldingen]


def test_a_merged_one_names_its_lead_and_history_says_so(town: Town) -> None:
    melding, lead = town.melding(), town.melding()
    merge(town, melding, lead)
    assert leads(melding, lead) == [lead.pk, None]
    happened = events.of(melding.events.latest("id"))
    assert happened == events.Merged(lead=events.Change(None, lead.pk))


def itself(town: Town) -> tuple[Melding, Melding]:
    melding = town.melding()
    return melding, melding


def of_a_neighbour(town: Town) -> tuple[Melding, Melding]:
    return town.melding(), Town("ander.example").melding()


def confidential(town: Town) -> tuple[Melding, Melding]:
    type(town.dumping).objects.filter(pk=town.dumping.pk).update(is_confidential=True)
    return town.melding(), town.melding(category=town.dumping)


def closed(town: Town) -> tuple[Melding, Melding]:
    lead = town.melding()
    lifecycle.move(lead, "solved", actor=events.SWEEP)
    return town.melding(), lead


def merged(town: Town) -> tuple[Melding, Melding]:
    return town.melding(), town.melding(lead=town.melding())


def merged_already(town: Town) -> tuple[Melding, Melding]:
    return town.melding(lead=town.melding()), town.melding()


def leading(town: Town) -> tuple[Melding, Melding]:
    melding = town.melding()
    town.melding(lead=melding)
    return melding, town.melding()


@pytest.mark.parametrize(
    ("pair", "code"),
    [
        (itself, "itself"), (of_a_neighbour, "unknown"), (confidential, "unknown"), (closed, "closed"),
        (merged, "merged"), (merged_already, "merged_already"), (leading, "leads"),
    ],
)  # fmt: skip
def test_what_cannot_lead_or_be_merged_is_refused_in_words(
    town: Town, pair: Callable[[Town], tuple[Melding, Melding]], code: str
) -> None:
    melding, lead = pair(town)
    before = leads(melding, lead)
    with pytest.raises(Refused, match=f"^{code}$"):
        merge(town, melding, lead)
    assert leads(melding, lead) == before


@pytest.mark.parametrize("pair", [itself, merged, leading])
def test_the_database_refuses_it_too(town: Town, pair: Callable[[Town], tuple[Melding, Melding]]) -> None:
    melding, lead = pair(town)
    with pytest.raises(IntegrityError), transaction.atomic():
        Melding.objects.filter(pk=melding.pk).update(lead=lead)


def test_the_database_refuses_a_new_one_under_what_was_merged(town: Town) -> None:
    merged_one = town.melding(lead=town.melding())
    with pytest.raises(IntegrityError, match="was merged"), transaction.atomic():
        town.melding(lead=merged_one)


def at_once(*acts: Callable[[], object]) -> list[BaseException]:
    """Do these at the same time, each on a connection of its own; what they were refused with."""
    start, refused = threading.Barrier(len(acts)), list[BaseException]()

    def do(act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
        except (DatabaseError, Refused) as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_time", range(5))
def test_of_two_who_merge_them_into_one_another_one_is_refused(transactional_db: None, town: Town, _time: int) -> None:
    one, other, officer = town.melding(), town.melding(), town.member()
    refused = at_once(
        lambda: merging.merge(case_of(town, one, officer), other.pk),
        lambda: merging.merge(case_of(town, other, officer), one.pk),
    )
    assert [getattr(error, "code", error) for error in refused] in (["merged"], ["leads"])
    assert leads(one, other).count(None) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_time", range(5))
def test_no_chain_and_no_circle_comes_about_around_the_use_case(transactional_db: None, town: Town, _time: int) -> None:
    one, other, third = town.melding(), town.melding(), town.melding()
    pairs = [(one, other), (other, third), (third, one)]
    refused = at_once(*(lambda pair=pair: write_lead(*pair) for pair in pairs))
    assert refused
    assert all(isinstance(error, IntegrityError | OperationalError) for error in refused)
    stored = dict(Melding.objects.filter(lead__isnull=False).values_list("pk", "lead"))
    assert not set(stored) & set(stored.values())


def write_lead(melding: Melding, lead: Melding) -> None:
    with transaction.atomic():
        Melding.objects.filter(pk=melding.pk).update(lead=lead)


def test_a_melding_of_a_neighbour_is_not_there(town: Town) -> None:
    theirs, lead = Town("ander.example").melding(), town.melding()
    with pytest.raises(Melding.DoesNotExist):
        merge(town, theirs, lead)


def emergency(town: Town) -> tuple[Melding, Melding]:
    return town.melding(danger=Melding.Danger.LIFE), town.melding()


def test_an_emergency_that_nobody_judged_is_not_merged(town: Town) -> None:
    with pytest.raises(Refused, match=r"^unjudged$"):
        merge(town, *emergency(town))


def seen(*meldingen: Melding) -> dict[int, str]:
    return merging.snapshots(melding.pk for melding in meldingen)


def test_many_are_merged_at_once_and_their_terms_rest(town: Town) -> None:
    lead, *others = (town.melding(deadline=timezone.now()) for _one in range(4))
    outcome = merging.merge_many(case_of(town, lead, town.member()), seen(*others))
    assert (outcome.merged, outcome.refused) == (3, [])
    assert leads(*others, lead) == [lead.pk] * 3 + [None]
    assert not Melding.objects.filter(lead=lead, deadline__isnull=False).exists()


def test_as_many_statements_for_many_as_for_few(town: Town, django_assert_max_num_queries: Any) -> None:
    lead, *others = (town.melding() for _one in range(31))
    officer = town.member()
    with django_assert_max_num_queries(14):
        merging.merge_many(case_of(town, lead, officer), seen(*others))


def test_what_changed_since_or_cannot_be_merged_is_left_and_named(town: Town) -> None:
    lead, fit, changed, taken = town.melding(), town.melding(), town.melding(), town.melding(lead=town.melding())
    marks, officer = seen(fit, changed, taken), town.member()
    triage.note(case_of(town, changed, officer), "Ik bel de melder.")
    outcome = merging.merge_many(case_of(town, lead, officer), marks)
    assert outcome.merged == 1
    assert {reference for reference, _words in outcome.refused} == {changed.reference, taken.reference}
    assert leads(fit, changed) == [lead.pk, None]


def test_reporters_of_all_are_told(town: Town) -> None:
    lead, one, other = (town.melding() for _one in range(3))
    for number, melding in enumerate((lead, one)):
        reporter_of(melding, f"melder{number}@example.org")
    told = merging.readers(town.municipality, lead, [one.pk, other.pk])
    merging.merge_many(case_of(town, lead, town.member()), seen(one, other))
    deliveries = Delivery.objects.filter(event__kind="merged")
    assert {each.recipient.address for each in deliveries} == {"melder0@example.org", "melder1@example.org"}
    assert (told.mailed, told.unmailed, told.mails_lead) == (1, 1, True)


def test_who_reported_the_lead_hears_once_of_company_that_is_not_their_own(town: Town) -> None:
    lead, own, one, other = (town.melding() for _one in range(4))
    for melding in (lead, own):
        reporter_of(melding)
    told = Delivery.objects.filter(event__kind="merged", recipient__melding=lead)
    for number, melding in enumerate((own, one, other)):
        assert merging.readers(town.municipality, lead, [melding.pk]).mails_lead == (number == 1)
        merge(town, melding, lead)
    assert [each.event.melding_id for each in told] == [one.pk]


def test_their_mail_is_about_their_own_and_is_not_sent_when_it_is_taken_apart_in_time(town: Town) -> None:
    lead, melding = town.melding(category=town.container), town.melding(category=town.dumping)
    reporter_of(lead)
    merge(town, melding, lead)
    mail = message_for(Delivery.objects.get(event__kind="merged"))
    assert lead.reference[4:] in mail.body
    assert melding.reference[4:] not in mail.body
    assert "container" in mail.subject.lower()
    merging.part(case_of(town, melding, town.member()))
    assert not Delivery.objects.filter(event__kind="merged").exists()


def test_taken_apart_it_stands_alone_and_its_reporter_hears_no_more_of_the_lead(town: Town) -> None:
    lead, melding, officer = town.melding(), town.melding(), town.member()
    reporter_of(melding)
    merge(town, melding, lead)
    merging.part(case_of(town, melding, officer))
    assert leads(melding) == [None]
    triage.close(case_of(town, lead, officer), "solved")
    assert Melding.objects.get(pk=melding.pk).state == "new"
    assert not Delivery.objects.filter(event__melding=lead).exists()
    merge(town, melding, town.melding())


def test_what_is_merged_into_nothing_cannot_be_taken_apart(town: Town) -> None:
    with pytest.raises(Refused, match=r"^alone$"):
        merging.part(case_of(town, town.melding(), town.member()))


def test_reporters_of_all_read_that_it_is_solved_once(town: Town, client: Client) -> None:
    lead, melding = town.melding(), town.melding()
    merge(town, melding, lead)
    triage.close(case_of(town, lead, town.member()), "solved", reason="repaired")
    page = client.get(f"/volg/{melding.follow_token}", headers={"host": town.host}).content.decode()
    assert page.count("Wij hebben het gerepareerd of vervangen.") <= 2
    assert page.count('class="history') >= 1


def test_what_is_taken_apart_in_time_mails_nobody(town: Town, settings: Settings) -> None:
    settings.UNDO_SECONDS = 120
    melding, lead = town.melding(), town.melding()
    reporter_of(melding)
    merge(town, melding, lead)
    assert Delivery.objects.count() == 1
    merging.part(case_of(town, melding, town.member()))
    assert not Delivery.objects.exists()


def test_taking_apart_keeps_the_receipt_of_what_came_in_merged(town: Town) -> None:
    melding = town.melding(lead=town.melding())
    reporter_of(melding)
    mail_due(melding.events.get(kind="received"))
    merging.part(case_of(town, melding, town.member()))
    assert Delivery.objects.count() == 1
