"""Colleagues at a browser, and a melding that they have."""

import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.gis.geos import Point
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

from meldingen.categories.models import Category
from meldingen.places.addresses.spelling import key_of
from meldingen.places.models import Address, Area, Street
from meldingen.record import events, lifecycle, references
from meldingen.record.models import Melding
from meldingen.routing.models import Prediction
from meldingen.staffsite import entering
from meldingen.tenancy.models import Membership
from meldingen.tenancy.models.municipality import Municipality
from tests.factories import UserFactory, reporter_of
from tests.sure import sure

LIST = "/beheer/meldingen/melding/"


@pytest.fixture
def melding(lindewaard: Municipality) -> Any:
    """An urgent one with a pin, a reporter and a prediction."""
    buurt = sure(Area.objects.filter(municipality=lindewaard, level="buurt").first())
    under_main = Category.objects.filter(municipality=lindewaard, parent__isnull=False)
    category = sure(under_main.select_related("parent").first())
    centre = buurt.geometry.point_on_surface
    made = Melding(
        municipality=lindewaard, reference=references.new_reference(), follow_token=references.new_follow_token(),
        text="De lantaarnpaal staat scheef.", buurt=buurt, point=Point(centre.x, centre.y, srid=centre.srid),
        place_source="pin", source="web", received_at=timezone.now(), category=category, priority=4,
        deadline=timezone.now() - timedelta(days=2),
    )  # fmt: skip
    lifecycle.receive(made, actor=events.REPORTER)
    own = {"municipality": lindewaard, "melding": made}
    reporter_of(made, "wim@example.org", name="Wim")
    label = f"{sure(category.parent).slug}|{category.slug}"
    Prediction.objects.create(
        **own, category=category, probability=0.7, suggestions=[{"category": label, "probability": 0.7}],
        action="suggest", reason="below_threshold",
    )  # fmt: skip
    return made


def press(page: Page, key: str) -> None:
    """Once the page listens: its words stand there before its script has run."""
    page.wait_for_load_state()
    page.keyboard.press(key)


def copies(melding: Melding, texts: Iterable[str], *, guess: bool = False, **changes: Any) -> list[Melding]:
    """A melding for each text, a minute older each: like that one, but without its danger; with a guess when asked."""
    made = []
    for number, text in enumerate(texts):
        one = Melding.objects.get(pk=melding.pk)
        one.pk, one.reference, one.follow_token = None, references.new_reference(), references.new_follow_token()
        one.text, one.priority, one.danger = text, 2, ""
        one.received_at = timezone.now() - timedelta(minutes=number + 1)
        for name, value in changes.items():
            setattr(one, name, value)
        lifecycle.receive(one, actor=events.REPORTER)
        if guess:
            said = melding.prediction
            Prediction.objects.create(
                municipality=one.municipality, melding=one, category=said.category, probability=0.7,
                suggestions=said.suggestions, action="suggest", reason="below_threshold",
            )  # fmt: skip
        made.append(one)
    return made


@pytest.fixture
def dorpsstraat(lindewaard: Municipality) -> Address:
    """Number 12, somewhere in a buurt."""
    buurt = Area.objects.filter(municipality=lindewaard, level="buurt").first()
    assert buurt is not None
    own = {"municipality": lindewaard}
    street = Street.objects.create(
        **own, name="Dorpsstraat", place="Lindewaard", key=key_of("Dorpsstraat"), place_key=key_of("Lindewaard")
    )
    return Address.objects.create(**own, street=street, number=12, buurt=buurt, point=buurt.geometry.point_on_surface)


@pytest.fixture
def logged_in(open_page: Callable[..., Any], lindewaard: Municipality, live_server: Any) -> Any:
    """Opens the site as a colleague with a role, who logged in before: test_accounts.py does it on the page."""

    def opened(role: str, **options: Any) -> Any:
        user = UserFactory.create(username=f"collega-{role}")
        Membership.objects.create(user=user, municipality=lindewaard, role=role)
        client = Client()
        client.force_login(user)
        session = client.session
        session[entering.SEEN] = int(time.time())
        session.save()
        page = open_page(**options)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
        page.context.add_cookies([cookie | {"url": live_server.url.replace("127.0.0.1", "localhost")}])
        page.goto(LIST)
        return page

    return opened
