import email
import email.policy
from datetime import timedelta
from typing import Any

import pytest
from django.utils import formats, timezone

from meldingen.languages import Texts
from meldingen.notifications.messages import digest_of, message_for
from meldingen.notifications.models import Recipient
from meldingen.record import events, lifecycle
from meldingen.record.models import Event
from meldingen.tenancy.models import Host
from tests.factories import Town, delivery_of
from tests.meldingen.notifications.reporters import TEXT, answered, html, mail_of, plain, reported

TYPED = ("puilt", "stinkt", "afval", "kwaad.example", "Dorpsstraat", "Jansen")


def subject_of(event: Event) -> str:
    return str(message_for(delivery_of(Event.objects.get(pk=event.pk))).subject)


def test_the_receipt_has_reference_moment_category_buurt_and_private_page(town: Town) -> None:
    melding = reported(town, reference="ABCD2345")
    mail = mail_of(melding.events.get())
    for words in (plain(mail), html(mail)):
        assert "ABCD-2345" in words
        assert f"{melding.received_at:%Y}" in words
        assert "Container vol" in words
        assert town.west.name in words
        assert f"http://stad.example/volg/{melding.follow_token}?mail=" in words
        assert f"http://stad.example/volg/{melding.follow_token}/niet-ik?mail=" in words


@pytest.mark.parametrize("move", [None, "in_progress", "solved", "declined"])
def test_no_mail_has_a_word_that_was_typed(town: Town, move: Any) -> None:
    melding = reported(town, place_text="Dorpsstraat 12", name="Jansen")
    event = lifecycle.move(melding, move, actor=events.SWEEP) if move else melding.events.get()
    mail = mail_of(answered(town, event, "Wij komen donderdag.") if move else event)
    for typed in TYPED:
        assert typed not in mail["Subject"] + plain(mail) + html(mail)


@pytest.mark.parametrize(
    "quote",
    [
        "Zie http://kwaad.example/x voor meer.",
        "U schreef: de container PUILT UIT. Er ligt <b>afval</b>.",
        "Kijk op kwaad.example.",
    ],
)
def test_an_answer_that_repeats_what_was_typed_stands_on_the_page_only(town: Town, quote: str) -> None:
    event = answered(town, lifecycle.move(reported(town), "solved", actor=events.SWEEP), quote)
    mail = mail_of(event)
    for words in (plain(mail), html(mail)):
        assert "U leest ons antwoord op uw eigen pagina." in words
        assert "kwaad" not in words.casefold()
        assert "puilt uit" not in words.casefold()


@pytest.mark.parametrize(
    ("state", "begin"),
    [
        ("new", "Ontvangen"), ("assigned", "Bij een team"), ("in_progress", "Wij zijn bezig"), ("solved", "Opgelost"),
        ("forwarded", "Doorgestuurd"), ("declined", "Niet opgepakt"),
    ],
)  # fmt: skip
def test_a_subject_says_the_state_and_what_it_is_about(town: Town, state: str, begin: str) -> None:
    melding = reported(town)
    event = melding.events.get() if state == "new" else lifecycle.move(melding, state, actor=events.SWEEP)
    assert subject_of(event) == f"{begin}: container vol"


def test_without_a_category_the_day_says_which_melding_it_is(town: Town) -> None:
    melding = reported(town, category=None)
    assert subject_of(melding.events.get()).startswith("Ontvangen: uw melding van ")
    assert subject_of(lifecycle.change(melding, events.Answered(), actor=events.SWEEP)).startswith(
        "Antwoord: uw melding van "
    )


def test_a_name_in_capitals_keeps_them(town: Town) -> None:
    town.container.name_texts = Texts(nl="NS-station")
    town.container.save()
    assert subject_of(reported(town).events.get()) == "Ontvangen: NS-station"


@pytest.mark.parametrize(
    ("language", "words"), [("nl", ("Goedendag", "Container vol")), ("en", ("Good day", "(en)", "Received on"))]
)
def test_a_mail_is_in_the_language_of_the_reporter(town: Town, language: str, words: Any) -> None:
    mail = mail_of(reported(town, language=language).events.get())
    assert mail["Content-Language"] == language
    for each in (plain(mail), html(mail)):
        assert all(word in each for word in words)


def test_it_comes_from_the_municipality(town: Town) -> None:
    town.municipality.publisher_name = 'Gemeente Stád, afdeling "Buiten" <x>'
    town.municipality.save()
    raw = mail_of(reported(town).events.get()).as_bytes()
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    (sender,) = mail["From"].addresses
    assert (sender.display_name, sender.addr_spec) == (town.municipality.publisher_name, "contact@example.org")
    assert mail["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    ("phone", "there", "not_there"),
    [
        ("14 0123", ("geen antwoorden op deze mail", "Bel: ", "14 0123"), "contact@example.org"),
        ("", ("Mail: ", "contact@example.org"), "geen antwoorden"),
    ],
)
def test_who_has_a_question_reads_whom_to_ask(town: Town, phone: str, there: Any, not_there: Any) -> None:
    town.municipality.phone = phone
    town.municipality.save()
    mail = mail_of(reported(town).events.get())
    for words in (plain(mail), html(mail)):
        assert all(each in words for each in there)
        assert not_there not in words
    assert ('href="tel:140123"' in html(mail)) == bool(phone)


def test_who_hears_no_hears_why_first(town: Town) -> None:
    event = answered(
        town, lifecycle.move(reported(town), "declined", actor=events.SWEEP), "Deze weg is van de provincie."
    )
    mail = mail_of(event)
    for words in (plain(mail), html(mail)):
        reason, outcome = words.index("Deze weg is van de provincie."), words.index("pakken wij deze melding niet op")
        assert words.index("Bedankt voor uw melding") < reason < outcome


def test_an_answer_is_text_and_no_markup(town: Town) -> None:
    mail = mail_of(answered(town, lifecycle.move(reported(town), "solved", actor=events.SWEEP), "Geleegd. <3"))
    assert "Geleegd. <3" in plain(mail)
    assert "Geleegd. &lt;3" in html(mail)


def test_a_long_answer_with_odd_characters_arrives_whole(town: Town) -> None:
    text = "💧 lekkage " * 400 + "\n\n" + "x" * 3000
    mail = mail_of(answered(town, lifecycle.move(reported(town), "solved", actor=events.SWEEP), text))
    assert "x" * 3000 in plain(mail)
    assert all(len(line) <= 998 for line in mail.as_bytes().splitlines())


def test_a_mail_names_no_colleague(town: Town) -> None:
    author = town.member(user__first_name="Zoë", user__last_name="Geheim")
    melding = reported(town)
    mail = mail_of(lifecycle.move(melding, "solved", actor=events.by(author)))
    assert not {"Zoë", "Geheim", author.username} & set((plain(mail) + html(mail)).split())


def test_who_confirmed_is_not_asked_again(town: Town) -> None:
    melding = reported(town)
    Recipient.objects.update(confirmed_at=melding.received_at)
    mail = mail_of(melding.events.get())
    for words in (plain(mail), html(mail)):
        assert "niet-ik" not in words
        assert "Dit is mijn melding" not in words


@pytest.mark.parametrize("name", ["Stad\r\nBcc: iedereen@example.org", "Stad\nBcc: x", "Stad\u2028Bcc: x"])
def test_no_header_can_be_smuggled_in(town: Town, name: str) -> None:
    town.municipality.publisher_name, town.container.name_texts = name, Texts(nl=name)
    town.municipality.save()
    town.container.save()
    raw = mail_of(reported(town).events.get()).as_bytes()
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert mail["Bcc"] is None
    assert "Bcc" in mail["Subject"]


def test_the_link_is_on_the_primary_host_with_the_public_port(town: Town, settings: Any) -> None:
    settings.PUBLIC_PORT, settings.HTTPS = 8443, True
    Host.objects.create(municipality=town.municipality, name="aaa.example")
    assert "https://stad.example:8443/volg/" in plain(mail_of(reported(town).events.get()))


def test_a_digest_names_each_melding_once_with_its_state_and_all_answers(town: Town) -> None:
    first, second = reported(town), reported(town, category=None)
    told = [
        first.events.get(), second.events.get(),
        answered(town, lifecycle.move(first, "in_progress", actor=events.SWEEP), "Wij komen."),
        answered(town, lifecycle.move(first, "solved", actor=events.SWEEP), "Geleegd."),
    ]  # fmt: skip
    digest = digest_of([delivery_of(Event.objects.get(pk=event.pk)) for event in told])
    assert digest.subject == "Nieuws over 2 meldingen"
    mail = digest.message()
    for words in (plain(mail), html(mail)):
        assert words.count(f"/volg/{first.follow_token}?mail=") == 1
        assert words.count(f"/volg/{second.follow_token}?mail=") == 1
        assert words.index("Het is opgelost.") < words.index("Wij komen.") < words.index("Geleegd.")
        assert words.count("/niet-ik?mail=") == 1
        assert not [typed for typed in TYPED if typed in words]


def test_the_text_of_these_tests_has_what_they_look_for() -> None:
    assert all(typed in TEXT for typed in TYPED[:4])


def test_the_mail_that_it_is_solved_says_until_when_one_may_disagree(town: Town) -> None:
    event = lifecycle.move(reported(town), "solved", actor=events.SWEEP)
    mail = mail_of(event)
    day = formats.date_format(timezone.localdate() + timedelta(days=14), "l j F")
    for words in (plain(mail), html(mail)):
        assert f"Is het niet opgelost? Druk op uw eigen pagina op “Nee, nog niet”, uiterlijk {day}." in words
    other = mail_of(lifecycle.move(reported(town), "declined", actor=events.SWEEP))
    assert "Nee, nog niet" not in plain(other)
