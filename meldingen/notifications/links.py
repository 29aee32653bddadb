"""Where the links of a mail lead, and the key by which the holder of its address is known there.

Who makes a melding knows its private address as well, whatever e-mail address they fill in. So what only the holder of
the e-mail address may say asks for a key that stands in a mail and nowhere else.
"""

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from meldingen.record.models import Melding, Reporter
from meldingen.tenancy.models import Municipality
from meldingen.tenancy.urls import absolute

_SALT = "meldingen.notifications.links"


def key_of(melding: Melding, reporter: Reporter) -> str:
    """The key of the holder of the reporter's e-mail address, for this melding."""
    return Signer(salt=_SALT).signature(_signed(melding, reporter))


def holder(melding: Melding, key: str) -> Reporter | None:
    """The reporter of the melding when the key is that of their address, else None."""
    reporter = Reporter.objects.filter(melding=melding).exclude(email="").first()
    if reporter is None:
        return None
    try:
        Signer(salt=_SALT).unsign(f"{_signed(melding, reporter)}:{key}")
    except BadSignature:
        return None
    return reporter


class Links:
    """The full addresses in a mail of one municipality; one query, whatever the number of links."""

    def __init__(self, municipality: Municipality) -> None:
        self.base = absolute(municipality, "")

    def page(self, melding: Melding, reporter: Reporter) -> str:
        """The private page, for who came by mail."""
        return self._to("volg", melding, reporter)

    def not_me(self, melding: Melding, reporter: Reporter) -> str:
        """The page that stops the mails."""
        return self._to("volg_niet_ik", melding, reporter)

    def _to(self, name: str, melding: Melding, reporter: Reporter) -> str:
        return f"{self.base}{reverse(name, args=[melding.follow_token])}?mail={key_of(melding, reporter)}"


def _signed(melding: Melding, reporter: Reporter) -> str:
    return f"{melding.follow_token}/{reporter.email}"
