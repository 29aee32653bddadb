"""Figures of the CBS for areas that are there, in the columns of its table of a year, of its maps and of StatLine."""

from pathlib import Path

import pytest

from meldingen.files.reading import BrokenFile
from meldingen.places.loading.kerncijfers import load_kerncijfers
from meldingen.places.models import Area
from tests.factories import Town

TABLE = "gwb_code_10;gwb_code_8;regio;gm_naam;recs;gwb_code;a_inw;a_00_14;a_15_24;a_25_44;a_45_64;a_65_oo;a_hh;bev_dich"
STATLINE = (
    "ID;WijkenEnBuurten;Gemeentenaam_1;SoortRegio_2;Codering_3;AantalInwoners_5;k_0Tot15Jaar_8;k_15Tot25Jaar_9;"
    "k_25Tot45Jaar_10;k_45Tot65Jaar_11;k_65JaarOfOuder_12;HuishoudensTotaal_29;Bevolkingsdichtheid_34"
)


def written(folder: Path, *lines: str) -> Path:
    path = folder / "kwb.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def row(code: str, *figures: object) -> str:
    return ";".join(map(str, [code, code[2:], "Naam", "Gemeente", "Buurt", code[2:], *figures]))


def test_the_table_of_a_year_gives_figures_and_says_whose(town: Town, tmp_path: Path) -> None:
    others = row("BU00010000", 10, 1, 1, 1, 1, 1, 5, 100)
    path = written(tmp_path, TABLE, others, row(town.west.code, 1250, 250, 125, 375, 250, 250, 600, 4100))
    outcome = load_kerncijfers(town.municipality, path, 2025)
    west = Area.objects.get(pk=town.west.pk)
    assert (west.inhabitants, west.households, west.density) == (1250, 600, 4100)
    assert west.ages == {"p_00_14": 20, "p_15_24": 10, "p_25_44": 30, "p_45_64": 20, "p_65_plus": 20}
    assert west.figures_source == "CBS, Kerncijfers wijken en buurten 2025"
    assert (outcome.number, town.east.code in outcome.absent) == (1, True)


@pytest.mark.parametrize("unknown", ["-99997", ".", "", "-99999999"])
def test_what_the_cbs_does_not_tell_becomes_unknown(town: Town, tmp_path: Path, unknown: str) -> None:
    Area.objects.filter(pk=town.west.pk).update(inhabitants=3, ages={"p_65_plus": 9})
    load_kerncijfers(town.municipality, written(tmp_path, TABLE, row(town.west.code, *[unknown] * 8)), 2025)
    west = Area.objects.get(pk=town.west.pk)
    assert (west.inhabitants, west.households, west.density, west.ages) == (None, None, None, {})


def test_statline_is_read_too(town: Town, tmp_path: Path) -> None:
    line = f"7;Naam;Gemeente;Buurt;{town.west.code}  ;    1000;100;100;300;300;200;    480;   2500"
    load_kerncijfers(town.municipality, written(tmp_path, STATLINE, line), 2025)
    west = Area.objects.get(pk=town.west.pk)
    assert (west.inhabitants, west.households, west.density, west.ages["p_65_plus"]) == (1000, 480, 2500, 20)


@pytest.mark.parametrize("broken", ["veel", "-5", "1,250"])
def test_a_broken_cell_loads_nothing_and_is_named(town: Town, tmp_path: Path, broken: str) -> None:
    good = row(town.east.code, 77, 1, 1, 1, 1, 1, 1, 1)
    path = written(tmp_path, TABLE, good, row(town.west.code, broken, 1, 1, 1, 1, 1, 1, 1))
    with pytest.raises(BrokenFile, match=r"kwb\.csv, (regel|line) 3"):
        load_kerncijfers(town.municipality, path, 2025)
    assert not Area.objects.filter(inhabitants=77).exists()


def test_figures_of_another_year_go_where_they_are_sent(town: Town, tmp_path: Path) -> None:
    path = written(tmp_path, TABLE, row(town.west.code, 1250, 1, 1, 1, 1, 1, 600, 4100))
    with pytest.raises(BrokenFile, match="--borders"):
        load_kerncijfers(town.municipality, path, 2024)
    assert load_kerncijfers(town.municipality, path, 2024, borders=2025).vintage == 2025
    assert Area.objects.get(pk=town.west.pk).figures_source.endswith("2024")


@pytest.mark.parametrize("lines", [["a;b", "1;2"], [TABLE, row("BU00010000", *[1] * 8)], [TABLE]])
def test_a_file_without_our_areas_is_refused(town: Town, tmp_path: Path, lines: list[str]) -> None:
    with pytest.raises(BrokenFile):
        load_kerncijfers(town.municipality, written(tmp_path, *lines), 2025)


def test_the_same_code_twice_is_refused(town: Town, tmp_path: Path) -> None:
    line = row(town.west.code, *[1] * 8)
    with pytest.raises(BrokenFile, match=town.west.code):
        load_kerncijfers(town.municipality, written(tmp_path, TABLE, line, line), 2025)


def test_the_figures_of_a_neighbour_stay(town: Town, tmp_path: Path) -> None:
    neighbour = Town(host="buren.example")
    Area.objects.filter(pk=neighbour.west.pk).update(inhabitants=5)
    path = written(tmp_path, TABLE, row(town.west.code, *[9] * 8), row(neighbour.west.code, *[9] * 8))
    load_kerncijfers(town.municipality, path, 2025)
    assert Area.objects.get(pk=neighbour.west.pk).inhabitants == 5
