"""What somebody says, and it can be stored."""

import uuid

import pytest

from meldingen.intake.submission import Submission
from meldingen.languages import Texts
from meldingen.places.models import Asset, AssetKind
from tests.factories import Town


@pytest.fixture
def said(town: Town) -> Submission:
    """A lamp, in the west."""
    return Submission(text="Lamp kapot", buurt_code=town.west.code, submission_key=uuid.uuid4())


@pytest.fixture
def lamp(town: Town) -> Asset:
    """Of the kind that everything about waste asks for, in the east."""
    own, name = {"municipality": town.municipality}, Texts(nl="Lichtmast")
    kind = AssetKind.objects.create(**own, slug="lichtmast", name_texts=name, plural_texts=name, asked_by=["afval"])
    return Asset.objects.create(**own, kind=kind, number="L-12", buurt=town.east, point=town.east.geometry.centroid)
