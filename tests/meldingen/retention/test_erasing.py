"""One person is erased in one act, from everywhere, and no figure changes."""

from typing import Any

import pytest

from meldingen.attachments.models import Photo
from meldingen.handling import triage
from meldingen.notifications.models import Recipient
from meldingen.questions import asking
from meldingen.questions.models import Reply
from meldingen.record import events, lifecycle
from meldingen.record.models import Answer, Event, Melding, Note, Reporter
from meldingen.retention import erasing, persons
from meldingen.retention.persons import Way
from meldingen.tenancy.models import AuditEntry, User
from tests.factories import Town, follower_of, mail_due, reporter_of
from tests.meldingen.questions.asked import question_of

ADDRESS = "wim@example.org"


@pytest.fixture
def manager(town: Town) -> User:
    return town.member("manager")


@pytest.fixture
def melding(town: Town, manager: User) -> Melding:
    """One of Wim de Vries, who is named in it, in a note and in an answer."""
    made = town.melding(text="Wim de Vries, 06-12345678: gat bij mij voor de deur.", category=town.container)
    reporter_of(made, ADDRESS, name="wim de vries", phone="0612345678")
    case = triage.Case(melding_id=made.pk, municipality=town.municipality, actor=manager)
    triage.note(case, "Meneer Vries belde, mail naar WIM@example.org")
    triage.answer(case, "Dag Wim, wij komen de vrieskist halen.")
    return made


def erase(town: Town, by: User) -> int:
    return erasing.erase(town.municipality, persons.find(town.municipality, ADDRESS), by, Way.CALL)


def test_contact_is_gone_and_the_name_is_struck_out_everywhere(town: Town, manager: User, melding: Melding) -> None:
    assert erase(town, manager) == 1
    melding.refresh_from_db()
    assert melding.text == "[…], […]: gat bij mij voor de deur."
    assert Note.objects.get().text == "Meneer […] belde, mail naar […]"
    assert Answer.objects.get().text == "Dag […], wij komen de vrieskist halen."
    assert not Reporter.objects.exists()
    assert not Recipient.objects.exclude(address_key="", token=None).exists()
    assert melding.struck_at is not None
    kinds = list(melding.events.order_by("pk").values_list("kind", flat=True))
    assert kinds[-2:] == ["struck", "reporter_forgotten"]


def test_no_figure_changes(town: Town, manager: User, melding: Melding) -> None:
    counted = ("pk", "received_at", "buurt", "category", "state", "part_of", "closed_at", "lead")
    before = list(Melding.objects.values(*counted))
    erase(town, manager)
    assert list(Melding.objects.values(*counted)) == before


def test_what_is_held_stays_whole_also_when_it_became_so_a_moment_ago(
    town: Town, manager: User, melding: Melding
) -> None:
    person = persons.find(town.municipality, ADDRESS)
    lifecycle.move(lifecycle.lock(melding.pk, town.municipality.pk), "threat", actor=events.by(manager))
    assert erasing.erase(town.municipality, person, manager, Way.CALL) == 0
    assert Reporter.objects.get().email == ADDRESS
    assert Note.objects.get().text.startswith("Meneer Vries")
    assert AuditEntry.objects.latest("pk").codes == {"meldingen": 0, "photos": 0, "held": 1, "by": "call"}


def test_others_lose_nothing(town: Town, neighbour: Town, manager: User, melding: Melding) -> None:
    follower = follower_of(melding, "ria@example.org")
    theirs, other = neighbour.melding(text="Wim de Vries"), town.melding(text="Wim de Vries")
    reporter_of(theirs, ADDRESS, name="Wim de Vries")
    reporter_of(other, "piet@example.org", name="Piet")
    erase(town, manager)
    follower.refresh_from_db()
    assert follower.email == "ria@example.org"
    assert set(Reporter.objects.values_list("email", flat=True)) == {ADDRESS, "piet@example.org"}
    assert {Melding.objects.get(pk=each.pk).text for each in (theirs, other)} == {"Wim de Vries"}


def test_what_they_follow_and_mails_that_were_due_go_too(town: Town, manager: User, melding: Melding) -> None:
    followed = town.melding()
    follower = follower_of(followed, ADDRESS)
    due = mail_due(Event.objects.get(melding=melding, kind="received"))
    erase(town, manager)
    follower.refresh_from_db()
    due.refresh_from_db()
    assert (follower.email, follower.token, due.due_at) == ("", None, None)


def test_photos_go(town: Town, manager: User, melding: Melding) -> None:
    own = {"municipality": town.municipality, "form": "7b1e2f34-0000-4000-8000-000000000001"}
    Photo.objects.create(**own, melding=melding)
    kept = Photo.objects.create(**own, melding=town.melding())
    erase(town, manager)
    assert list(Photo.objects.all()) == [kept]
    assert AuditEntry.objects.latest("pk").codes["photos"] == 1


def test_twice_does_no_harm(town: Town, manager: User, melding: Melding) -> None:
    person = persons.find(town.municipality, ADDRESS)
    for _time in range(2):
        erasing.erase(town.municipality, person, manager, Way.MAIL)
    assert melding.events.filter(kind="reporter_forgotten").count() == 1


def test_the_audit_log_says_who_and_how_much_and_not_whom(town: Town, manager: User, melding: Melding) -> None:
    erase(town, manager)
    line = AuditEntry.objects.latest("pk")
    assert (line.kind, line.actor, line.target) == ("person_erased", manager, "")
    assert "wim" not in str(line.codes).lower()


@pytest.mark.parametrize(
    ("values", "text", "left"),
    [
        ({"name": "Jan Wit"}, "Jan  Wit zag een wit hek; Wit belde", "[…] zag een wit hek; […] belde"),
        ({"name": "J. de Boer"}, "de boer en De Boer", "de boer en De […]"),
        ({"name": ""}, "niets", "niets"),
        ({"phone": "+31612345678"}, "bel (06) 1234 5678 of 1612345678", "bel […] of 1612345678"),
        ({"email": "a.b@example.org"}, "A.B@example.org, axb@example.org", "[…], axb@example.org"),
        ({"name": "(.*) [x"}, "alles (.*) [x hier", "alles […] hier"),
    ],
)
def test_who_is_named_is_told_from_words(values: dict[str, Any], text: str, left: str) -> None:
    pattern = erasing.pattern_of(Reporter(**values))
    assert (pattern.sub(erasing.BLANK, text) if pattern else text) == left


def test_the_name_is_struck_out_of_answers_to_questions_too(town: Town, manager: User, melding: Melding) -> None:
    question_of(town)
    asking.keep(melding, [asking.Entry("nummer", 1, "Bij Wim de Vries")])
    erase(town, manager)
    assert Reply.objects.get().value == "Bij […]"
