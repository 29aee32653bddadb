import gc
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from meldingen.categories.loading import load_categories
from meldingen.categories.models import Category
from meldingen.files.reading import BrokenFile
from meldingen.files.rejects import Reject
from meldingen.intake.importing import meldingen
from meldingen.intake.importing.meldingen import Outcome, Source, import_meldingen
from meldingen.places import geo
from meldingen.places.loading.areas import load_areas
from meldingen.places.models import Area
from meldingen.questions.reading import answers_of
from meldingen.record import lifecycle, references
from meldingen.record.models import Event, Melding
from tests.factories import MunicipalityFactory, RoutingRuleFactory, Town, square
from tests.meldingen.questions.asked import colour_of, question_of
from tests.sure import sure

ASSEN = Path(__file__).resolve().parents[5] / "shared" / "assen"
HEADER = "id,gemeld_op,categorie_slug,longitude,latitude,afgehandeld_op\n"
GOOD = "1,2026-05-01T10:00:00+02:00,container-vol,4.37709,51.91265,2026-05-03\n"


def test_a_row_becomes_a_melding_with_its_history(town: Town, run: Callable[..., Any]) -> None:
    outcome, _rejects = run(GOOD)
    melding = Melding.objects.get()
    assert (outcome.accepted, melding.external_id, melding.category, melding.state) == (
        1,
        "1",
        town.container,
        "solved",
    )
    assert melding.team == town.cleaning
    assert [e.kind for e in Event.objects.all()] == ["received", "moved"]


def test_it_lies_in_the_buurt_that_covers_it(town: Town, run: Callable[..., Any]) -> None:
    run(GOOD)
    assert Melding.objects.get().buurt in (town.west, town.east)


def test_a_second_run_changes_nothing(run: Callable[..., Any]) -> None:
    run(GOOD)
    outcome, _rejects = run(GOOD)
    assert (outcome.accepted, outcome.present) == (0, 1)
    assert (Melding.objects.count(), Event.objects.count()) == (1, 2)


@pytest.mark.parametrize(("closed", "priority", "danger"), [("", 4, "life"), ("2026-05-03", 2, "")])
def test_a_danger_that_is_still_open_goes_to_the_top_of_the_list(
    run: Callable[..., Any], closed: str, priority: int, danger: str
) -> None:
    row = GOOD.replace("2026-05-03\n", f"{closed},Er is brand in de container\n")
    run(row, header=HEADER.replace("\n", ",tekst\n"), text="tekst")
    melding = Melding.objects.get()
    assert (melding.priority, melding.danger) == (priority, danger)


def test_an_open_row_stays_open_with_the_team_of_its_category(town: Town, run: Callable[..., Any]) -> None:
    run(GOOD.replace("2026-05-03", ""))
    melding = Melding.objects.get()
    moved = melding.events.get(kind="moved")
    assert (melding.state, melding.team, moved.to_state) == ("assigned", town.cleaning, "assigned")
    assert moved.happened_at == melding.received_at


def test_an_open_row_of_a_category_without_a_team_is_new(town: Town, run: Callable[..., Any]) -> None:
    Category.objects.filter(pk=town.container.pk).update(default_team=None)
    run(GOOD.replace("2026-05-03", ""))
    assert Melding.objects.get().state == "new"
    assert not Event.objects.filter(kind="moved").exists()


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("2026-05-01T10:00:00+02:00", "gisteren", "gemeld_op"),
        ("2026-05-01T10:00:00+02:00", "", "gemeld_op"),
        ("2026-05-01T10:00:00+02:00", "2999-01-01", "gemeld_op"),
        ("2026-05-03", "2026-04-03", "afgehandeld_op"),
        ("2026-05-03", "2999-04-03", "afgehandeld_op"),
        ("container-vol", "bestaat-niet", "categorie_slug"),
        ("4.37709", "oost", "longitude"),
        ("4.37709", "nan", "longitude"),
        ("51.91265", "1e400", "latitude"),
        ("1,2026", ",2026", "id"),
    ],
)
def test_a_broken_cell_is_rejected_by_line_and_column_and_the_rest_goes_on(
    run: Callable[..., Any], old: str, new: str, column: str
) -> None:
    outcome, rejects = run(GOOD.replace(old, new) + GOOD.replace("1,2026", "2,2026"))
    assert (outcome.accepted, outcome.rejected) == (1, 1)
    assert (rejects[0].line, rejects[0].column) == (2, column)


def test_a_place_outside_is_rejected(run: Callable[..., Any]) -> None:
    _outcome, rejects = run(GOOD.replace("4.37709", "6.1"))
    assert rejects[0].column == ""


def test_a_place_in_the_gemeente_metres_from_a_buurt_counts_there_and_further_on_is_rejected_in_words(
    town: Town, run: Callable[..., Any]
) -> None:
    Area.objects.filter(pk=town.east.pk).update(geometry=square(86040, 436000, 960))
    near, far = (geo.to_door(Point(x, y, srid=28992)) for x, y in ((86010, 436500), (86500, 437500)))
    rows = [GOOD.replace("4.37709", str(x)).replace("51.91265", str(y)) for x, y in (near, far)]
    _outcome, rejects = run(rows[0] + rows[1].replace("1,2026", "2,2026"))
    assert Melding.objects.get().buurt == town.west
    assert "50" in rejects[0].reason


@pytest.mark.parametrize("batch", [1, 1000])
def test_an_id_that_stands_twice_counts_once_and_both_places_are_told(
    run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(meldingen, "BATCH", batch)
    outcome, rejects = run(GOOD + GOOD.replace("1,2026", "2,2026") + GOOD)
    assert (outcome.accepted, outcome.present, rejects[0].line) == (2, 0, 4)
    assert ("regel 2" in rejects[0].reason, "regel 4" in rejects[0].reason) == (True, True)


def test_a_category_under_another_main_category_is_refused(town: Town, run: Callable[..., Any]) -> None:
    header = HEADER.replace("gemeld_op,", "gemeld_op,hoofdcategorie_slug,")
    rows = [f"{n},2026-05-01,{main},container-vol,4.37709,51.91265,\n" for n, main in enumerate(("afval", "wegen", ""))]
    outcome, rejects = run("".join(rows), header=header)
    assert (outcome.accepted, rejects[0].column, rejects[0].line) == (2, "hoofdcategorie_slug", 3)
    assert run("".join(rows), header=header, main="")[0].accepted == 1


def test_references_that_are_taken_are_drawn_again_and_the_batch_is_kept(
    town: Town, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    town.melding(reference="AAAAAAAA")
    drawn = iter(["AAAAAAAA", "BBBBBBBB", "BBBBBBBB", "AAAAAAAA", "CCCCCCCC"])
    monkeypatch.setattr(references, "new_reference", lambda: next(drawn))
    outcome, _rejects = run(GOOD + GOOD.replace("1,2026", "2,2026"))
    assert outcome.accepted == 2
    assert set(Melding.objects.values_list("reference", flat=True)) == {"AAAAAAAA", "BBBBBBBB", "CCCCCCCC"}


def test_what_somebody_else_stores_at_this_moment_costs_another_try(
    town: Town, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, calls = lifecycle.receive_many, []

    def receive_many(rows: list[Melding], pasts: Any) -> list[list[int]]:
        calls.append(len(rows))
        if len(calls) == 1:
            raise IntegrityError("melding_imported_once")
        return store(rows, pasts)

    monkeypatch.setattr(lifecycle, "receive_many", receive_many)
    assert (run(GOOD)[0].accepted, calls) == (1, [1, 1])


def test_an_open_row_gets_team_priority_and_deadline_from_the_rules(town: Town, run: Callable[..., Any]) -> None:
    RoutingRuleFactory.create(
        municipality=town.municipality, category=town.container, team=town.roads, priority=3, service_amount=1
    )
    run(GOOD.replace("2026-05-03", "") + GOOD.replace("1,2026", "2,2026"))
    opened, closed = Melding.objects.order_by("external_id")
    assert (opened.team, opened.priority, opened.state) == (town.roads, 3, "assigned")
    assert (sure(opened.deadline).isoformat(), closed.deadline) == ("2026-05-04T21:59:59+00:00", None)


def test_of_a_time_that_the_clock_shows_twice_the_one_after_the_receipt_is_meant(run: Callable[..., Any]) -> None:
    night = GOOD.replace("2026-05-01T10:00:00+02:00", "2025-10-26 02:50").replace("2026-05-03", "2025-10-26 02:10")
    assert run(night)[0].accepted == 1
    moved = Event.objects.get(kind="moved")
    assert moved.happened_at.isoformat() == "2025-10-26T01:10:00+00:00"


@pytest.mark.parametrize("closed", ["2026-05-01", "20260501", "2026-05-01 00:00:00"])
def test_closed_on_the_day_of_receipt_is_after_it(run: Callable[..., Any], closed: str) -> None:
    assert run(GOOD.replace("2026-05-03", closed))[0].accepted == 1


def test_days_may_be_written_as_the_caller_says(run: Callable[..., Any]) -> None:
    dutch = GOOD.replace("2026-05-01T10:00:00+02:00", "1-5-2026 10:00").replace("2026-05-03", "3-5-2026")
    refused, rejects = run(dutch)
    assert (refused.accepted, "--dates d-m-Y" in rejects[0].reason) == (0, True)
    assert run(dutch, dates="d-m-Y")[0].accepted == 1


def test_the_outcome_is_known_when_the_import_dies(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meldingen, "BATCH", 1)
    path, outcome = tmp_path / "m.csv", Outcome()
    path.write_text(HEADER + GOOD + "2,x\n" + GOOD.replace("1,2026", "3,2026"))

    def full(_reject: Reject) -> None:
        raise OSError("No space left on device")

    with pytest.raises(OSError, match="space"):
        import_meldingen(town.municipality, Source(path), outcome, full, lambda _number: None)
    assert (outcome.accepted, outcome.rejected, Melding.objects.count()) == (1, 1, 1)


def test_the_caller_says_which_column_holds_what(run: Callable[..., Any]) -> None:
    outcome, _rejects = run(GOOD, header=HEADER.replace("id,", "nummer,", 1), id="nummer")
    assert outcome.accepted == 1


def test_a_field_that_does_not_exist_is_a_clear_error(run: Callable[..., Any]) -> None:
    with pytest.raises(BrokenFile, match="kleur"):
        run(GOOD, kleur="rood")


def test_the_neighbours_category_is_not_known_here(run: Callable[..., Any], neighbour: Town) -> None:
    neighbour.container.slug = "alleen-daar"
    neighbour.container.save()
    _outcome, rejects = run(GOOD.replace("container-vol", "alleen-daar"))
    assert rejects[0].column == "categorie_slug"


def test_a_batch_costs_the_same_number_of_queries_whatever_its_size(
    run: Callable[..., Any], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    run(GOOD)
    with django_assert_num_queries(15):
        run("".join(GOOD.replace("1,2026", f"{n},2026") for n in range(10, 60)))


def test_what_is_in_already_is_found_without_reading_every_melding(run: Callable[..., Any]) -> None:
    with CaptureQueriesContext(connection) as queries:
        run("".join(GOOD.replace("1,2026", f"{n},2026") for n in range(150)))
    (sql,) = [query["sql"] for query in queries if query["sql"].startswith('SELECT "meldingen_melding"."external_id"')]
    # What the index of imported ones needs to be used; a plan depends on what the database believes of the table.
    index: Any
    (index,) = [each for each in Melding._meta.constraints if each.name == "melding_imported_once"]
    assert index.fields == ("municipality", "external_id")
    assert all(
        part in sql
        for part in ('"municipality_id" = ', '"external_id" IN (', 'NOT ("meldingen_melding"."external_id" = \'')
    )


@pytest.mark.skipif(not ASSEN.is_dir(), reason="the real meldingen of Assen are not here")
def test_of_assen_3021_rows_are_accepted_and_3_are_outside(db: None) -> None:
    assen = MunicipalityFactory.create(code="GM0106", area_vintage=None)
    assert load_areas(assen, ASSEN).number["buurt"] == 109
    assert load_categories(assen, ASSEN / "categories.json") == 58
    outcome = Outcome()
    rejects: list[Reject] = []
    import_meldingen(assen, Source(ASSEN / "meldingen.csv"), outcome, rejects.append, lambda _number: None)
    assert (outcome.accepted, [r.line for r in rejects]) == (3021, [817, 2435, 2478])


ANSWERS = HEADER.strip() + ",antwoorden\n"


def test_answers_come_in_with_the_words_of_their_questions(town: Town, run: Callable[..., Any]) -> None:
    colour_of(town)
    question_of(town, "vroeger", category=town.dumping, is_active=False)
    run(GOOD.strip() + ",kleur: wit | vroeger: bij de brug\n", ANSWERS)
    (melding,) = Melding.objects.all()
    answers = answers_of(town.municipality, [melding.pk])[melding.pk]
    assert [(each.question, each.answer) for each in answers] == [
        ("Wat is kleur?", "Wit"),
        ("Wat is vroeger?", "bij de brug"),
    ]


@pytest.mark.parametrize("cell", ["onbekend: 1", "kleur: blauw", "kleur: wit | kleur: wit"])
def test_an_answer_that_is_none_is_refused_in_its_column(town: Town, run: Callable[..., Any], cell: str) -> None:
    colour_of(town)
    outcome, (reject,) = run(f"{GOOD.strip()},{cell}\n", ANSWERS)
    assert (outcome.accepted, reject.column) == (0, "antwoorden")


@pytest.mark.parametrize("header", [HEADER, "geen,kolommen\n"])
def test_what_python_does_by_itself_it_does_again_after_an_import(run: Callable[..., Any], header: str) -> None:
    with suppress(BrokenFile):
        run(GOOD, header=header)
    assert gc.isenabled()
