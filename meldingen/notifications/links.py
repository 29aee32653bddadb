"""Where the links of a mail lead, and who came by one.

Who makes a melding knows its private address as well, whatever e-mail address they fill in. So what only the holder of
the e-mail address may say asks for the token of the recipient, which stands in a mail and nowhere else.
"""

from django.urls import reverse
from django.utils.crypto import constant_time_compare

from meldingen.notifications.models import Recipient
from meldingen.record.models import Melding
from meldingen.tenancy.models import Municipality
from meldingen.tenancy.urls import absolute


def holder(melding: Melding, token: str) -> Recipient | None:
    """The recipient of the melding's own reporter when the token is theirs, else None."""
    reporters = melding.recipients.filter(kind=Recipient.Kind.REPORTER, token__isnull=False)
    recipient = reporters.select_related("melding__reporter").defer("melding__search").first()
    return recipient if recipient and constant_time_compare(recipient.token or "", token) else None


class Links:
    """The full addresses in a mail of one municipality; one query, whatever the number of links."""

    def __init__(self, municipality: Municipality) -> None:
        self.base = absolute(municipality, "")

    def page(self, recipient: Recipient) -> str:
        """Their own page, for who came by mail."""
        return self._to("volg", recipient)

    def stop(self, recipient: Recipient) -> str:
        """The page that stops the mails."""
        return self._to("volg_niet_ik", recipient)

    def _to(self, name: str, recipient: Recipient) -> str:
        """A reporter's page has an address that is known without a mail too; a follower's is the token."""
        if recipient.kind == Recipient.Kind.REPORTER and recipient.melding:
            return f"{self.base}{reverse(name, args=[recipient.melding.follow_token])}?mail={recipient.token}"
        return f"{self.base}{reverse(name, args=[recipient.token])}"
