"""What others than the reporter read of a melding: in a mail, on their page, and of a merged one."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from meldingen.categories.models import Category
from meldingen.handling import triage
from meldingen.notifications import reading, sending
from meldingen.notifications.models import Delivery, Recipient
from meldingen.record.models import Event, Melding
from tests.factories import Town, follower_of
from tests.meldingen.notifications.conftest import Mailbox
from tests.meldingen.notifications.reporters import html, plain, reported
from tests.threats import threaten

TYPED = ("puilt", "stinkt", "afval", "kwaad.example", "Dorpsstraat", "Jansen", "melder@example.org", "0612345678")
SAID = "Wij komen met een nieuwe bak."
PRIVATE = "Dit is op privéterrein. Daar beslist de eigenaar."


@pytest.fixture
def melding(town: Town) -> Melding:
    return reported(town, place_text="Dorpsstraat 12", name="Jansen")


@pytest.fixture
def case(town: Town, melding: Melding) -> triage.Case:
    return triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member())


@pytest.fixture
def follower(melding: Melding) -> Any:
    return follower_of(melding)


@pytest.fixture
def merged(town: Town, melding: Melding) -> Any:
    """Reported by somebody else, and merged into the other."""
    return reported(town, address="ander@example.org", name="Pietersen", text="Bak vol bij mij", lead=melding)


def mailed(mailbox: Mailbox, address: str) -> Any:
    """All that was mailed to an address, after sending what is due."""
    for pk in Delivery.objects.filter(due_at__isnull=False).order_by("pk").values_list("pk", flat=True):
        sending.send(pk)
    return "".join(plain(mail) + html(mail) for mail in mailbox.mails() if mail["To"] == address)


def pages(client: Client, follower: Recipient, merged: Melding) -> Any:
    """The pages of somebody who follows it, and of somebody whose own was merged into it."""
    return [client.get(f"/volg/{token}").text for token in (follower.token, merged.follow_token)]


@pytest.mark.parametrize("for_everybody", [False, True])
@pytest.mark.parametrize(
    "say",
    [
        lambda case, **tick: triage.answer(case, SAID, **tick),
        lambda case, **tick: triage.close(case, "declined", SAID, **tick),
        lambda case, **tick: triage.close(case, "solved", SAID, **tick),
    ],
)
def test_others_read_an_answer_only_when_it_is_for_everybody(
    resident: Client,
    case: triage.Case,
    follower: Recipient,
    merged: Melding,
    mailbox: Mailbox,
    say: Any,
    for_everybody: bool,
) -> None:
    say(case, for_everybody=for_everybody)
    assert SAID in mailed(mailbox, "melder@example.org")
    for address in (follower.email, "ander@example.org"):
        assert (SAID in mailed(mailbox, address)) == for_everybody
    for page in pages(resident, follower, merged):
        assert (SAID in page) == for_everybody


def test_a_reason_of_the_list_is_read_by_everybody_in_their_own_language(
    resident: Client, case: triage.Case, follower: Recipient, merged: Melding, mailbox: Mailbox
) -> None:
    Recipient.objects.filter(pk=follower.pk).update(language="en")
    triage.close(case, "declined", SAID, reason="private")
    assert "It is on private ground. There the owner decides." in mailed(mailbox, follower.email)
    for address in ("melder@example.org", "ander@example.org"):
        words = mailed(mailbox, address)
        assert words.index(PRIVATE) < words.index("Daarom pakken wij deze melding niet op.")
        assert (SAID in words) == (address == "melder@example.org")
    for page in [*pages(resident, follower, merged), resident.get(f"/volg/{case_melding(case).follow_token}").text]:
        assert page.count(PRIVATE) == 2


def test_the_default_is_the_reporter_alone(
    resident: Client, case: triage.Case, follower: Recipient, merged: Melding, mailbox: Mailbox
) -> None:
    triage.answer(case, SAID)
    assert mailed(mailbox, follower.email) == mailed(mailbox, "ander@example.org") == ""
    assert not [page for page in pages(resident, follower, merged) if SAID in page]


def test_an_answer_that_quotes_the_reporter_is_for_nobody_else_whatever_was_ticked(
    resident: Client, case: triage.Case, follower: Recipient, merged: Melding, mailbox: Mailbox
) -> None:
    triage.close(case, "solved", "U schreef: de container puilt uit. Er ligt afval.", for_everybody=True)
    assert "puilt" in resident.get(f"/volg/{case_melding(case).follow_token}").text
    for words in [mailed(mailbox, follower.email), mailed(mailbox, "ander@example.org")]:
        assert "Het is opgelost." in words
        assert "puilt" not in words
    assert not [page for page in pages(resident, follower, merged) if "puilt" in page]


def case_melding(case: triage.Case) -> Any:
    return Melding.objects.get(pk=case.melding_id)


def test_a_page_of_a_follower_has_nothing_that_was_typed_and_no_colleague(
    resident: Client, town: Town, case: triage.Case, follower: Recipient
) -> None:
    triage.note(case, "Deze meneer belt elke week.")
    triage.assign(case, town.roads)
    triage.ask(case, "Welke container bedoelt u?")
    page = resident.get(f"/volg/{follower.token}").text
    assert "Wij hebben de melder iets gevraagd." in page
    assert town.west.name in page
    inside = ("belt elke week", "Wegen", case.actor.username, "Welke container", case_melding(case).follow_token)
    for word in (*TYPED, *inside):
        assert word not in page


@pytest.mark.parametrize("path", [".txt", "/niet-ik", "/mail"])
def test_nothing_else_at_a_followers_address_shows_more(resident: Client, follower: Recipient, path: str) -> None:
    answer = resident.get(f"/volg/{follower.token}{path}")
    assert answer.status_code == {".txt": 404, "/niet-ik": 200, "/mail": 405}[path]
    assert not [typed for typed in TYPED if typed in answer.text]
    assert path == "/mail" or answer["Cache-Control"] == "no-store, private"


def test_a_neighbours_site_does_not_show_it(client: Client, neighbour: Town, follower: Recipient) -> None:
    client.defaults["HTTP_HOST"] = neighbour.host
    assert client.get(f"/volg/{follower.token}").status_code == 404
    assert client.post(f"/volg/{follower.token}/mail", {"say": "refuse"}).status_code == 404


def test_who_is_merged_reads_along_under_their_own_reference(
    resident: Client, town: Town, case: triage.Case, merged: Melding, mailbox: Mailbox
) -> None:
    triage.take(case)
    words = mailed(mailbox, "ander@example.org")
    assert f"{merged.reference[:4]}-{merged.reference[4:]}" in words
    assert case_melding(case).reference[4:] not in words
    assert "Anderen meldden hetzelfde als u." in words
    page = resident.get(f"/volg/{merged.follow_token}").text
    assert "Bak vol bij mij" in page
    assert "Wij zijn ermee bezig." in page
    assert "Wij zijn ermee bezig." in resident.get(f"/volg/{merged.follow_token}.txt").text
    assert not [typed for typed in TYPED if typed in page + words]


def test_the_reporter_reads_nothing_of_who_follows_or_is_merged(
    resident: Client, melding: Melding, case: triage.Case, follower: Recipient, merged: Melding
) -> None:
    triage.take(case)
    page = resident.get(f"/volg/{melding.follow_token}").text
    assert not [word for word in ("Pietersen", "ander@", "volger@", "Bak vol bij mij", "Anderen") if word in page]


def test_the_planned_day_is_for_everybody(
    resident: Client, town: Town, case: triage.Case, follower: Recipient, merged: Melding
) -> None:
    day = timezone.localdate() + timedelta(days=20)
    triage.schedule(case, day)
    for page in pages(resident, follower, merged):
        assert "Wij verwachten dat dit uiterlijk" in page


@pytest.mark.parametrize("call", [triage.call_spam, threaten])
def test_of_spam_and_threats_others_hear_nothing_and_read_that_it_is_not_taken_up(
    resident: Client, case: triage.Case, follower: Recipient, merged: Melding, mailbox: Mailbox, call: Any
) -> None:
    triage.take(case)
    call(case)
    assert mailed(mailbox, follower.email) == mailed(mailbox, "ander@example.org") == ""
    for_follower, for_merged = pages(resident, follower, merged)
    assert "Wij pakken deze niet op." in for_follower
    assert "Wij pakken deze niet op." not in for_merged  # it stands alone again


@pytest.mark.parametrize("values", [{"is_suspect": True}, {"state": "spam"}])
def test_who_sent_spam_or_is_suspect_reads_no_news_of_the_other(
    town: Town, case: triage.Case, merged: Melding, mailbox: Mailbox, values: Any
) -> None:
    judged = triage.Case(melding_id=merged.pk, municipality=town.municipality, actor=case.actor)
    if "state" in values:
        triage.call_spam(judged)
    else:
        Melding.objects.filter(pk=merged.pk).update(**values)
    triage.take(case)
    assert mailed(mailbox, "ander@example.org") == ""


@pytest.mark.parametrize("level", ["container", "waste"])
def test_of_what_is_confidential_others_read_and_hear_nothing(
    resident: Client, town: Town, case: triage.Case, follower: Recipient, merged: Melding, mailbox: Mailbox, level: str
) -> None:
    Category.objects.filter(pk=getattr(town, level).pk).update(is_confidential=True)
    triage.close(case, "solved", SAID, for_everybody=True)
    assert mailed(mailbox, follower.email) == mailed(mailbox, "ander@example.org") == ""
    assert resident.get(f"/volg/{follower.token}").status_code == 404
    page = resident.get(f"/volg/{merged.follow_token}").text
    assert "Het is opgelost." not in page
    assert SAID not in page


def test_a_followers_page_needs_few_queries(
    resident: Client, case: triage.Case, follower: Recipient, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        triage.answer(case, f"Antwoord {number}", for_everybody=True)
    with django_assert_max_num_queries(6):
        resident.get(f"/volg/{follower.token}")


def test_what_waits_for_a_digest_is_not_sent_to_who_turned_out_to_send_spam(
    town: Town, case: triage.Case, merged: Melding, mailbox: Mailbox
) -> None:
    triage.take(case)
    triage.call_spam(triage.Case(melding_id=merged.pk, municipality=town.municipality, actor=case.actor))
    assert mailed(mailbox, "ander@example.org") == ""


def test_an_answer_that_was_for_everybody_is_not_when_the_melding_became_confidential(
    town: Town, case: triage.Case
) -> None:
    triage.answer(case, SAID, for_everybody=True)
    event = Event.objects.select_related("answer", "melding__category").get(kind="answered")
    assert reading.shared_answer(event, event.melding) == SAID
    town.container.is_confidential = True
    town.container.save()
    assert reading.shared_answer(event, case_melding(case)) == ""
