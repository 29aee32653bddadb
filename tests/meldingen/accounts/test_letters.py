"""What a mail to a colleague says, and where its link leads."""

from django.test import Client
from django.utils import translation

from meldingen.accounts import invitations, letters
from meldingen.accounts.invitations import Rights
from tests.factories import Town


def test_an_invitation_has_its_link_and_until_when(town: Town) -> None:
    with translation.override("nl"):
        made = invitations.invite(town.municipality, "nel@example.org", Rights("triage"), town.member("manager"))
    letter = letters.invitation_letter(made)
    link = f"http://{town.host}/beheer/uitnodiging/"
    assert link in str(letter.body)
    assert link in str(letter.alternatives[0][0])
    assert (letter.to, letter.from_email) == (
        ["nel@example.org"],
        f"Gemeente {town.municipality.name} <contact@example.org>",
    )
    assert Client(headers={"host": town.host}).get(str(letter.body).split(town.host)[1].split()[0]).status_code == 200


def test_it_is_in_the_language_of_who_invites(town: Town) -> None:
    for language, words in (("nl", "Uitnodiging"), ("en", "Invitation")):
        with translation.override(language):
            made = invitations.invite(town.municipality, "nel@example.org", Rights("triage"), town.member("manager"))
        assert words in letters.invitation_letter(made).subject


def test_a_name_with_line_breaks_makes_no_header(town: Town) -> None:
    town.municipality.name = "Stad\r\nBcc: ander@example.org"
    user = town.member(user__email="nel@example.org")
    letter = letters.reset_letter(town.municipality, user, "nl")
    assert "\n" not in letter.subject
    assert "Bcc" not in dict(letter.message().items())


def test_the_link_for_a_new_password_names_the_account(town: Town) -> None:
    user = town.member(user__email="nel@example.org")
    letter = letters.reset_letter(town.municipality, user, "nl")
    assert user.username in str(letter.body)
    assert f"http://{town.host}/beheer/wachtwoord/" in str(letter.body)
