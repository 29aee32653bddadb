"""The secret part of a link: made from a row and the secret key, so that the row alone gives nobody the link."""

import base64

from django.utils.crypto import salted_hmac

from meldingen.tenancy.models import Invitation


def token_of(invitation: Invitation) -> str:
    """What stands in the link of an invitation, the same each time that it is asked."""
    digest = salted_hmac("meldingen.invitation", invitation.salt, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def address_key(address: str) -> str:
    """The same for one address in whatever case, and nothing that an address can be read from."""
    return salted_hmac("meldingen.colleague", address.strip().lower(), algorithm="sha256").hexdigest()
