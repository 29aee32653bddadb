"""What pages about an act on many say of it, for each kind of act and of a number of meldingen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meldingen.handling.models import BulkAct

Number = Callable[[int], str]
Kind = BulkAct.Kind


@dataclass(frozen=True)
class Words:
    """Before it: the question, what will become of them, who hears of it, the button. After it: what was done."""

    ask: Number
    fit: Number
    mailed: Number
    button: Number
    done: Number


def _mailed(n: int) -> str:
    if not n:
        return _("Nobody gets a mail.")
    return ngettext("%(n)d reporter gets a mail.", "%(n)d reporters get a mail.", n) % {"n": n}


# What is retired has a page of its own before it, which says all but these.
_RETIRING = Words(
    lambda n: ngettext("Give %(n)d melding to the successor", "Give %(n)d meldingen to the successor", n) % {"n": n},
    lambda n: ngettext("%(n)d goes to the successor.", "%(n)d go to the successor.", n) % {"n": n},
    lambda n: _("Nobody gets a mail."),
    lambda n: ngettext("Give %(n)d melding to the successor", "Give %(n)d meldingen to the successor", n) % {"n": n},
    lambda n: ngettext("The successor got %(n)d melding", "The successor got %(n)d meldingen", n) % {"n": n},
)

WORDS: Mapping[str, Words] = {
    Kind.CLOSE: Words(
        lambda n: ngettext("Close %(n)d melding", "Close %(n)d meldingen", n) % {"n": n},
        lambda n: ngettext("%(n)d is closed.", "%(n)d are closed.", n) % {"n": n},
        _mailed,
        lambda n: ngettext("Close %(n)d melding", "Close %(n)d meldingen", n) % {"n": n},
        lambda n: ngettext("%(n)d melding is closed", "%(n)d meldingen are closed", n) % {"n": n},
    ),
    Kind.ASSIGN: Words(
        lambda n: ngettext("Give %(n)d melding to a team", "Give %(n)d meldingen to a team", n) % {"n": n},
        lambda n: ngettext("%(n)d goes to the team.", "%(n)d go to the team.", n) % {"n": n},
        _mailed,
        lambda n: ngettext("Give %(n)d melding to this team", "Give %(n)d meldingen to this team", n) % {"n": n},
        lambda n: ngettext("The team got %(n)d melding", "The team got %(n)d meldingen", n) % {"n": n},
    ),
    Kind.HAND: Words(
        lambda n: ngettext("Give %(n)d melding to a colleague", "Give %(n)d meldingen to a colleague", n) % {"n": n},
        lambda n: ngettext("%(n)d goes to the colleague.", "%(n)d go to the colleague.", n) % {"n": n},
        lambda n: _("Nobody gets a mail. Team and state stay."),
        lambda n: (
            ngettext("Give %(n)d melding to this colleague", "Give %(n)d meldingen to this colleague", n) % {"n": n}
        ),
        lambda n: ngettext("The colleague got %(n)d melding", "The colleague got %(n)d meldingen", n) % {"n": n},
    ),
    Kind.PRIORITY: Words(
        lambda n: (
            ngettext("Change the priority of %(n)d melding", "Change the priority of %(n)d meldingen", n) % {"n": n}
        ),
        lambda n: ngettext("%(n)d gets the priority.", "%(n)d get the priority.", n) % {"n": n},
        lambda n: _("Nobody gets a mail. Terms and what was told stay."),
        lambda n: ngettext("Give %(n)d melding this priority", "Give %(n)d meldingen this priority", n) % {"n": n},
        lambda n: ngettext("%(n)d melding got the priority", "%(n)d meldingen got the priority", n) % {"n": n},
    ),
    Kind.MERGE: Words(
        lambda n: ngettext("Merge %(n)d melding", "Merge %(n)d meldingen into one", n) % {"n": n},
        lambda n: _("%(n)d become one.") % {"n": n} if n > 1 else _("There are no two of these that can be merged."),
        _mailed,
        lambda n: ngettext("Merge %(n)d melding", "Merge %(n)d meldingen into one", n) % {"n": n},
        lambda n: _("%(n)d meldingen are one now") % {"n": n} if n > 1 else _("Nothing was merged"),
    ),
    Kind.SPAM: Words(
        lambda n: ngettext("Is %(n)d melding spam?", "Are %(n)d meldingen spam?", n) % {"n": n},
        lambda n: ngettext("%(n)d is closed as spam.", "%(n)d are closed as spam.", n) % {"n": n},
        lambda n: _("Nobody gets a mail, and they do not count in the figures. Who sent them is forgotten in 14 days."),
        lambda n: ngettext("Yes, %(n)d melding is spam", "Yes, %(n)d meldingen are spam", n) % {"n": n},
        lambda n: ngettext("%(n)d melding is closed as spam", "%(n)d meldingen are closed as spam", n) % {"n": n},
    ),
    Kind.CORRECT: Words(
        lambda n: (
            ngettext("Change the category of %(n)d melding", "Change the category of %(n)d meldingen", n) % {"n": n}
        ),
        lambda n: ngettext("%(n)d gets the category.", "%(n)d get the category.", n) % {"n": n},
        _mailed,
        lambda n: ngettext("Give %(n)d melding this category", "Give %(n)d meldingen this category", n) % {"n": n},
        lambda n: ngettext("%(n)d melding got the category", "%(n)d meldingen got the category", n) % {"n": n},
    ),
    Kind.CATEGORY: _RETIRING,
    Kind.TEAM: _RETIRING,
}
