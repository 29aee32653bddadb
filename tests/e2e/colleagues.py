"""Colleagues at a browser, and a melding that they have."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.gis.geos import Point
from django.test import Client
from django.utils import timezone

from meldingen.categories.models import Category
from meldingen.places.models import Area
from meldingen.record import events, lifecycle, references
from meldingen.record.models import Melding
from meldingen.routing.models import Prediction
from meldingen.staffsite import entering
from meldingen.tenancy.models import Membership
from meldingen.tenancy.models.municipality import Municipality
from tests.factories import UserFactory, reporter_of

LIST = "/beheer/meldingen/melding/"


@pytest.fixture
def melding(lindewaard: Municipality) -> Any:
    """An urgent one with a pin, a reporter and a prediction."""
    buurt = Area.objects.filter(municipality=lindewaard, level="buurt").first()
    category = Category.objects.filter(municipality=lindewaard, parent__isnull=False).select_related("parent").first()
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
    label = f"{category.parent.slug}|{category.slug}"
    Prediction.objects.create(
        **own, category=category, probability=0.7, suggestions=[{"category": label, "probability": 0.7}],
        action="suggest", reason="below_threshold",
    )  # fmt: skip
    return made


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
