"""The states of a melding: what may follow what, and what each does. Pure data, no Django.

`lifecycle` asks; nobody else moves a melding. docs/states.md shows this table in words, and a test compares the two.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

NEW = "new"
ASSIGNED = "assigned"
IN_PROGRESS = "in_progress"
PLANNED = "planned"
WAITING = "waiting"
SOLVED = "solved"
FORWARDED = "forwarded"
DECLINED = "declined"
WITHDRAWN = "withdrawn"
SPAM = "spam"
THREAT = "threat"
REOPENED = "reopened"


class Term(StrEnum):
    """What a state does to the deadline."""

    RUNS = "runs"
    RESTS = "rests"  # not late while it lasts
    ENDS = "ends"


@dataclass(frozen=True, kw_only=True)
class Effects:
    """What a state does. `mails`: the reporter hears when a colleague brings the melding there. `measure`: as what the
    exact figures of staff count it, empty for not at all. `is_drawn`: the published figures count the melding, from
    its receipt on. `teaches`: the classifier learns from it. `reads_as`: the state that reporter and follower read.
    """

    term: Term
    mails: bool = True
    measure: str = ""
    is_drawn: bool = True
    teaches: bool = False
    reads_as: str


STATES: Mapping[str, Effects] = {
    NEW: Effects(term=Term.RUNS, reads_as=NEW),
    ASSIGNED: Effects(term=Term.RUNS, reads_as=ASSIGNED),
    IN_PROGRESS: Effects(term=Term.RUNS, reads_as=IN_PROGRESS),
    PLANNED: Effects(term=Term.RUNS, reads_as=PLANNED),
    WAITING: Effects(term=Term.RESTS, reads_as=WAITING),
    REOPENED: Effects(term=Term.RUNS, measure="reopened", reads_as=REOPENED),
    SOLVED: Effects(term=Term.ENDS, measure="solved", teaches=True, reads_as=SOLVED),
    FORWARDED: Effects(term=Term.ENDS, measure="forwarded", teaches=True, reads_as=FORWARDED),
    DECLINED: Effects(term=Term.ENDS, measure="declined", teaches=True, reads_as=DECLINED),
    WITHDRAWN: Effects(term=Term.ENDS, mails=False, reads_as=WITHDRAWN),
    # Who sent these hears nothing of it, and reads what anybody reads whose report is not taken up.
    SPAM: Effects(term=Term.ENDS, mails=False, is_drawn=False, reads_as=DECLINED),
    THREAT: Effects(term=Term.ENDS, mails=False, reads_as=DECLINED),
}
CLOSED = frozenset(state for state, effects in STATES.items() if effects.term is Term.ENDS)
OPEN = frozenset(STATES) - CLOSED
# In which a melding can be late.
RUNNING = frozenset(state for state, effects in STATES.items() if effects.term is Term.RUNS)
# Named by what they are not: a count compares each melding with these, and they are few.
UNDRAWN = frozenset(state for state, effects in STATES.items() if not effects.is_drawn)
MAILED = tuple(state for state, effects in STATES.items() if effects.mails)
# Who sent these reads another state than the real one, and hears nothing, of whatever.
UNHEARD = frozenset(state for state, effects in STATES.items() if effects.reads_as != state)
TEACHING = frozenset(state for state, effects in STATES.items() if effects.teaches)

_FROM_OPEN = OPEN - {NEW, REOPENED} | CLOSED
TRANSITIONS: Mapping[str, frozenset[str]] = {
    state: _FROM_OPEN - {state} if state in OPEN else frozenset({REOPENED}) for state in STATES
} | {PLANNED: _FROM_OPEN, WAITING: _FROM_OPEN}  # planned for another day; asked once more


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


def public(state: str) -> str:
    """The state as reporter and follower read it; empty where an event has none."""
    return STATES[state].reads_as if state else ""
