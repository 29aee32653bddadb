"""Looks for all that is broken in a municipality, the gravest first."""

import logging

from django.utils.translation import gettext as _

from meldingen.tenancy.models import Municipality
from meldingen.upkeep import machine, mail, places, queues, rules, work
from meldingen.upkeep.defects import Defect, for_operator

logger = logging.getLogger(__name__)

PARTS = (queues.look, mail.look, work.look, rules.look, machine.look, places.look)


def look(where: Municipality) -> list[Defect]:
    """What is broken now. A part that fails itself is one thing more, and hides no other."""
    defects: list[Defect] = []
    for part in PARTS:
        try:
            defects += part(where)
        except Exception:
            logger.exception("%s of %s cannot be looked at", part.__module__, where.code)
            defects.append(for_operator(_("Something could not be looked at; the log of the server says what.")))
    return sorted(defects, key=lambda defect: not defect.is_grave)
