"""Open work that lies with nobody who is here."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meldingen.record import queries
from meldingen.tenancy.models import Municipality
from meldingen.upkeep.defects import Defect, Subject


def look(where: Municipality) -> Iterator[Defect]:
    """What who left still has in hand: it stands in nobody's own list."""
    for person, number in queries.leavers(where):
        words = ngettext(
            "%(person)s is no colleague any more and still has %(n)d open melding in hand.",
            "%(person)s is no colleague any more and still has %(n)d open meldingen in hand.",
            number,
        )
        sentence = words % {"person": person.get_full_name() or person.get_username(), "n": number}
        path = f"{reverse('admin:index')}?list=open&person={person.pk}"
        yield Defect(Subject.WORK, sentence, _("Give them to somebody else"), path)
