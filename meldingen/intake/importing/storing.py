"""A batch of rows becomes meldingen with their history, in one transaction."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.contrib.gis.geos import Point
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meldingen.classification.emergencies import find_danger
from meldingen.files.rejects import Reject
from meldingen.intake.importing.past import Arrival
from meldingen.notifications import recipients
from meldingen.places import geo
from meldingen.places.addresses.many import nearest_of_all
from meldingen.questions import asking
from meldingen.record import events, lifecycle, references, rows, workflow
from meldingen.record.models import Answer, Melding, Note, Reporter, Satisfaction
from meldingen.routing import planning, routes
from meldingen.tenancy.models import Municipality

_TRIES = 3
Pairs = Sequence[tuple[Melding, Arrival]]


def store(municipality: Municipality, arrivals: Sequence[Arrival]) -> tuple[int, int, list[Reject]]:
    """How many were stored, how many were there already, and those that lie nowhere here.

    What somebody else stored at this very moment, a reference or an id, costs another try.
    """
    for _attempt in range(_TRIES):
        try:
            return _store_once(municipality, arrivals)
        except IntegrityError as error:
            last = error
    raise last


@transaction.atomic
def _store_once(municipality: Municipality, arrivals: Sequence[Arrival]) -> tuple[int, int, list[Reject]]:
    # The index has no empty ids, and the planner does not see by itself that none of a thousand is empty.
    with_id = Melding.objects.of(municipality).exclude(external_id="")
    present = with_id.filter(external_id__in=[arrival.row.external_id for arrival in arrivals])
    there = set(present.values_list("external_id", flat=True))
    new = [arrival for arrival in arrivals if arrival.row.external_id not in there]
    points = geo.from_doors([(arrival.row.longitude, arrival.row.latitude) for arrival in new])
    fresh = iter(_fresh_references(municipality, len(new)))
    pairs, outside = [], []
    for arrival, point, place in zip(new, points, geo.locate(municipality, points), strict=True):
        if place.buurt_id is None:
            outside.append(Reject(arrival.row.line, "", _nowhere(place), arrival.row.cells))
            continue
        pairs.append((_melding(municipality, arrival, point, place.buurt_id, next(fresh)), arrival))
    _name_addresses(municipality, [melding for melding, _arrival in pairs])
    history = lifecycle.receive_many(
        [melding for melding, _arrival in pairs], [[each.past for each in arrival.told] for _m, arrival in pairs]
    )
    _store_words(pairs, history)
    _store_grades(pairs)
    asking.keep_all((melding, reply) for melding, arrival in pairs for reply in arrival.row.answers)
    _store_reporters(municipality, pairs)
    for melding, arrival in pairs:
        if melding.state in workflow.OPEN and not arrival.is_planned:
            routes.route(melding)
    return len(pairs), len(there), outside


def _nowhere(place: geo.Located) -> str:
    if place.in_gemeente:
        return _("in the gemeente, but further than %(metres)d metres from every buurt") % {"metres": geo.NEAR}
    return _("outside this municipality")


def _fresh_references(municipality: Municipality, number: int) -> list[str]:
    """References that no melding of the municipality has: of a hundred thousand beside two million, some are taken."""
    fresh: set[str] = set()
    while len(fresh) < number:
        draw = {references.new_reference() for _ in range(number - len(fresh))}
        in_use = Melding.objects.of(municipality).filter(reference__in=draw)
        fresh |= draw - set(in_use.values_list("reference", flat=True))
    return list(fresh)


def _melding(
    municipality: Municipality, arrival: Arrival, point: Point | None, buurt_id: int, reference: str
) -> Melding:
    row = arrival.row
    melding = Melding(
        municipality=municipality,
        reference=reference,
        follow_token=references.new_follow_token(),
        text=row.text,
        point=point,
        place_source=_place_source(arrival),
        place_text=row.address,
        asset_id=row.asset_id,
        buurt_id=buurt_id,
        category=arrival.category,
        category_by=Melding.CategoryBy.IMPORT if arrival.category else Melding.CategoryBy.NOBODY,
        team=arrival.team,
        deadline=arrival.deadline,
        source=row.channel,
        received_at=row.received_at,
        external_id=row.external_id,
    )
    if arrival.closed_at is None:  # what is still open and dangerous goes to the top of people's list
        routes.mark_danger(melding, find_danger(melding.text))
        melding.deadline = melding.deadline or planning.deadline_of_danger(melding)
        if row.category is None:  # the sweep asks the model, as for any other
            melding.prediction_due_at = row.received_at
    return melding


def _place_source(arrival: Arrival) -> Melding.PlaceSource:
    if arrival.row.asset_id is not None:
        return Melding.PlaceSource.OBJECT
    return Melding.PlaceSource.ADDRESS if arrival.row.address else Melding.PlaceSource.PIN


def _name_addresses(municipality: Municipality, meldingen: Sequence[Melding]) -> None:
    """As for a melding that comes by any other door: the address that it names, else the nearest to its point."""
    places = [(melding, melding.point) for melding in meldingen if melding.point is not None]
    found = nearest_of_all(municipality, [(point, melding.place_text) for melding, point in places])
    for (melding, _point), address in zip(places, found, strict=True):
        melding.address = address


def _store_words(pairs: Pairs, history: Sequence[Sequence[int]]) -> None:
    """What colleagues wrote, each beside its Event."""

    def values(name: str) -> Iterator[dict[str, Any]]:
        for (melding, arrival), own_events in zip(pairs, history, strict=True):
            own = {"municipality_id": melding.municipality_id, "melding_id": melding.pk}
            for each, event_id in zip(arrival.told, own_events, strict=True):
                if text := getattr(each, name):
                    author = each.past.actor.person
                    yield own | {"event_id": event_id, "text": text, "author_id": author and author.pk}

    rows.insert_values(Answer, [each | {"for_everybody": False} for each in values("answer")])
    rows.insert_values(Note, list(values("note")))


def _store_grades(pairs: Pairs) -> None:
    """How content reporters were with what was closed: the last that each of them said."""
    grades = []
    for melding, arrival in pairs:
        ratings = [each.past for each in arrival.told if isinstance(each.past.happened, events.Rated)]
        if ratings and isinstance(ratings[-1].happened, events.Rated):
            own = {"municipality_id": melding.municipality_id, "melding": melding}
            grades.append(Satisfaction(**own, grade=ratings[-1].happened.grade, said_at=ratings[-1].when))
    Satisfaction.objects.bulk_create(grades)


def _store_reporters(municipality: Municipality, pairs: Pairs) -> None:
    """Who reported, unless they would be forgotten tonight."""
    oldest = timezone.now() - timedelta(days=municipality.retention_days)
    reporters = []
    for melding, arrival in pairs:
        contact = arrival.row.contact
        if contact and (melding.closed_at is None or melding.closed_at >= oldest):
            reporters.append(
                Reporter(municipality=municipality, melding=melding, closed_at=melding.closed_at, **contact)
            )
    Reporter.objects.bulk_create(reporters)
    recipients.add_reporters(reporters)
