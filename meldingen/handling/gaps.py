"""What a colleague fills in themselves before a text goes out: in a standard text it stands as ___."""

import re

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from meldingen.refusals import Refused

GAP = "___"
_GAPS = re.compile(r"_{3,}")
_BESIDE = 40  # characters of the text that say which gap is meant


def check(text: str) -> None:
    """Refused where something is open still, with the words before it."""
    gap = _GAPS.search(text)
    if gap is None:
        return
    before = text[max(0, gap.start() - _BESIDE) : gap.start()]
    line = " ".join(before.rpartition("\n")[2].split())
    message = format_lazy(_("Fill in what is open still, or take it away: “{words}”"), words=f"{line} {GAP}".strip())
    raise Refused("gap", message, "text")
