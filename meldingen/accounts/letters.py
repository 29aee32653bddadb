"""The mails to colleagues, as text and simple HTML."""

import re
import secrets
from email.headerregistry import Address
from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from meldingen.accounts.links import token_of
from meldingen.tenancy.models import Invitation, Municipality, User
from meldingen.tenancy.urls import absolute

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_GAPS = re.compile(r"\n[ \n]+\n")  # what tags leave behind


def invitation_letter(invitation: Invitation) -> EmailMultiAlternatives:
    """Asks whether somebody wants to become a colleague; its link works once."""
    where = invitation.municipality
    with translation.override(invitation.language), timezone.override(where.time_zone):
        link = absolute(where, reverse("admin:accept_invitation", args=[token_of(invitation)]))
        title = _("Invitation to work in the meldingen of %(name)s") % {"name": where.name}
        context = {"municipality": where, "link": link, "until": invitation.expires_at, "title": title}
        return _letter(where, invitation.email, title, "accounts/mail/invitation", context, invitation.language)


def reset_letter(where: Municipality, user: User, language: str) -> EmailMultiAlternatives:
    """The link for a new password."""
    with translation.override(language):
        mark = urlsafe_base64_encode(force_bytes(user.pk))
        parts = {"uidb64": mark, "token": default_token_generator.make_token(user)}
        link = absolute(where, reverse("admin:password_reset_confirm", kwargs=parts))
        title = _("A new password for the meldingen of %(name)s") % {"name": where.name}
        context = {"municipality": where, "link": link, "username": user.get_username(), "title": title}
        return _letter(where, user.email, title, "accounts/mail/reset", context, language)


def _letter(
    where: Municipality, to: str, title: str, template: str, context: dict[str, Any], language: str
) -> EmailMultiAlternatives:
    name, _at, domain = where.contact_email.rpartition("@")
    letter = EmailMultiAlternatives(
        subject=_one_line(title),
        body=_GAPS.sub("\n\n", render_to_string(f"{template}.txt", context)).strip() + "\n",
        from_email=str(Address(_one_line(where.publisher_name), name, domain)),
        to=[to],
        headers={
            "Message-ID": f"<{secrets.token_hex(20)}@{domain}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": language,
        },
    )
    letter.attach_alternative(render_to_string(f"{template}.html", context | {"language": language}), "text/html")
    return letter


def _one_line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())
