"""Whether the domain of an e-mail address looks like a well-known one with a slip in it."""

from difflib import get_close_matches

# Where most people in the Netherlands have their mail; only long names, for a short one is near too many others.
_COMMON = (
    *("gmail.com", "hotmail.com", "hotmail.nl", "outlook.com", "outlook.nl", "icloud.com", "yahoo.com", "ziggo.nl"),
    *("kpnmail.nl", "planet.nl", "xs4all.nl", "hetnet.nl", "upcmail.nl", "casema.nl", "telfort.nl", "quicknet.nl"),
    *("zeelandnet.nl", "protonmail.com"),
)
# Real ones that are near to them.
_OTHERS = frozenset({"ymail.com", "mail.com", "email.com", "hotmail.fr", "hotmail.co.uk", "yahoo.co", "googlemail.com"})
_LIKE = 0.88  # by difflib: one letter more, less or in another place in nine


def likely_address(address: str) -> str:
    """The address that was meant, perhaps; empty where there is nothing to ask."""
    local, _at, domain = address.rpartition("@")
    name = domain.casefold()
    if not local or name in _COMMON or name in _OTHERS:
        return ""
    near = get_close_matches(name, _COMMON, n=1, cutoff=_LIKE)
    return f"{local}@{near[0]}" if near else ""
