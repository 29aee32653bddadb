"""How a melding is closed by a colleague, and why: reasons are codes of one list, the same in every municipality.

An Event keeps the code. What reporter and followers read for it stands in `notifications.labels`, in each language.
"""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from meldingen.record import workflow


class Reason(models.TextChoices):
    """Why it ended so, as colleagues read it. A code is never used for something else; new ones may be added."""

    REPAIRED = "repaired", _("Repaired or replaced")
    CLEARED = "cleared", _("Cleared or cleaned")
    GONE = "gone", _("Gone when we came")
    SPOKEN = "spoken", _("Spoken to the people involved")

    PROVINCE = "province", _("Province")
    NATIONAL = "national", _("Rijkswaterstaat")
    WATER_BOARD = "water_board", _("Water board")
    NEIGHBOUR = "neighbour", _("Another municipality")
    CABLES = "cables", _("Owner of cables or pipes")
    RAILWAYS = "railways", _("ProRail or NS")
    TRANSPORT = "transport", _("Public transport company")
    HOUSING = "housing", _("Housing association")
    POLICE = "police", _("Police")
    FORMAL = "formal", _("Who decides on objections, claims and complaints")

    NOT_FOUND = "not_found", _("Nothing found on the spot")
    ALLOWED = "allowed", _("Within the rules")
    PRIVATE = "private", _("On private ground")
    WORKS = "works", _("Part of works that are planned here")
    REPORTED = "reported", _("Reported before")
    UNCLEAR = "unclear", _("Too little is known")
    CHOICE = "choice", _("The municipality decided against it")
    NO_TASK = "no_task", _("Not a task of the municipality")


class Shortfall(models.TextChoices):
    """Why it is not solved after all, as its reporter says; as fixed as reasons are."""

    BROKEN = "still_broken", _("Still broken or still there")
    HALF = "half_done", _("Half done")
    PLACE = "wrong_place", _("Done at the wrong place")
    BACK = "came_back", _("Came back")
    WORDS = "own_words", _("In their own words")


# By the state into which it is closed. None chosen: the words of the colleague say why.
REASONS: Mapping[str, tuple[Reason, ...]] = {
    workflow.SOLVED: (Reason.REPAIRED, Reason.CLEARED, Reason.GONE, Reason.SPOKEN),
    workflow.FORWARDED: (
        Reason.PROVINCE, Reason.NATIONAL, Reason.WATER_BOARD, Reason.NEIGHBOUR, Reason.CABLES, Reason.RAILWAYS,
        Reason.TRANSPORT, Reason.HOUSING, Reason.POLICE,
        Reason.FORMAL,
    ),
    workflow.DECLINED: (
        Reason.NOT_FOUND, Reason.ALLOWED, Reason.PRIVATE, Reason.WORKS, Reason.REPORTED, Reason.UNCLEAR, Reason.CHOICE,
        Reason.NO_TASK,
    ),
}  # fmt: skip
# Who hears that it goes to somebody else, or that nothing is done, hears where and why.
NEEDS_REASON = frozenset({workflow.FORWARDED, workflow.DECLINED})
