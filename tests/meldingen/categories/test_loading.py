import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from meldingen.categories.loading import load_categories
from meldingen.categories.models import Category, in_words
from meldingen.files.reading import BrokenFile
from meldingen.languages import Texts
from meldingen.routing.loading import load_rules
from meldingen.routing.models import RoutingRule
from meldingen.tenancy.models import Team
from meldingen.tenancy.teams import load_teams
from tests.factories import Town
from tests.sure import sure

HEADER = "hoofdcategorie,categorie,naam_nl,naam_en,uitleg_nl,uitleg_en,team,dagen,publiek,actief\n"
GOOD = "groen,,Groen,Green,,,,,cijfers,ja\ngroen,boom,Boom,Tree,Let op.,,reiniging,5,kaart,ja\n"


@pytest.fixture
def path(tmp_path: Path) -> Callable[..., Any]:
    def write(content: str, name: str = "bestand.csv") -> Path:
        (tmp_path / name).write_text(content)
        return tmp_path / name

    return write


def test_categories_come_in_two_levels_with_team_and_term(town: Town, path: Callable[..., Any]) -> None:
    assert load_categories(town.municipality, path(HEADER + GOOD)) == 1
    boom = Category.objects.get(slug="boom")
    assert (sure(boom.parent).slug, boom.default_team, boom.service_amount, boom.public_as) == (
        "groen",
        town.cleaning,
        5,
        "kaart",
    )


def test_a_second_run_changes_nothing(town: Town, path: Callable[..., Any]) -> None:
    load_categories(town.municipality, path(HEADER + GOOD))
    before = list(Category.objects.order_by("pk").values())
    load_categories(town.municipality, path(HEADER + GOOD))
    assert list(Category.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(
    ("right", "wrong", "column"),
    [
        ("reiniging,5", "bestaat-niet,5", "team"),
        ("reiniging,5,kaart", "reiniging,vijf,kaart", "dagen"),
        ("groen,boom", "groen,Boom!", "categorie"),
        ("groen,boom", 'groen,"bo\nom"', "categorie"),
        ("groen,boom", "gras,boom", "hoofdcategorie"),
        ("Tree", "T" * 101, "naam_en"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_loaded(
    town: Town, path: Callable[..., Any], right: str, wrong: str, column: str
) -> None:
    before = Category.objects.count()
    with pytest.raises(BrokenFile, match=rf"bestand\.csv, regel 3, kolom {column}: "):
        load_categories(town.municipality, path(HEADER + GOOD.replace(right, wrong)))
    assert Category.objects.count() == before


@pytest.mark.parametrize("active", ["", "Nee", "no", "0"])
def test_active_is_yes_or_no_and_nothing_else(town: Town, path: Callable[..., Any], active: str) -> None:
    before = Category.objects.count()
    with pytest.raises(BrokenFile, match=rf"bestand\.csv.* 3.*actief.*“{active}”"):
        load_categories(town.municipality, path(HEADER + GOOD.removesuffix("ja\n") + f"{active}\n"))
    assert Category.objects.count() == before


def test_what_is_not_active_is_kept_so(town: Town, path: Callable[..., Any]) -> None:
    load_categories(town.municipality, path(HEADER + GOOD.removesuffix("ja\n") + "nee\n"))
    assert list(Category.objects.filter(slug__in=["groen", "boom"], is_active=True).values_list("slug")) == [("groen",)]


def test_a_code_may_stand_on_both_levels(town: Town, path: Callable[..., Any]) -> None:
    given = [
        {"slug": "overig", "name": "Overig", "parent": "overig", "parent_slug": "overig", "departments": ["A (B)"]}
    ]
    assert load_categories(town.municipality, path(json.dumps(given), "c.json")) == 1
    assert Category.objects.filter(slug="overig").count() == 2
    assert Team.objects.get(slug="a-b").name == "A (B)"


@pytest.mark.parametrize(
    "wrong",
    [
        {"slug": None},
        {"slug": "A B"},
        {"slug": "a\0"},
        {"parent_slug": "a\0"},
        {"name": "n" * 101},
        {"name": "\ud800"},
        {"departments": "A"},
        {"departments": [{}]},
    ],
)
def test_json_of_another_shape_is_broken(town: Town, path: Callable[..., Any], wrong: dict[str, Any]) -> None:
    category = {"slug": "x", "name": "X", "parent": "Y", "parent_slug": "y", "departments": []}
    for given in (wrong, category | wrong):
        with pytest.raises(BrokenFile, match=r"c\.json"):
            load_categories(town.municipality, path(json.dumps([given]), "c.json"))


@pytest.mark.parametrize(("wrong", "name"), [("name", "x, name"), ("parent", "y, parent")])
def test_json_is_refused_by_the_key_it_has(town: Town, path: Callable[..., Any], wrong: str, name: str) -> None:
    category = {"slug": "x", "name": "X", "parent": "Y", "parent_slug": "y", "departments": []}
    with pytest.raises(BrokenFile, match=rf"c\.json, {name}: "):
        load_categories(town.municipality, path(json.dumps([category | {wrong: ""}]), "c.json"))


@pytest.mark.parametrize("name", ["n" * 101, "", "a\0b"])
def test_a_name_that_no_column_holds_is_refused(town: Town, path: Callable[..., Any], name: str) -> None:
    with pytest.raises(BrokenFile, match=r"bestand\.csv, regel 2, kolom naam_nl: "):
        load_categories(town.municipality, path(HEADER + GOOD.replace("Groen", name)))
    with pytest.raises(BrokenFile, match=r"bestand\.csv, regel 2, kolom name: "):
        load_teams(town.municipality, path(f"slug,name,email\ngroen,{name},\n"))


def test_a_rule_has_a_place_of_its_own(town: Town, path: Callable[..., Any]) -> None:
    header = "volgorde,categorie,gebied,team,prioriteit,dagen\n"
    with pytest.raises(BrokenFile, match="regel 3, kolom volgorde"):
        load_rules(town.municipality, path(f"{header}1,,,,hoog,\n1,,,,laag,\n"))


def test_rules_take_the_place_of_the_old_ones(town: Town, path: Callable[..., Any]) -> None:
    header = "volgorde,categorie,gebied,team,prioriteit,dagen\n"
    load_rules(town.municipality, path(f"{header}1,container-vol,,wegen,hoog,1\n2,,{town.wijk.code},,laag,\n"))
    load_rules(town.municipality, path(f"{header}5,container-vol,,wegen,hoog,1\n"))
    rule = RoutingRule.objects.get()
    assert (rule.position, rule.category, rule.team, rule.priority) == (5, town.container, town.roads, 3)


def test_a_rule_for_the_neighbours_team_is_refused(town: Town, neighbour: Town, path: Callable[..., Any]) -> None:
    neighbour.roads.slug = "alleen-daar"
    neighbour.roads.save()
    with pytest.raises(BrokenFile, match="team"):
        load_rules(town.municipality, path("volgorde,categorie,gebied,team,prioriteit,dagen\n1,,,alleen-daar,hoog,\n"))


def test_a_word_that_is_none_of_a_few_is_refused_with_these(town: Town, path: Any) -> None:
    header = "volgorde,categorie,gebied,team,prioriteit,dagen\n"
    with pytest.raises(BrokenFile, match="laag, normaal, hoog, dringend"):
        load_rules(town.municipality, path(f"{header}1,,,wegen,hoogst,\n"))


def test_teams_are_brought_up_to_date(town: Town, path: Callable[..., Any]) -> None:
    load_teams(town.municipality, path("slug,name,email\nreiniging,Nieuwe naam,r@example.org\n"))
    town.cleaning.refresh_from_db()
    assert town.cleaning.name == "Nieuwe naam"


def test_teams_are_brought_up_to_date_while_meldingen_come_in(town: Town, path: Callable[..., Any]) -> None:
    with CaptureQueriesContext(connection) as queries:
        load_teams(town.municipality, path("slug,name,email\nreiniging,Nieuwe naam,r@example.org\n"))
    assert not [query["sql"] for query in queries if "FOR UPDATE" in query["sql"]]


def test_a_file_with_names_alone_leaves_what_colleagues_set(town: Town, path: Callable[..., Any]) -> None:
    given = [
        {"slug": "dumping", "name": "Dumping!", "parent": "Afval", "parent_slug": "afval", "departments": ["A", "B"]}
    ]
    town.dumping.service_amount = 7
    town.dumping.save()
    load_categories(town.municipality, path(json.dumps(given), "c.json"))
    town.dumping.refresh_from_db()
    assert (town.dumping.name, town.dumping.service_amount, town.dumping.default_team) == (
        "Dumping!",
        7,
        town.cleaning,
    )


def test_a_row_with_too_few_cells_is_named(town: Town, path: Callable[..., Any]) -> None:
    with pytest.raises(BrokenFile, match=r"regel 2, kolom naam_nl"):
        load_categories(town.municipality, path(HEADER + "groen,boom\n"))


SAME = [
    (load_teams, "slug,name,email\nwegen,A,\ngroen,B,\nwegen,C,\n", "slug: “wegen” staat al op regel 2"),
    (
        load_categories,
        HEADER + GOOD + "gras,,Gras,,,,,,cijfers,ja\ngras,boom,Boom,,,,,,cijfers,ja\n",
        "categorie: “boom” staat al op regel 3",
    ),
    (load_categories, HEADER + GOOD + "groen,,Gras,,,,,,cijfers,ja\n", "hoofdcategorie: “groen” staat al op regel 2"),
]


@pytest.mark.parametrize(("load", "content", "words"), SAME)
def test_a_code_that_stands_twice_is_refused_with_both_places(
    town: Town, path: Callable[..., Any], load: Callable[..., Any], content: str, words: str
) -> None:
    before = Team.objects.count(), Category.objects.count()
    line = content.count("\n")
    with pytest.raises(BrokenFile, match=rf"regel {line}, kolom {words}"):
        load(town.municipality, path(content))
    assert (Team.objects.count(), Category.objects.count()) == before


ONE = {"slug": "overig", "name": "Overig afval", "parent": "Afval", "parent_slug": "afval", "departments": ["Wegen"]}


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (
            {"name": "Overig groen", "parent": "Groen", "parent_slug": "groen"},
            ["overig", "Overig afval", "Overig groen", "afval", "groen"],
        ),
        ({"slug": "rest", "departments": ["wegen!"]}, ["wegen", "Wegen", "wegen!"]),
        ({"slug": "rest", "parent": "Anders"}, ["afval", "Afval", "Anders"]),
    ],
)
def test_one_code_for_two_things_in_json_is_refused_with_both_names(
    town: Town, path: Callable[..., Any], other: dict[str, list[str] | str], words: list[str]
) -> None:
    with pytest.raises(BrokenFile, match=r"c\.json") as refused:
        load_categories(town.municipality, path(json.dumps([ONE, ONE | other]), "c.json"))
    assert [word for word in words if word not in str(refused.value)] == []
    assert not Category.objects.filter(slug="overig").exists()


def test_what_the_file_changes_of_what_was_there_is_told(town: Town, path: Callable[..., Any]) -> None:
    told: list[str] = []
    load_categories(town.municipality, path(HEADER + GOOD), tell=told.append)
    assert told == []
    Category.objects.filter(slug="boom").update(name_texts=Texts(nl="Bomen", en="Tree"), default_team=town.roads)
    load_categories(town.municipality, path(HEADER + GOOD), tell=told.append)
    assert told == ["boom, naam_nl: “Bomen” wordt “Boom”", "boom, team: “wegen” wordt “reiniging”"]
    load_teams(town.municipality, path("slug,name,email\nwegen,Straten,\n"), tell=told.append)
    assert told[2:] == ["wegen, name: “Wegen” wordt “Straten”"]


def test_only_what_is_new_may_be_loaded(town: Town, path: Callable[..., Any]) -> None:
    load_categories(town.municipality, path(HEADER + GOOD))
    Category.objects.filter(slug="boom").update(name_texts=Texts(nl="Bomen"))
    more = HEADER + GOOD + "groen,gras,Gras,,,,,,cijfers,ja\n"
    load_categories(town.municipality, path(more), only_new=True)
    assert {each.name for each in Category.objects.filter(parent__slug="groen")} == {"Bomen", "Gras"}


def test_guidance_stays_where_the_file_has_no_column_for_it(town: Town, path: Callable[..., Any]) -> None:
    load_categories(town.municipality, path(HEADER + GOOD))
    short = "hoofdcategorie,categorie,naam_nl,naam_en,team,dagen,publiek,actief\ngroen,,Groen,,,,cijfers,ja\n"
    load_categories(town.municipality, path(short + "groen,boom,Boom,,reiniging,5,kaart,ja\n"))
    assert Category.objects.get(slug="boom").guidance == "Let op."


def test_a_null_of_departments_is_none_of_them(town: Town, path: Callable[..., Any]) -> None:
    load_categories(town.municipality, path(json.dumps([ONE | {"departments": None}]), "c.json"))
    assert Category.objects.get(slug="overig", parent__isnull=False).default_team is None


TERMS = "hoofdcategorie,categorie,naam_nl,naam_en,team,dagen,eenheid,publiek,actief\ngroen,,Groen,,,,,cijfers,ja\n"


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ("48,uren", "48 uur"),
        ("5,kalenderdagen", "5 kalenderdagen"),
        ("5,werkdagen", "5 werkdagen"),
        ("5,", "5 werkdagen"),
    ],
)
def test_a_term_has_the_unit_that_the_file_says(town: Town, path: Callable[..., Any], cells: str, words: str) -> None:
    load_categories(town.municipality, path(f"{TERMS}groen,boom,Boom,,,{cells},cijfers,ja\n"))
    assert in_words(Category.objects.get(slug="boom").service_level) == words


def test_a_unit_that_nobody_knows_is_refused(town: Town, path: Callable[..., Any]) -> None:
    with pytest.raises(BrokenFile, match=r"regel 3, kolom eenheid: “weken”"):
        load_categories(town.municipality, path(f"{TERMS}groen,boom,Boom,,,5,weken,cijfers,ja\n"))


def test_a_rule_has_the_unit_that_its_file_says(town: Town, path: Callable[..., Any]) -> None:
    content = "volgorde,categorie,gebied,team,prioriteit,dagen,eenheid\n1,,,reiniging,hoog,6,uren\n"
    load_rules(town.municipality, path(content))
    assert in_words(RoutingRule.objects.get().service_level) == "6 uur"


@pytest.mark.parametrize(("by_calendar", "words"), [(True, "4 kalenderdagen"), (False, "4 werkdagen")])
def test_the_service_level_of_a_signalen_export_is_read(
    town: Town, path: Callable[..., Any], by_calendar: bool, words: str
) -> None:
    sla = {"sla": {"n_days": 4, "use_calendar_days": by_calendar}}
    load_categories(town.municipality, path(json.dumps([ONE | sla]), "c.json"))
    assert in_words(Category.objects.get(slug="overig", parent__isnull=False).service_level) == words


@pytest.mark.parametrize("sla", [{"n_days": "4", "use_calendar_days": True}, {"n_days": 4}, [], "4"])
def test_a_service_level_that_cannot_be_read_is_refused(
    town: Town, path: Callable[..., Any], sla: dict[str, int | str] | list[Any] | str
) -> None:
    with pytest.raises(BrokenFile):
        load_categories(town.municipality, path(json.dumps([ONE | {"sla": sla}]), "c.json"))


FRENCH = "hoofdcategorie,categorie,naam_nl,naam_fr,team,dagen,publiek,actief\ngroen,,Groen,Vert,,,cijfers,ja\n"


def test_a_language_more_is_a_column_more(town: Town, path: Callable[..., Any], settings: Settings) -> None:
    load_categories(town.municipality, path(HEADER + GOOD))
    settings.LANGUAGES = [*settings.LANGUAGES, ("fr", "Frans")]
    told: list[str] = []
    load_categories(town.municipality, path(FRENCH), tell=told.append)
    green = Category.objects.get(slug="groen")
    assert green.name_texts == {"nl": "Groen", "en": "Green", "fr": "Vert"}
    assert told == ["groen, naam_fr: “” wordt “Vert”"]


def test_a_language_that_the_site_does_not_have_is_refused(town: Town, path: Callable[..., Any]) -> None:
    with pytest.raises(BrokenFile, match=r"regel 2, kolom naam_fr: .*“fr”.* nl, en"):
        load_categories(town.municipality, path(FRENCH))


SHOWN = (
    f"{HEADER.strip()},besluit,besluit_op,uren_tot_vraag,uren_tot_kaart,meters_gelijk,dagen_gelijk\n"
    "groen,,Groen,Green,,,,,cijfers,ja,,,,,,\n"
    "groen,boom,Boom,Tree,,,reiniging,5,kaart,ja,Besluit 12,2024-03-12,0,48,100,30\n"
)


def test_how_single_meldingen_are_shown_comes_with_its_decision(town: Town, path: Callable[..., Any]) -> None:
    for _time in range(2):
        load_categories(town.municipality, path(SHOWN))
    boom = Category.objects.get(slug="boom")
    assert (boom.decision, boom.decided_on, boom.public_from) == (
        "Besluit 12", date(2024, 3, 12), datetime(2024, 3, 11, 23, tzinfo=UTC),
    )  # fmt: skip
    assert (boom.prompt_after_hours, boom.map_after_hours, boom.nearby_metres, boom.nearby_days) == (0, 48, 100, 30)


def test_without_those_columns_they_stay(town: Town, path: Callable[..., Any]) -> None:
    load_categories(town.municipality, path(SHOWN))
    before = Category.objects.values().get(slug="boom")
    load_categories(town.municipality, path(HEADER + "groen,,Groen,Green,,,,,cijfers,ja\n" + BOOM))
    assert Category.objects.values().get(slug="boom") == before


BOOM = "groen,boom,Boom,Tree,,,reiniging,5,kaart,ja\n"


@pytest.mark.parametrize(
    ("right", "wrong", "column"), [("2024-03-12", "12-03-2024", "besluit_op"), (",48,", ",721,", "uren_tot_kaart")]
)
def test_a_wrong_cell_of_these_is_named(
    town: Town, path: Callable[..., Any], right: str, wrong: str, column: str
) -> None:
    with pytest.raises(BrokenFile, match=rf"bestand\.csv, regel 3, kolom {column}: "):
        load_categories(town.municipality, path(SHOWN.replace(right, wrong)))


def test_what_others_solve_is_loaded_with_the_way_there(town: Town, path: Callable[..., Any]) -> None:
    head = HEADER.strip() + ",elders_nl,adres_elders,alleen_elders\n"
    row = "afval,dumping,Dumping,,,,,,cijfers,ja,de provincie,https://provincie.example/,ja\n"
    load_categories(town.municipality, path(f"{head}afval,,Afval,,,,,,cijfers,ja,,,\n{row}"))
    dumping = Category.objects.get(pk=town.dumping.pk)
    assert (dumping.elsewhere, dumping.elsewhere_url, dumping.is_only_elsewhere) == (
        "de provincie", "https://provincie.example/", True,
    )  # fmt: skip
    shorter = "afval,,Afval,,,,,,cijfers,ja\nafval,dumping,Stort,,,,,,cijfers,ja\n"
    load_categories(town.municipality, path(HEADER + shorter))
    dumping.refresh_from_db()
    assert (dumping.name, dumping.elsewhere) == ("Stort", "de provincie")


@pytest.mark.parametrize(
    ("column", "cell"), [("adres_elders", "javascript:x"), ("telefoon_elders", "bel ons"), ("alleen_elders", "soms")]
)
def test_a_way_there_that_is_none_is_refused(town: Town, path: Callable[..., Any], column: str, cell: str) -> None:
    rows = f"{HEADER.strip()},{column}\nafval,,Afval,,,,,,cijfers,ja,{cell}\n"
    with pytest.raises(BrokenFile, match=f"kolom {column}:"):
        load_categories(town.municipality, path(rows))
