"""What pages and interfaces ask of the data, each question once."""

from django.db.models import Prefetch, QuerySet

from meldingen.models import Area, Category, Event, Melding, Municipality

# What a reporter may know of the history. Who did it, which team and what the machine thought stay inside.
PUBLIC_KINDS = (Event.Kind.RECEIVED, Event.Kind.MOVED, Event.Kind.ANSWERED)


def buurten(municipality: Municipality) -> QuerySet[Area]:
    """The buurten in use, without their borders, by name."""
    areas = Area.objects.filter(municipality=municipality, level=Area.Level.BUURT)
    return areas.filter(vintage=municipality.area_vintage or 0).defer("geometry").order_by("name", "code")


def categories(municipality: Municipality) -> QuerySet[Category]:
    """The categories that a reporter may choose: in use, under a main category in use; by the name of both."""
    own = Category.objects.filter(municipality=municipality, is_active=True, parent__is_active=True)
    return own.select_related("parent").order_by("parent__name_nl", "name_nl")


def followed(municipality: Municipality, token: str) -> Melding | None:
    """The melding of a private follow address with `public_events`, each with its answer; None when there is none."""
    events = Event.objects.filter(kind__in=PUBLIC_KINDS).select_related("answer").order_by("happened_at", "id")
    found = Melding.objects.filter(municipality=municipality, follow_token=token).select_related("buurt", "category")
    return found.defer("buurt__geometry").prefetch_related(Prefetch("events", events, to_attr="public_events")).first()
