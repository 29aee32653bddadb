"""Whose request it is, as far as limits ask: a network, read behind the proxies that we trust and no further."""

import logging
import time
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest

from meldingen.limits.networks import Address, narrow, read_address, wide

logger = logging.getLogger(__name__)
_WARN_SECONDS = 60.0


@dataclass(frozen=True)
class Sender:
    """The networks of one request, narrow and wide; empty when its address is unknown, and then nothing is counted.

    Their text is in no repr: that may end in a log.
    """

    narrow: str = field(default="", repr=False)
    wide: str = field(default="", repr=False)
    is_exempt: bool = False


def sender_of(request: HttpRequest) -> Sender:
    """The networks of the visitor. What a visitor says of themselves in headers is never believed."""
    address = _address(request)
    if address is None:
        return Sender()
    exempt = any(address in network for network in settings.LIMIT_EXEMPT if network.version == address.version)
    return Sender(str(narrow(address)), str(wide(address)), exempt)


def _address(request: HttpRequest) -> Address | None:
    """The last address that a trusted proxy saw.

    Each proxy puts whom it saw at the end of X-Forwarded-For, so the entry of the outermost of PROXY_HOPS is that many
    from the end; what stands before it is whatever the visitor liked. Without such an entry it is who connected to us.
    """
    hops: int = settings.PROXY_HOPS
    if hops:
        hosts = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        address = read_address(hosts[-hops]) if len(hosts) >= hops else None
        if address:
            return address
        _warn(hops)
    return read_address(request.META.get("REMOTE_ADDR", ""))


class _Warning:
    """When (monotonic seconds) this process may warn again."""

    after = 0.0


def _warn(hops: int) -> None:
    """Say once a minute that PROXY_HOPS is not what stands before us: all visitors are one network then."""
    if time.monotonic() >= _Warning.after:
        _Warning.after = time.monotonic() + _WARN_SECONDS
        logger.warning("X-Forwarded-For has no address from %s trusted proxies: limits count the proxy", hops)
