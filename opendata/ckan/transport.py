"""How a CKAN is spoken to: ckanapi carries the calls, and whatever goes wrong becomes words for the operator."""

from typing import Any

import requests
from ckanapi import RemoteCKAN
from ckanapi.errors import CKANAPIError, NotAuthorized, NotFound, ServerIncompatibleError, ValidationError

from opendata.models import CkanPush

CONNECT_SECONDS, ANSWER_SECONDS = 10, 60
LATER = {429, 500, 502, 503, 504}


class PortalRefused(Exception):
    """The portal does not do what is asked; trying again changes nothing. The message says what to do, `why` what the
    data steward reads of it.
    """

    def __init__(self, message: str, why: CkanPush.Failure = CkanPush.Failure.REFUSED) -> None:
        super().__init__(message)
        self.why = why


class PortalAway(Exception):
    """The portal is away or busy; later it may do it. `seconds`: how long it asks to wait, 0 when it does not say."""

    why = CkanPush.Failure.AWAY

    def __init__(self, message: str, seconds: int = 0) -> None:
        super().__init__(message)
        self.seconds = seconds


class Ckan:
    """One CKAN, by its address and a token of an editor there."""

    def __init__(self, address: str, token: str) -> None:
        session = requests.Session()
        session.hooks["response"].append(_look_at)
        self.remote = RemoteCKAN(address, apikey=token, user_agent="meldingen", session=session)

    def find(self, action: str, **data: Any) -> Any | None:
        """What an action shows, or None where there is no such thing."""
        try:
            return self.call(action, **data)
        except NotFound:
            return None

    def call(self, action: str, **data: Any) -> Any:
        """What an action answers. PortalRefused, PortalAway, or ckanapi's NotFound."""
        try:
            return self.remote.call_action(action, data, requests_kwargs={"timeout": (CONNECT_SECONDS, ANSWER_SECONDS)})
        except NotAuthorized as error:
            raise PortalRefused(
                "The portal refuses the token: it was revoked, or its user is no editor of the organisation. Make a "
                "new one there and give it with --token-file.",
                CkanPush.Failure.TOKEN,
            ) from error
        except NotFound:
            raise
        except ValidationError as error:
            raise PortalRefused(f"The portal does not take {action}: {error}") from error
        except (requests.ConnectionError, requests.Timeout) as error:
            raise PortalAway(f"The portal cannot be reached ({type(error).__name__}).") from error
        except (CKANAPIError, ServerIncompatibleError, ValueError, requests.RequestException) as error:
            raise PortalRefused(f"The portal answers {action} in a way that CKAN does not.") from error


def _look_at(response: requests.Response, *args: Any, **kwargs: Any) -> None:
    """What ckanapi would not tell apart: busy, moved, and a page where data should be."""
    if response.status_code in LATER:
        wait = response.headers.get("Retry-After", "")
        raise PortalAway(f"The portal answers {response.status_code}.", int(wait) if wait.isdigit() else 0)
    if 300 <= response.status_code < 400:
        where = response.headers.get("Location", "elsewhere")
        raise PortalRefused(
            f"The portal has moved to {where}: give its new address with --address.", CkanPush.Failure.ADDRESS
        )
    if "json" not in response.headers.get("Content-Type", ""):
        raise PortalRefused(
            "The portal answers with a page and not with data: it is not the address of a CKAN, or something before it "
            "asks to log in. Open it with /api/3/action/status_show behind it, and give the right one with --address.",
            CkanPush.Failure.ADDRESS,
        )
