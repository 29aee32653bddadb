"""Which state may follow which: pure data, no Django. `lifecycle` asks; nobody else moves a melding."""

from collections.abc import Mapping

NEW = "new"
ASSIGNED = "assigned"
IN_PROGRESS = "in_progress"
SOLVED = "solved"
FORWARDED = "forwarded"
DECLINED = "declined"
REOPENED = "reopened"

OPEN = frozenset({NEW, ASSIGNED, IN_PROGRESS, REOPENED})
CLOSED = frozenset({SOLVED, FORWARDED, DECLINED})

# Why a melding is declined that counts in no figure and of which nobody hears: a reason, for there is no such state.
SPAM = "spam"

_FROM_OPEN = frozenset({ASSIGNED, IN_PROGRESS}) | CLOSED
TRANSITIONS: Mapping[str, frozenset[str]] = {
    NEW: _FROM_OPEN,
    ASSIGNED: _FROM_OPEN - {ASSIGNED},
    IN_PROGRESS: _FROM_OPEN - {IN_PROGRESS},
    REOPENED: _FROM_OPEN,
    SOLVED: frozenset({REOPENED}),
    FORWARDED: frozenset({REOPENED}),
    DECLINED: frozenset({REOPENED}),
}


class TransitionRefused(Exception):
    """The workflow knows no way from one state to the other. `from_state` and `to_state` say which."""

    def __init__(self, from_state: str, to_state: str) -> None:
        super().__init__(f"{from_state} -> {to_state}")
        self.from_state = from_state
        self.to_state = to_state


def check(from_state: str, to_state: str) -> None:
    """Raise TransitionRefused unless `to_state` may follow `from_state`."""
    if to_state not in TRANSITIONS.get(from_state, frozenset()):
        raise TransitionRefused(from_state, to_state)
