"""Rows for tests, made through the same doors of the data layer that the product uses."""

from datetime import date, datetime
from typing import Any

import factory
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from django.utils import timezone

from meldingen.categories.models import Category
from meldingen.languages import Texts
from meldingen.notifications import recipients
from meldingen.notifications.models import Delivery, Recipient
from meldingen.places.models import Area
from meldingen.record import events, lifecycle, references
from meldingen.record.models import Event, Melding, Reporter
from meldingen.routing.models import RoutingRule
from meldingen.tenancy.models import Host, Membership, Municipality, Team, User

PASSWORD = "een-lang-wachtwoord"  # the one password of everybody in the tests


class MunicipalityFactory(factory.django.DjangoModelFactory[Municipality]):
    class Meta:
        model = Municipality
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"GM{(9000 + n) % 10_000:04d}")
    name = factory.Sequence(lambda n: f"Gemeente {n}")
    publisher_name = factory.LazyAttribute(lambda o: f"Gemeente {o.name}")
    contact_email = "contact@example.org"
    area_vintage = 2025
    registered_from = date(2020, 1, 1)
    declared_volume = 15_000
    audit_share = 0  # who is audited is drawn by chance

    @factory.post_generation  # type: ignore[untyped-decorator]
    def host(self: Any, create: bool, extracted: str | None, **kwargs: Any) -> None:
        Host.objects.create(municipality=self, name=extracted or f"{self.code.lower()}.example", is_primary=True)


def square(x: float, y: float, size: float = 1000) -> MultiPolygon:
    """A square in stored metres with its lower left corner at x, y."""
    ring = ((x, y), (x + size, y), (x + size, y + size), (x, y + size), (x, y))
    return MultiPolygon(Polygon(ring, srid=28992), srid=28992)


class AreaFactory(factory.django.DjangoModelFactory[Area]):
    class Meta:
        model = Area

    municipality = factory.SubFactory(MunicipalityFactory)
    level = Area.Level.GEMEENTE
    vintage = 2025
    code = factory.Sequence(lambda n: f"GM{n:04d}")
    name = factory.LazyAttribute(lambda o: f"Gebied {o.code}")
    geometry = factory.LazyFunction(lambda: square(85000, 436000, 2000))
    inhabitants = 1000


class TeamFactory(factory.django.DjangoModelFactory[Team]):
    class Meta:
        model = Team

    municipality = factory.SubFactory(MunicipalityFactory)
    slug = factory.Sequence(lambda n: f"team-{n}")
    name = factory.LazyAttribute(lambda o: f"Team {o.slug}")


class CategoryFactory(factory.django.DjangoModelFactory[Category]):
    class Meta:
        model = Category

    municipality = factory.SubFactory(MunicipalityFactory)
    slug = factory.Sequence(lambda n: f"categorie-{n}")
    name_texts = factory.LazyAttribute(lambda o: Texts(nl=o.name_nl, en=f"{o.slug.capitalize()} (en)"))

    class Params:
        name_nl = factory.LazyAttribute(lambda o: o.slug.capitalize())


class RoutingRuleFactory(factory.django.DjangoModelFactory[RoutingRule]):
    class Meta:
        model = RoutingRule

    position = factory.Sequence(lambda n: n)


class UserFactory(factory.django.DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"collega-{n}")
    password = factory.django.Password(PASSWORD)


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    role = Membership.Role.TRIAGE


class Town:
    """A municipality with one wijk of two buurten side by side, a main category with two under it, and two teams."""

    def __init__(self, host: str = "stad.example", **values: Any) -> None:
        self.municipality = MunicipalityFactory.create(host=host, **values)
        self.host = host
        number = self.municipality.code[2:]
        own = {"municipality": self.municipality}
        self.gemeente = AreaFactory.create(**own, code=f"GM{number}")
        self.wijk = AreaFactory.create(**own, code=f"WK{number}01", level="wijk", parent=self.gemeente)
        self.west, self.east = (
            AreaFactory.create(
                **own,
                code=f"BU{number}01{i:02d}",
                level="buurt",
                parent=self.wijk,
                geometry=square(85000 + 1000 * i, 436000),
            )
            for i in range(2)
        )
        self.cleaning = TeamFactory.create(**own, slug="reiniging", name="Reiniging")
        self.roads = TeamFactory.create(**own, slug="wegen", name="Wegen")
        self.waste = CategoryFactory.create(**own, slug="afval", name_nl="Afval")
        self.container = CategoryFactory.create(
            **own,
            slug="container-vol",
            name_nl="Container vol",
            parent=self.waste,
            default_team=self.cleaning,
            service_amount=3,
        )
        self.dumping = CategoryFactory.create(
            **own, slug="dumping", name_nl="Dumping", parent=self.waste, default_team=self.cleaning
        )

    def point(self) -> Point:
        """A place in the western buurt, in stored metres."""
        return Point(85500, 436500, srid=28992)

    def melding(self, received_at: datetime | None = None, **values: Any) -> Melding:
        """A melding as intake would store it, without a reporter."""
        melding = Melding(
            **{
                "municipality": self.municipality,
                "reference": references.new_reference(),
                "follow_token": references.new_follow_token(),
                "text": "De container puilt uit.",
                "buurt": self.west,
                "place_source": Melding.PlaceSource.BUURT,
                "source": Melding.Source.WEB,
                "received_at": received_at or timezone.now(),
            }
            | values
        )
        lifecycle.receive(melding, actor=events.REPORTER)
        return melding

    def member(self, role: str = "triage", **values: Any) -> User:
        """A colleague with a role here."""
        return MembershipFactory.create(municipality=self.municipality, role=role, **values).user


def reporter_of(melding: Melding, email: str = "melder@example.org", **values: Any) -> Reporter:
    """Who made it, as intake would store them: with an address they hear of it."""
    made = Reporter.objects.create(municipality=melding.municipality, melding=melding, email=email, **values)
    if email:
        recipients.add_reporter(made)
    return made


def recipient_of(melding: Melding) -> Recipient:
    """The recipient of the melding's own reporter."""
    return Recipient.objects.get(melding=melding, kind=Recipient.Kind.REPORTER)


def follower_of(melding: Melding, email: str = "volger@example.org", **values: Any) -> Recipient:
    """Somebody who follows it and said so."""
    follower = recipients.add_follower(melding, email, "nl")
    for name, value in ({"confirmed_at": timezone.now()} | values).items():
        setattr(follower, name, value)
    follower.save()
    return follower


def delivery_of(event: Event, recipient: Recipient | None = None, **values: Any) -> Delivery:
    """A mail about an event, not stored: to the melding's reporter, unless it is an alarm or for another recipient."""
    if values.get("purpose") == Delivery.Purpose.ALARM:
        recipient = recipients.duty_mailbox(event.municipality)
    purpose = Delivery.Purpose.RECEIPT if event.kind == Event.Kind.RECEIVED else Delivery.Purpose.NEWS
    return Delivery(
        **{
            "municipality": event.municipality,
            "event": event,
            "recipient": recipient or recipient_of(event.melding),
            "purpose": purpose,
        }
        | values
    )


def mail_due(event: Event, recipient: Recipient | None = None, **values: Any) -> Delivery:
    """The same, stored and due."""
    delivery = delivery_of(event, recipient, **values)
    delivery.save()
    return delivery
