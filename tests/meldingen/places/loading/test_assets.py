from collections.abc import Callable
from pathlib import Path

import pytest

from meldingen.files.reading import BrokenFile
from meldingen.places.loading.assets import Outcome, load_assets, load_kinds
from meldingen.places.models import Asset, AssetKind
from tests.factories import Town

KINDS = "soort,naam,naam_en,meervoud,categorieen\nlichtmast,Lichtmast,Lamp post,Lichtmasten,afval\n"
HEAD = "soort,nummer,naam,actief,x,y"
Load = Callable[..., Outcome]


@pytest.fixture
def load(town: Town, tmp_path: Path) -> Load:
    kinds = tmp_path / "soorten.csv"
    kinds.write_text(KINDS + "container,Container,,Containers,container-vol\n")
    load_kinds(town.municipality, kinds, {"afval", "container-vol"})

    def run(*lines: str) -> Outcome:
        path = tmp_path / "objecten.csv"
        path.write_text("\n".join([HEAD, *lines]))
        return load_assets(town.municipality, path)

    return run


def test_a_kind_has_names_and_is_asked_by_categories(load: Load, town: Town) -> None:
    kind = AssetKind.objects.of(town.municipality).get(slug="lichtmast")
    assert (dict(kind.name_texts), kind.asked_by) == ({"nl": "Lichtmast", "en": "Lamp post"}, ["afval"])


def test_a_kind_that_asks_for_an_unknown_category_is_refused(town: Town, tmp_path: Path) -> None:
    path = tmp_path / "soorten.csv"
    path.write_text(KINDS)
    with pytest.raises(BrokenFile, match="afval"):
        load_kinds(town.municipality, path, set())


def test_objects_are_loaded_with_their_buurt(load: Load, town: Town) -> None:
    outcome = load("lichtmast,L-1,Bij de brug,,86500,436500", "container,L-1,,nee,85500,436500")
    assert (outcome.number, outcome.retired) == ({"lichtmast": 1, "container": 0}, 0)
    assert Asset.objects.of(town.municipality).get(label="Bij de brug").buurt == town.east


def test_what_a_later_file_leaves_out_is_no_longer_in_use_and_stays(load: Load, town: Town) -> None:
    load("lichtmast,L-1,,,85500,436500", "lichtmast,L-2,,,85501,436500", "container,C-1,,,85500,436500")
    kept = Asset.objects.of(town.municipality).get(number="L-1").pk
    assert load("lichtmast,L-1,Nieuw,,85600,436500").retired == 1
    rows = Asset.objects.of(town.municipality).order_by("number").values_list("number", "is_active")
    assert list(rows) == [("C-1", True), ("L-1", True), ("L-2", False)]
    assert Asset.objects.of(town.municipality).get(number="L-1").pk == kept


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("lichtmast,L-2,,,185500,436500", "L-2"),
        ("lichtmast,L-1,,,85600,436500", "L-1"),
        ("bank,B-1,,,85500,436500", "bank"),
        ("lichtmast,,,,85500,436500", "nummer"),
        ("lichtmast,L-3,,misschien,85500,436500", "misschien"),
        ("lichtmast,L-3,,,hier,436500", "x"),
    ],
)
def test_a_file_with_a_wrong_object_loads_nothing_and_says_where(load: Load, town: Town, line: str, words: str) -> None:
    with pytest.raises(BrokenFile, match=words):
        load("lichtmast,L-1,,,85500,436500", line)
    assert not Asset.objects.of(town.municipality).exists()
