"""Each act on many is the act on one: what cannot be done to one is left alone among many."""

import pytest
from django.utils import timezone

from meldingen.handling.bulk import Choice
from meldingen.handling.models import BLANK, StandardText
from meldingen.languages import Texts
from meldingen.notifications.models import Delivery, Recipient
from meldingen.record import events, lifecycle
from meldingen.record.models import Event, Melding
from meldingen.tenancy.models import User
from tests.factories import Town, reporter_of
from tests.meldingen.handling.bulk_of import SOLVED, became, did

pytestmark = pytest.mark.usefixtures("published")
OBJECTION = "Hierbij maak ik bezwaar tegen uw besluit van 3 oktober."


def closed(town: Town) -> Melding:
    melding = town.melding()
    lifecycle.move(melding, "solved", actor=events.SWEEP)
    return melding


def emergency(town: Town) -> Melding:
    return town.melding(danger=Melding.Danger.LIFE)


def spoken(town: Town) -> Melding:
    return town.melding(reporter_spoke_at=timezone.now())


def formal(town: Town) -> Melding:
    return town.melding(text=OBJECTION)


@pytest.mark.parametrize(
    ("kind", "make", "why"),
    [
        ("close", closed, "closed"),
        ("close", emergency, "unjudged"),
        ("close", spoken, "spoken"),
        ("close", formal, "formal"),
        ("assign", closed, "closed"),
        ("spam", closed, "closed"),
        ("spam", emergency, "unjudged"),
        ("hand", closed, "closed"),
        ("priority", closed, "closed"),
        ("priority", emergency, "danger"),
        ("merge", closed, "closed"),
        ("merge", emergency, "unjudged"),
    ],
)
def test_what_cannot_be_done_is_left_alone(town: Town, officer: User, kind: str, make: object, why: str) -> None:
    lead, other, odd = town.melding(), town.melding(), make(town)  # type: ignore[operator]
    choice = Choice(outcome="solved", team=town.roads, lead_id=lead.pk, colleague=officer, priority=1)
    act = did(town, officer, kind, [lead, other, odd], choice)
    assert became(act) == {lead.pk: ("done", ""), other.pk: ("done", ""), odd.pk: ("skipped", why)}


def test_an_objection_is_forwarded_with_others(town: Town, officer: User) -> None:
    melding = formal(town)
    act = did(town, officer, "close", [melding], Choice(outcome="forwarded", reason="formal"))
    assert became(act) == {melding.pk: ("done", "")}


def test_a_team_gets_all_of_them_and_its_mailbox_hears(town: Town, officer: User) -> None:
    town.roads.email = "wegen@example.org"
    town.roads.save()
    meldingen = [town.melding(category=town.container) for _number in range(3)]
    act = did(town, officer, "assign", meldingen, Choice(team=town.roads))
    assert set(Melding.objects.values_list("state", "team")) == {("assigned", town.roads.pk)}
    assert Delivery.objects.filter(purpose="work", recipient__kind=Recipient.Kind.TEAM).count() == 3
    again = did(town, officer, "assign", meldingen, Choice(team=town.roads))
    assert set(became(again).values()) == {("skipped", "same")}
    assert act.user == officer


def test_thirty_reports_of_one_lamp_become_one_and_all_reporters_hear(town: Town, officer: User) -> None:
    meldingen = [town.melding(category=town.container) for _number in range(30)]
    for melding in meldingen:
        reporter_of(melding, f"m{melding.pk}@example.org")
    act = did(town, officer, "merge", meldingen, Choice(lead_id=meldingen[4].pk))
    assert {state for state, _why in became(act).values()} == {"done"}
    assert Melding.objects.filter(lead=meldingen[4]).count() == 29
    assert Event.objects.filter(kind=Event.Kind.MERGED, actor=officer).count() == 29


def test_each_reporter_reads_the_standard_text_in_their_language_about_their_own(town: Town, officer: User) -> None:
    text = StandardText.objects.create(
        municipality=town.municipality, name="Klaar", for_state="solved",
        text_texts=Texts(nl="Uw melding {kenmerk} is klaar.", en="Your report {kenmerk} is done."),
    )  # fmt: skip
    dutch, english = town.melding(), town.melding()
    reporter_of(dutch, "a@example.org")
    reporter_of(english, "b@example.org", language="en")
    did(town, officer, "close", [dutch, english], Choice(outcome="solved", standard_text=text))
    words = {each.pk: each.answers.get().text for each in (dutch, english)}
    assert words[dutch.pk].startswith("Uw melding")
    assert words[english.pk].startswith("Your report")
    assert BLANK.search("".join(words.values())) is None


def test_spam_is_closed_without_a_word(town: Town, officer: User) -> None:
    melding = town.melding(is_suspect=True)
    reporter_of(melding)
    did(town, officer, "spam", [melding], SOLVED)
    melding.refresh_from_db()
    assert (melding.state, melding.is_suspect) == ("spam", False)
    assert not Delivery.objects.filter(due_at__isnull=False).exists()


def test_a_colleague_gets_all_of_them_in_hand_and_team_and_state_stay(town: Town, officer: User) -> None:
    colleague = town.member("handler")
    rows = [town.melding(team=town.roads), town.melding(), town.melding()]
    Melding.objects.filter(pk=rows[2].pk).update(assignee=colleague)
    reporter_of(rows[0])
    act = did(town, officer, "hand", rows, Choice(colleague=colleague))
    assert [became(act)[each.pk] for each in rows] == [("done", ""), ("done", ""), ("skipped", "has")]
    stored = Melding.objects.order_by("pk")
    assert [(each.assignee, each.team, each.state) for each in stored] == [
        (colleague, town.roads, "new"), (colleague, None, "new"), (colleague, None, "new"),
    ]  # fmt: skip
    assert Delivery.objects.count() == 0


def test_who_left_gets_nothing_in_hand(town: Town, neighbour: Town, officer: User) -> None:
    melding = town.melding()
    act = did(town, officer, "hand", [melding], Choice(colleague=neighbour.member("handler")))
    assert became(act) == {melding.pk: ("skipped", "left")}


def test_many_get_a_priority_and_keep_their_terms(town: Town, officer: User) -> None:
    soon, other = town.melding(priority=3), town.melding(deadline=timezone.now())
    act = did(town, officer, "priority", [soon, other], Choice(priority=3))
    assert became(act) == {soon.pk: ("skipped", "equal"), other.pk: ("done", "")}
    assert (Melding.objects.get(pk=other.pk).priority, other.deadline) == (3, Melding.objects.last().deadline)  # type: ignore[union-attr]
