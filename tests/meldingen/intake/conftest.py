"""What somebody says, and it can be stored."""

import uuid

import pytest

from meldingen.intake.submission import Submission
from tests.factories import Town


@pytest.fixture
def said(town: Town) -> Submission:
    """A lamp, in the west."""
    return Submission(text="Lamp kapot", buurt_code=town.west.code, submission_key=uuid.uuid4())
