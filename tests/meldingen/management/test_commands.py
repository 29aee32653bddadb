import json
from collections.abc import Callable
from contextlib import nullcontext
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.gis.geos import MultiPolygon
from django.core.management import CommandError, call_command
from pytest_django import Settings

from meldingen.categories.models import Category
from meldingen.places.models import Area
from meldingen.record.models import Melding
from meldingen.tenancy.models import Municipality, Team
from tests.factories import AreaFactory, MunicipalityFactory, RoutingRuleFactory, Town
from tests.meldingen.places.loading.writing import square, write_folder
from tests.meldingen.places.loading.writing import town as square_town

HEADER = "id,gemeld_op,categorie_slug,longitude,latitude,afgehandeld_op\n"
GOOD = "1,2026-05-01T10:00:00+02:00,container-vol,4.37709,51.91265,2026-05-03\n"
BAD = "2,2026-05-01T10:00:00+02:00,bestaat-niet,4.37709,51.91265,\n"


def test_it_makes_a_municipality_with_its_hosts(db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "stad.json"
    given = {"code": "GM0606", "name": "Schiedam", "hosts": ["Meldingen.example"], "publisher": "S"}
    path.write_text(json.dumps(given | {"contact_email": "a@example.org"}))
    call_command("load_municipality", path)
    assert Municipality.objects.get().hosts.get().name == "meldingen.example"
    assert "GM0606" in capsys.readouterr().out


@pytest.mark.parametrize(
    "content", ["{}", "[", '{"code": "X", "name": "", "hosts": [], "publisher": "", "contact_email": ""}']
)
def test_a_broken_municipality_is_a_clear_error(db: None, tmp_path: Path, content: str) -> None:
    path = tmp_path / "stad.json"
    path.write_text(content)
    with pytest.raises(CommandError, match=r"stad\.json"):
        call_command("load_municipality", path)


@pytest.mark.parametrize("hosts", ["s.example", ["s.example:8000"], ["s" * 254], ["a b"], [""], {"s.example": 1}])
def test_what_is_no_host_name_is_refused(db: None, tmp_path: Path, hosts: dict[str, int] | list[str] | str) -> None:
    path = tmp_path / "stad.json"
    given = {"code": "GM0606", "name": "S", "hosts": hosts, "publisher": "S", "contact_email": "a@b.nl"}
    path.write_text(json.dumps(given))
    with pytest.raises(CommandError, match=r"stad\.json.*hosts"):
        call_command("load_municipality", path)
    assert not Municipality.objects.exists()


def test_a_host_of_the_neighbour_is_refused(town: Town, neighbour: Town, tmp_path: Path) -> None:
    path = tmp_path / "stad.json"
    given = {"code": "GM0606", "name": "S", "hosts": [neighbour.host], "publisher": "S", "contact_email": "a@b.nl"}
    path.write_text(json.dumps(given))
    with pytest.raises(CommandError, match=neighbour.host):
        call_command("load_municipality", path)


def test_an_unknown_municipality_lists_those_there_are(town: Town) -> None:
    with pytest.raises(CommandError, match=town.municipality.code):
        call_command("load_areas", "GM0000", ".")


def areas(tmp_path: Path, capsys: pytest.CaptureFixture[str], **options: Any) -> str:
    """What load_areas says of the square town of Assen."""
    call_command("load_areas", "GM0106", write_folder(tmp_path, square_town()), verbosity=0, **options)
    return capsys.readouterr().out


def test_load_areas_says_what_is_in_use_and_whose_the_borders_are(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], settings: Settings
) -> None:
    settings.LANGUAGE_CODE = "nl"
    MunicipalityFactory.create(code="GM0106", area_vintage=None)
    said = areas(tmp_path, capsys)
    assert "1 wijken en 1 buurten van 2025 in gebruik" in said
    assert "Kadaster / Centraal Bureau voor de Statistiek, 2025" in said
    assert "; daarvoor die van 2025" in areas(tmp_path, capsys, vintage=2026)


def test_load_areas_names_a_lost_rule_and_moves_it_when_asked(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assen = MunicipalityFactory.create(code="GM0106", area_vintage=2024)
    old = AreaFactory.create(
        municipality=assen, code="BU01069999", vintage=2024, level="gemeente", geometry=MultiPolygon(square())
    )
    Area.objects.filter(pk=old.pk).update(level="buurt", parent=old)
    RoutingRuleFactory.create(municipality=assen, area=old, position=3)
    said = areas(tmp_path, capsys)
    assert "BU01060000 BU01060000 (100%)" in said
    assert "--move-rules" in said
    said = areas(tmp_path, capsys, move_rules=True)
    assert "BU01060000" in said
    assert "--move-rules" not in said


def test_load_areas_says_that_nothing_was_loaded(db: None, tmp_path: Path, settings: Settings) -> None:
    settings.LANGUAGE_CODE = "nl"
    MunicipalityFactory.create(code="GM0106", area_vintage=None)
    with pytest.raises(CommandError, match=r"Er is niets geladen\."):
        call_command("load_areas", "GM0106", tmp_path, verbosity=0)


def test_rejects_are_written_with_line_column_and_reason(town: Town, tmp_path: Path) -> None:
    source, rejects = tmp_path / "m.csv", tmp_path / "rejects.csv"
    source.write_text(HEADER + GOOD + BAD)
    call_command("import_meldingen", town.municipality.code, source, rejects=rejects, verbosity=0)
    assert Melding.objects.count() == 1
    header, row = rejects.read_text().splitlines()
    assert header.endswith(HEADER.strip())
    assert row.startswith("3,categorie_slug,")


def test_a_column_without_a_field_is_a_clear_error(town: Town, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="FIELD=COLUMN"):
        call_command("import_meldingen", town.municipality.code, tmp_path / "x.csv", column=["id"])


def test_budget_and_terms_come_from_the_file_exactly(db: None, tmp_path: Path) -> None:
    path = tmp_path / "stad.json"
    given = {"code": "GM0606", "name": "S", "hosts": ["s.example"], "publisher": "S", "contact_email": "a@b.nl"}
    path.write_text(json.dumps(given | {"epsilon_month": 0.1, "epsilon_year": 2, "retention_days": 30}))
    call_command("load_municipality", path)
    schiedam = Municipality.objects.get()
    assert [str(schiedam.epsilon_month), schiedam.epsilon_year, schiedam.retention_days] == ["0.100", 2, 30]


def test_rejects_and_outcome_are_told_when_the_import_is_cut_off(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source, rejects = tmp_path / "m.csv", tmp_path / "rejects.csv"
    source.write_text(HEADER + BAD + GOOD)
    monkeypatch.setattr("meldingen.intake.importing.meldingen.BATCH", 1)
    monkeypatch.setattr("meldingen.record.lifecycle.receive_many", _lose_power_at_the_second())
    with pytest.raises(KeyboardInterrupt):
        call_command("import_meldingen", town.municipality.code, source, rejects=rejects, verbosity=0)
    assert rejects.read_text().count("\n") == 2
    said = capsys.readouterr().out
    assert "0 aangenomen, 0 waren er al, 1 afgewezen" in said
    assert "afgebroken" in said


@pytest.mark.parametrize("place", ["weg/rejects.csv", "map", "m.csv"])
def test_where_no_rejects_can_be_written_nothing_is_imported(town: Town, tmp_path: Path, place: str) -> None:
    (tmp_path / "map").mkdir()
    source = tmp_path / "m.csv"
    source.write_text(HEADER + GOOD)
    with pytest.raises(CommandError, match="--rejects"):
        call_command("import_meldingen", town.municipality.code, source, rejects=tmp_path / place, verbosity=0)
    assert not Melding.objects.exists()
    assert source.read_text() == HEADER + GOOD


def test_a_full_disk_is_told_in_words_with_what_came_in(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "m.csv"
    source.write_text(HEADER + GOOD + BAD)
    with pytest.raises(CommandError, match="--rejects"):
        call_command("import_meldingen", town.municipality.code, source, rejects=Path("/dev/full"), verbosity=0)
    said = capsys.readouterr().out
    assert "1 aangenomen, 0 waren er al, 1 afgewezen" in said
    assert "afgebroken" in said


def test_refused_rows_may_go_nowhere(town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "m.csv"
    source.write_text(HEADER + GOOD + BAD)
    call_command("import_meldingen", town.municipality.code, source, rejects=Path("/dev/null"), verbosity=0)
    assert "1 aangenomen, 0 waren er al, 1 afgewezen" in capsys.readouterr().out


def test_an_earlier_rejects_file_stays_until_there_is_something_to_write(town: Town, tmp_path: Path) -> None:
    source, rejects, new = tmp_path / "m.csv", tmp_path / "rejects.csv", tmp_path / "new.csv"
    rejects.write_text("van gisteren\n" * 50)
    source.write_text(HEADER + GOOD)
    for path in (rejects, new):
        call_command("import_meldingen", town.municipality.code, source, rejects=path, verbosity=0)
    assert (rejects.read_text().startswith("van gisteren"), new.exists()) == (True, False)
    source.write_text(HEADER + BAD)
    call_command("import_meldingen", town.municipality.code, source, rejects=rejects, verbosity=0)
    assert "van gisteren" not in rejects.read_text()


def test_rejects_are_safe_in_a_spreadsheet_and_can_be_imported_again(town: Town, tmp_path: Path) -> None:
    source, rejects = tmp_path / "m.csv", tmp_path / "rejects.csv"
    row = BAD.replace(",\n", ',,"=HYPERLINK(""http://x"")"\n')
    source.write_text(HEADER.replace("\n", ",tekst\n") + row)
    call_command("import_meldingen", town.municipality.code, source, rejects=rejects, verbosity=0)
    assert "'=HYPERLINK" in rejects.read_text()
    rejects.write_text(rejects.read_text().replace("bestaat-niet", "dumping"))
    call_command("import_meldingen", town.municipality.code, rejects, rejects=tmp_path / "b.csv", verbosity=0)
    assert Melding.objects.get().text == '=HYPERLINK("http://x")'


def test_rejects_of_rejects_have_the_same_columns(town: Town, tmp_path: Path) -> None:
    first, second, third = (tmp_path / f"{name}.csv" for name in "abc")
    first.write_text(HEADER + BAD)
    for source, rejects in ((first, second), (second, third)):
        call_command("import_meldingen", town.municipality.code, source, rejects=rejects, verbosity=0)
    headers = [path.read_text().partition("\n")[0] for path in (second, third)]
    assert headers == [f"regel,kolom,reden,{HEADER.strip()}"] * 2


def test_the_reasons_are_told_with_their_number(town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "m.csv"
    source.write_text(HEADER + BAD + BAD.replace("2,2026", "3,2026"))
    call_command("import_meldingen", town.municipality.code, source, rejects=tmp_path / "r.csv", verbosity=0)
    assert "2 × categorie_slug: categorie “bestaat-niet” is onbekend" in capsys.readouterr().out


@pytest.mark.parametrize(("name", "is_known"), [("windows-1252", True), ("L1", True), ("base64", False), ("x", False)])
def test_an_encoding_is_one_that_people_have(town: Town, tmp_path: Path, name: str, is_known: bool) -> None:
    source = tmp_path / "m.csv"
    source.write_bytes((HEADER.strip() + ",tekst\n" + GOOD.strip() + ",café\n").encode("cp1252"))
    arguments = ["import_meldingen", town.municipality.code, str(source), "--encoding", name, "-v", "0"]
    arguments += ["--rejects", str(tmp_path / "r.csv")]
    if is_known:
        call_command(*arguments)
        assert Melding.objects.get().text == "café"
    else:
        with pytest.raises(CommandError, match="cp1252"):
            call_command(*arguments)


def test_teams_categories_and_rules_are_loaded_together_or_not_at_all(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    teams, categories, rules = (tmp_path / f"{name}.csv" for name in ("teams", "categories", "rules"))
    teams.write_text("slug,name,email\nbruggen,Bruggen,\n")
    header = "hoofdcategorie,categorie,naam_nl,naam_en,team,dagen,publiek,actief\n"
    categories.write_text(header + "brug,,Brug,,,,cijfers,ja\nbrug,open,Open,,bruggen,1,cijfers,ja\n")
    rules.write_text("volgorde,categorie,gebied,team,prioriteit,dagen\n1,bestaat-niet,,,hoog,\n")
    before = Team.objects.count(), Category.objects.count()
    with pytest.raises(CommandError, match=r"rules\.csv"):
        call_command("load_categories", town.municipality.code, categories, teams=teams, rules=rules)
    assert (Team.objects.count(), Category.objects.count()) == before
    assert "teams" not in capsys.readouterr().out


def _lose_power_at_the_second() -> Callable[..., Any]:
    calls = []

    def receive_many(meldingen: list[Melding], pasts: Any) -> list[list[None]]:
        calls.append(meldingen)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return [[None] * len(past) for past in pasts]

    return receive_many


@pytest.mark.parametrize(
    ("typed", "options", "days"),
    [("ja\n", {}, 40), ("Y\n", {}, 40), ("nee\n", {}, 365), ("\n", {}, 365), ("", {}, 365), ("", {"yes": True}, 40)],
)
def test_a_shorter_term_of_contact_details_is_asked_about(
    db: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    typed: str,
    options: dict[str, bool],
    days: int,
) -> None:
    path = tmp_path / "stad.json"
    given = {"code": "GM0606", "name": "S", "hosts": ["s.example"], "publisher": "S", "contact_email": "a@b.nl"}
    path.write_text(json.dumps(given))
    call_command("load_municipality", path)
    path.write_text(json.dumps(given | {"retention_days": 40}))
    monkeypatch.setattr("sys.stdin", StringIO(typed))
    with nullcontext() if days == 40 else pytest.raises(CommandError, match="--yes"):
        call_command("load_municipality", path, **options)
    assert Municipality.objects.get().retention_days == days
    assert ("die van 0 melders" in capsys.readouterr().out) == (not options)


def test_of_an_import_without_its_file_the_file_is_named_and_not_its_rejects(town: Town, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"^weg\.csv"):
        call_command("import_meldingen", town.municipality.code, tmp_path / "weg.csv", rejects=tmp_path / "a" / "b.csv")
