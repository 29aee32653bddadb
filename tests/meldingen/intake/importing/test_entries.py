"""What happened in a former system: a second file beside that of the meldingen."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from meldingen.files.reading import BrokenFile
from meldingen.files.rejects import Reject
from meldingen.intake.importing.meldingen import Outcome, Source, import_meldingen
from meldingen.notifications.models import Recipient
from meldingen.record.models import Answer, Event, Melding, Note, Reporter, Satisfaction
from tests.factories import MembershipFactory, Town

HEADER = "id,gemeld_op,categorie_slug,longitude,latitude,afgehandeld_op,tekst,adres,kanaal,team,termijn,naam,e-mail\n"
ROW = "1,2026-05-01T10:00,container-vol,4.37709,51.91265,{closed},Vol,Dorpsstraat 12,telefoon,{team},{term},Jo,{mail}\n"
EVENTS = "id,op,door,status,categorie_slug,team,behandelaar,termijn,antwoord,notitie\n"
Run = Callable[..., tuple[Outcome, list[Reject]]]


@pytest.fixture
def run(town: Town, tmp_path: Path) -> Run:
    MembershipFactory.create(municipality=town.municipality, user__username="fatima")

    def run(
        happened: str = "", *, rows: str = ROW, columns: str = EVENTS, **cells: str
    ) -> tuple[Outcome, list[Reject]]:
        given = {"closed": "", "team": "", "term": "", "mail": "jo@voorbeeld.example"} | cells
        (path := tmp_path / "meldingen.csv").write_text(HEADER + rows.format(**given))
        (beside := tmp_path / "events.csv").write_text(columns + happened)
        outcome, rejects = Outcome(), list[Reject]()
        import_meldingen(town.municipality, Source(path, events=beside), outcome, rejects.append, lambda _n: None)
        return outcome, rejects

    return run


WHOLE = (
    "1,2026-05-01T10:01,model,,container-vol,,,,,\n"
    "1,2026-05-01T10:02,regel,assigned,,schoon,,2026-05-08,,\n"
    "1,2026-05-03T09:00,fatima,in_progress,,,fatima,,,Vrijdag langs\n"
    "1,2026-05-04T09:00,fatima,solved,,,,,Hij is geleegd.,\n"
    "1,2026-05-05T09:00,melder,reopened,,,,,,\n"
)


def test_each_row_is_kept_with_who_did_it_and_from_what_to_what(town: Town, run: Run) -> None:
    outcome, _rejects = run(WHOLE.replace("schoon", town.cleaning.slug))
    kinds = Event.objects.order_by("id").values_list("kind", "actor_kind", "from_state", "to_state")
    assert (outcome.accepted, outcome.rejected) == (1, 0)
    assert list(kinds) == [
        ("received", "import", "", "new"),
        ("classified", "model", "", ""),
        ("routed", "rule", "", ""),
        ("moved", "rule", "new", "assigned"),
        ("moved", "person", "assigned", "in_progress"),
        ("noted", "person", "", ""),
        ("moved", "person", "in_progress", "solved"),
        ("moved", "reporter", "solved", "reopened"),
    ]


def test_the_melding_stands_as_the_last_rows_left_it(town: Town, run: Run) -> None:
    run(WHOLE.replace("schoon", town.cleaning.slug))
    melding = Melding.objects.get()
    assert (melding.state, melding.team, melding.category_by) == ("reopened", town.cleaning, "model")
    assert (melding.assignee and melding.assignee.username, melding.closed_at) == ("fatima", None)
    assert melding.deadline is not None
    assert melding.deadline.isoformat() == "2026-05-08T21:59:59+00:00"


def test_what_was_written_stands_beside_its_event_with_who_wrote_it(town: Town, run: Run) -> None:
    run(WHOLE.replace("schoon", town.cleaning.slug))
    answer, note = Answer.objects.get(), Note.objects.get()
    assert (answer.text, answer.event.to_state, answer.author.username) == ("Hij is geleegd.", "solved", "fatima")
    assert (note.text, note.event.kind) == ("Vrijdag langs", "noted")


def test_the_row_says_its_channel_place_team_and_term(town: Town, run: Run) -> None:
    run(team=town.roads.slug, term="2026-05-09")
    melding = Melding.objects.get()
    assert (melding.source, melding.place_text, melding.place_source) == ("phone", "Dorpsstraat 12", "address")
    assert (melding.team, melding.state) == (town.roads, "assigned")
    assert melding.deadline is not None
    assert melding.deadline.date().isoformat() == "2026-05-09"


def test_a_former_systems_promise_is_unknown_whatever_the_channel(run: Run) -> None:
    run()
    assert Melding.objects.get().promised_at is None


@pytest.mark.parametrize(("age", "number"), [(364, 1), (366, 0)])
def test_who_reported_is_kept_as_long_as_the_town_keeps_it(town: Town, run: Run, age: int, number: int) -> None:
    closed = timezone.now() - timedelta(days=age)
    run(rows=ROW.replace("2026-05-01T10:00", "2025-01-01"), closed=closed.isoformat())
    assert (Reporter.objects.count(), Recipient.objects.filter(kind="reporter").count()) == (number, number)


def test_who_left_no_address_hears_nothing(run: Run) -> None:
    run(mail="")
    assert (Reporter.objects.get().name, Recipient.objects.count()) == ("Jo", 0)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("1,gisteren,,solved,,,,,,", "regel 2, kolom op"),
        ("1,2999-01-01,,solved,,,,,,", "regel 2, kolom op"),
        ("1,2026-04-01,,solved,,,,,,", "regel 2, kolom op"),
        ("1,2026-05-02,niemand,solved,,,,,,", "regel 2, kolom door"),
        ("1,2026-05-02,,klaar,,,,,,", "regel 2, kolom status"),
        ("1,2026-05-02,,reopened,,,,,,", "regel 2, kolom status"),
        ("1,2026-05-02,,,bestaat-niet,,,,,", "regel 2, kolom categorie_slug"),
        ("1,2026-05-02,,,,bestaat-niet,,,,", "regel 2, kolom team"),
        ("1,2026-05-02,,,,,,,,", "regel 2, kolom status"),
        ("1,2026-05-02,melder,,,,,,Dank u,", "regel 2, kolom door"),
    ],
)
def test_a_melding_with_a_broken_row_is_refused_by_line_and_column_of_it(run: Run, row: str, words: str) -> None:
    outcome, (reject,) = run(row + "\n")
    assert (outcome.accepted, outcome.rejected, reject.line) == (0, 1, 2)
    assert words in reject.reason
    assert not Melding.objects.exists()


def test_a_category_that_the_melding_itself_does_not_have_is_refused(town: Town, run: Run) -> None:
    _outcome, (reject,) = run(f"1,2026-05-02,model,,{town.dumping.slug},,,,,\n")
    assert town.container.slug in reject.reason


def test_rows_of_a_melding_that_is_not_there_are_counted(run: Run) -> None:
    outcome, _rejects = run("2,2026-05-02,,solved,,,,,,\n")
    assert (outcome.accepted, outcome.loose) == (1, 1)


def test_a_row_that_names_no_melding_stops_the_import(run: Run) -> None:
    with pytest.raises(BrokenFile, match="regel 2"):
        run(",2026-05-02,,solved,,,,,,\n")


def test_the_day_of_closing_of_the_melding_closes_what_its_rows_left_open(run: Run) -> None:
    run("1,2026-05-02,fatima,in_progress,,,,,,\n", closed="2026-05-03")
    assert [e.to_state for e in Event.objects.filter(kind="moved").order_by("id")] == ["in_progress", "solved"]


def test_what_nobody_has_said_the_subject_of_goes_to_the_model_as_any_other(run: Run) -> None:
    outcome, _rejects = run(rows=ROW.replace("container-vol", ""))
    melding = Melding.objects.get()
    assert (outcome.accepted, melding.state, melding.category) == (1, "new", None)
    assert melding.prediction_due_at == melding.received_at


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [("telefoon", "postduif", "kanaal"), ("jo@", "jo", "e-mail"), (",{team},", ",geen-team,", "team"),
     ("{term}", "ooit", "termijn"), ("Dorpsstraat 12", "x" * 201, "adres"), ("Jo", "J" * 101, "naam")],
)  # fmt: skip
def test_a_broken_cell_names_its_column(run: Run, old: str, new: str, column: str) -> None:
    _outcome, (reject,) = run(rows=ROW.replace("{mail}", "jo@voorbeeld.example").replace(old, new))
    assert reject.column == column


def test_what_happened_to_a_refused_melding_is_not_counted_as_nobodys(run: Run) -> None:
    outcome, (reject,) = run("1,2026-05-02,,solved,,,,,,\n", rows=ROW.replace("telefoon", "postduif"))
    assert (reject.column, outcome.loose) == ("kanaal", 0)


def test_a_second_row_of_a_refused_melding_has_its_history(run: Run) -> None:
    rows = ROW.replace("telefoon", "postduif") + ROW
    outcome, _rejects = run("1,2026-05-02,,solved,,,,,,\n", rows=rows)
    assert (outcome.accepted, outcome.rejected, outcome.loose) == (1, 1, 0)
    assert Melding.objects.get().state == "solved"


def test_a_day_without_an_hour_may_be_that_of_receipt(run: Run) -> None:
    outcome, _rejects = run("1,2026-05-01,,assigned,,,,,,\n1,2026-05-01T11:00,,in_progress,,,,,,\n")
    melding = Melding.objects.get()
    moved = Event.objects.filter(kind="moved").order_by("id").values_list("to_state", "happened_at")
    assert outcome.rejected == 0
    assert [state for state, _when in moved] == ["assigned", "in_progress"]
    assert moved[0][1] == melding.received_at


def test_an_hour_before_receipt_is_refused_on_that_day_too(run: Run) -> None:
    _outcome, (reject,) = run("1,2026-05-01T09:59,,solved,,,,,,\n")
    assert "regel 2, kolom op" in reject.reason


GRADED = EVENTS.rstrip() + ",tevredenheid\n"


def test_how_content_the_reporter_was_is_kept_the_last_time_that_they_said_so(town: Town, run: Run) -> None:
    grades = "1,2026-05-05T09:00,melder,,,,,,,,2\n1,2026-05-06T09:00,melder,,,,,,,,4\n"
    rows = f"1,2026-05-04T09:00,fatima,solved,,,,,,,\n{grades}"
    outcome, _rejects = run(rows, columns=GRADED)
    kept = Satisfaction.objects.get()
    assert (outcome.accepted, kept.grade, kept.is_solved) == (1, 4, None)
    assert [event.codes for event in Event.objects.filter(kind="rated").order_by("id")] == [{"grade": 2}, {"grade": 4}]


@pytest.mark.parametrize(("by", "grade"), [("melder", "6"), ("melder", "goed"), ("fatima", "5")])
def test_a_grade_is_one_of_five_and_the_reporters_own(town: Town, run: Run, by: str, grade: str) -> None:
    outcome, _rejects = run(f"1,2026-05-05T09:00,{by},,,,,,,,{grade}\n", columns=GRADED)
    assert (outcome.accepted, outcome.rejected) == (0, 1)
    assert not Satisfaction.objects.exists()
