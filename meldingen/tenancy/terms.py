"""What a shorter term of contact details deletes. Who keeps contact details tells us how to count them."""

from collections.abc import Callable

from meldingen.tenancy.models import Municipality

# The number that a term of so many days deletes tonight and the term in force keeps.
Count = Callable[[Municipality, int], int]
_counts: list[Count] = []


def count_with(count: Count) -> None:
    """Ask `count` too; once, when the application starts."""
    if count not in _counts:
        _counts.append(count)


def forgotten_sooner(municipality: Municipality, days: int) -> int | None:
    """How many reporters a term of so many days forgets tonight that the term in force keeps; None: it is no shorter.

    `municipality` has the term in force. What is forgotten cannot be brought back: doors ask before they shorten it.
    """
    if days >= municipality.retention_days:
        return None
    return sum(count(municipality, days) for count in _counts)
