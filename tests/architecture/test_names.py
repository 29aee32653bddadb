"""A name is what a thing is, not what happened to it (docs/glossary.md)."""

import pytest

from tests.architecture.participles import breaches
from tests.architecture.test_glossary import ROOT, SOURCES

# Rooms that the rule has not reached. A room that is clean leaves this list; none comes in.
NOT_REACHED = (
    "meldingen/handling",
    "meldingen/intake/importing",
    "meldingen/notifications",
    "meldingen/places/addresses",
    "meldingen/places/assets.py",
    "meldingen/places/views.py",
    "opendata/figures",
    "opendata/portal",
)
# What is left elsewhere: in files and figures that were handed out, or known to every room. It only becomes shorter.
LEFT = {
    "meldingen/classification/files.py": {"folded"},
    "meldingen/classification/model.py": {"folded"},
    "meldingen/classification/promise.py": {"stopped", "routed"},
    "meldingen/classification/training.py": {"routed"},
    "meldingen/demo/reports.py": {"received"},
    "meldingen/files/cells.py": {"broken"},
    "meldingen/languages.py": {"offered", "Stored"},
    "meldingen/places/base_map.py": {"Drawn"},
    "meldingen/places/geo.py": {"Located"},
    "meldingen/places/loading/addresses.py": {"rejected"},
    "meldingen/places/loading/areas.py": {"retired"},
    "meldingen/places/loading/assets.py": {"retired"},
    "meldingen/places/loading/layers.py": {"broken"},
    "meldingen/queueing.py": {"Counted"},
    "meldingen/record/events.py": {"happened"},
    "meldingen/record/queries.py": {"followed"},
    "meldingen/record/references.py": {"spaced"},
    "meldingen/record/workflow.py": {"CLOSED", "MAILED"},
    "meldingen/refusals.py": {"Refused"},
    "meldingen/routing/new_borders.py": {"moved", "lost"},
    "meldingen/routing/replanning.py": {"told", "planned"},
    "meldingen/tenancy/models/owned.py": {"Owned"},
    "opendata/datasets/declared.py": {"DECLARED"},
    "opendata/disclosure/mechanism.py": {"Drawn"},
}


def test_a_name_says_what_a_thing_is() -> None:
    places = {str(path.relative_to(ROOT)): path for path in SOURCES}
    names = {place: breaches(path.read_text()) for place, path in places.items() if not place.startswith(NOT_REACHED)}
    assert {place: those for place, those in names.items() if those} == LEFT


@pytest.mark.parametrize("room", NOT_REACHED)
def test_the_rule_has_not_reached_these_rooms(room: str) -> None:
    sources = [path for path in SOURCES if str(path.relative_to(ROOT)).startswith(room)]
    assert any(breaches(path.read_text()) for path in sources)


@pytest.mark.parametrize(
    "source",
    [
        "found = rows.first()",
        "def read(typed: str) -> str: ...",
        "def _told(mail: Mail) -> str: ...",
        "class Drawn: ...",
        "KEPT = 20",
        "for lost in rules: ...",
    ],
)
def test_the_rule_sees_a_participle(source: str) -> None:
    assert len(breaches(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "closed = state in ENDS",
        "expired = not token.is_valid()",
        "def mend(required: bool) -> bool: ...",
        'PLANNED = "planned"',
        "class Moved(Happening): ...",
        "class Rows(QuerySet):\n    def drawn(self) -> Rows: ...",
        "found_rows = rows.first()",
        "def read(path: Path) -> str: ...",
    ],
)
def test_a_yes_or_no_a_code_an_event_and_a_choice_of_rows_may_be_one(source: str) -> None:
    assert breaches(source) == set()
