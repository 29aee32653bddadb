import json

import pytest
from django.contrib.gis.geos import MultiPolygon
from django.core.management import CommandError, call_command

from meldingen.models import Area, Melding, Municipality
from tests.factories import AreaFactory, MunicipalityFactory, RoutingRuleFactory
from tests.meldingen.importing.writing import square, write_folder
from tests.meldingen.importing.writing import town as square_town

HEADER = "id,gemeld_op,categorie_slug,longitude,latitude,afgehandeld_op\n"
GOOD = "1,2026-05-01T10:00:00+02:00,container-vol,4.37709,51.91265,2026-05-03\n"
BAD = "2,2026-05-01T10:00:00+02:00,bestaat-niet,4.37709,51.91265,\n"


def test_it_makes_a_municipality_with_its_hosts(db, tmp_path, capsys):
    path = tmp_path / "stad.json"
    given = {"code": "GM0606", "name": "Schiedam", "hosts": ["Meldingen.example"], "publisher": "S"}
    path.write_text(json.dumps(given | {"contact_email": "a@example.org"}))
    call_command("load_municipality", path)
    assert Municipality.objects.get().hosts.get().name == "meldingen.example"
    assert "GM0606" in capsys.readouterr().out


@pytest.mark.parametrize(
    "content", ["{}", "[", '{"code": "X", "name": "", "hosts": [], "publisher": "", "contact_email": ""}']
)
def test_a_broken_municipality_is_a_clear_error(db, tmp_path, content):
    path = tmp_path / "stad.json"
    path.write_text(content)
    with pytest.raises(CommandError, match=r"stad\.json"):
        call_command("load_municipality", path)


@pytest.mark.parametrize("hosts", ["s.example", ["s.example:8000"], ["s" * 254], ["a b"], [""], {"s.example": 1}])
def test_what_is_no_host_name_is_refused(db, tmp_path, hosts):
    path = tmp_path / "stad.json"
    given = {"code": "GM0606", "name": "S", "hosts": hosts, "publisher": "S", "contact_email": "a@b.nl"}
    path.write_text(json.dumps(given))
    with pytest.raises(CommandError, match=r"stad\.json.*hosts"):
        call_command("load_municipality", path)
    assert not Municipality.objects.exists()


def test_a_host_of_the_neighbour_is_refused(town, neighbour, tmp_path):
    path = tmp_path / "stad.json"
    given = {"code": "GM0606", "name": "S", "hosts": [neighbour.host], "publisher": "S", "contact_email": "a@b.nl"}
    path.write_text(json.dumps(given))
    with pytest.raises(CommandError, match=neighbour.host):
        call_command("load_municipality", path)


def test_an_unknown_municipality_lists_those_there_are(town):
    with pytest.raises(CommandError, match=town.municipality.code):
        call_command("load_areas", "GM0000", ".")


def areas(tmp_path, capsys, **options):
    """What load_areas says of the square town of Assen."""
    call_command("load_areas", "GM0106", write_folder(tmp_path, square_town()), verbosity=0, **options)
    return capsys.readouterr().out


def test_load_areas_says_what_is_in_use_and_whose_the_borders_are(db, tmp_path, capsys, settings):
    settings.LANGUAGE_CODE = "nl"
    MunicipalityFactory(code="GM0106", area_vintage=None)
    said = areas(tmp_path, capsys)
    assert "1 wijken en 1 buurten van 2025 in gebruik" in said
    assert "Kadaster / Centraal Bureau voor de Statistiek, 2025" in said
    assert "; daarvoor die van 2025" in areas(tmp_path, capsys, vintage=2026)


def test_load_areas_names_a_lost_rule_and_moves_it_when_asked(db, tmp_path, capsys):
    assen = MunicipalityFactory(code="GM0106", area_vintage=2024)
    old = AreaFactory(
        municipality=assen, code="BU01069999", vintage=2024, level="gemeente", geometry=MultiPolygon(square())
    )
    Area.objects.filter(pk=old.pk).update(level="buurt", parent=old)
    RoutingRuleFactory(municipality=assen, area=old, position=3)
    said = areas(tmp_path, capsys)
    assert "BU01060000 BU01060000 (100%)" in said
    assert "--move-rules" in said
    said = areas(tmp_path, capsys, move_rules=True)
    assert "BU01060000" in said
    assert "--move-rules" not in said


def test_load_areas_says_that_nothing_was_loaded(db, tmp_path, settings):
    settings.LANGUAGE_CODE = "nl"
    MunicipalityFactory(code="GM0106", area_vintage=None)
    with pytest.raises(CommandError, match=r"Er is niets geladen\."):
        call_command("load_areas", "GM0106", tmp_path, verbosity=0)


def test_rejects_are_written_with_line_column_and_reason(town, tmp_path):
    source, rejects = tmp_path / "m.csv", tmp_path / "rejects.csv"
    source.write_text(HEADER + GOOD + BAD)
    call_command("import_meldingen", town.municipality.code, source, rejects=rejects, verbosity=0)
    assert Melding.objects.count() == 1
    header, row = rejects.read_text().splitlines()
    assert header.endswith(HEADER.strip())
    assert row.startswith("3,categorie_slug,")


def test_a_column_without_a_field_is_a_clear_error(town, tmp_path):
    with pytest.raises(CommandError, match="FIELD=COLUMN"):
        call_command("import_meldingen", town.municipality.code, tmp_path / "x.csv", column=["id"])


def test_budget_and_terms_come_from_the_file_exactly(db, tmp_path):
    path = tmp_path / "stad.json"
    given = {"code": "GM0606", "name": "S", "hosts": ["s.example"], "publisher": "S", "contact_email": "a@b.nl"}
    path.write_text(json.dumps(given | {"epsilon_month": 0.1, "epsilon_year": 2, "retention_days": 30}))
    call_command("load_municipality", path)
    schiedam = Municipality.objects.get()
    assert (str(schiedam.epsilon_month), schiedam.epsilon_year, schiedam.retention_days) == ("0.100", 2, 30)


def test_rejects_are_kept_when_the_import_is_cut_off(town, tmp_path, monkeypatch):
    source, rejects = tmp_path / "m.csv", tmp_path / "rejects.csv"
    source.write_text(HEADER + BAD + GOOD)
    monkeypatch.setattr("meldingen.importing.meldingen.BATCH", 1)
    monkeypatch.setattr("meldingen.lifecycle.receive_many", _lose_power_at_the_second())
    with pytest.raises(KeyboardInterrupt):
        call_command("import_meldingen", town.municipality.code, source, rejects=rejects, verbosity=0)
    assert rejects.read_text().count("\n") == 2


def _lose_power_at_the_second():
    calls = []

    def receive_many(meldingen, closed_at):
        calls.append(meldingen)
        if len(calls) == 2:
            raise KeyboardInterrupt

    return receive_many
