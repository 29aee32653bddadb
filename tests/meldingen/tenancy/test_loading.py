import json
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from meldingen.files.reading import BrokenFile
from meldingen.tenancy.loading import NotConfirmed, load_municipality
from meldingen.tenancy.models import Municipality

GIVEN = {
    "code": "GM0606",
    "name": "Schiedam",
    "hosts": ["s.example"],
    "publisher": "Schiedam",
    "contact_email": "a@example.org",
}


@pytest.fixture
def load(db: None, tmp_path: Path) -> Callable[..., Any]:
    def load(**changed: Any) -> Municipality | None:
        path = tmp_path / "stad.json"
        path.write_text(json.dumps(GIVEN | changed))
        return load_municipality(path)

    return load


@pytest.mark.parametrize("code", ["GM", "GM٠٦٠٦", "GM0606\n", "gm0606", "GM06061", ["GM0606"]])
def test_a_code_is_gm_and_four_digits(load: Callable[..., Any], code: list[str] | str) -> None:
    with pytest.raises(BrokenFile, match=r"(?s)stad\.json, .*, code: "):
        load(code=code)
    assert not Municipality.objects.exists()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("name", "\ud800"),
        ("address_source", "kadaster"),
        ("retention_days", float("inf")),
        ("retention_days", 30.5),
        ("retention_days", 0),
        ("retention_days", 29),
        ("learning_days", 89),
        ("audit_share", 0.51),
        ("epsilon_month", float("nan")),
        ("invented", "misschien"),
        ("hosts", ["a b"]),
    ],
)
def test_a_value_that_cannot_be_stored_is_refused_by_its_key(
    load: Callable[..., Any], key: str, value: float | list[str] | str
) -> None:
    with pytest.raises(BrokenFile, match=rf"stad\.json, GM0606, {key}: "):
        load(**{key: value})
    assert not Municipality.objects.exists()


def test_the_days_of_registration_are_read_and_replaced(load: Callable[..., Any]) -> None:
    days = {"first_day": "2026-05-03", "last_day": "2026-05-05"}
    first = load(registered_from="2026-05-01", registered_until="2026-07-31", gaps=[days, days])
    assert (first.registered_from, first.registered_until) == (date(2026, 5, 1), date(2026, 7, 31))
    assert [str(gap) for gap in first.gaps.all()] == ["2026-05-03 – 2026-05-05"] * 2
    assert load().gaps.count() == 2
    again = load(registered_until=None, gaps=[])
    assert (again.registered_from, again.registered_until, again.gaps.count()) == (date(2026, 5, 1), None, 0)


def test_how_long_a_text_teaches_and_how_many_go_unguessed_are_the_municipality_s(load: Callable[..., Any]) -> None:
    first = load(learning_days=365, audit_share=0.05)
    assert (first.learning_days, first.audit_share) == (365, Decimal("0.05"))


def test_a_message_of_the_front_page_is_read_in_each_language(load: Callable[..., Any]) -> None:
    first = load(message={"nl": "Storm.", "en": "A storm."})
    assert dict(first.message_texts) == {"nl": "Storm.", "en": "A storm."}
    assert load().message_texts == first.message_texts
    assert not load(message={}).message_texts


def test_where_letters_go_is_read_and_stays_where_the_file_is_silent(load: Callable[..., Any]) -> None:
    assert load(postal_address="Postbus 12, 1234 SS Stad").postal_address == load().postal_address
    assert load().postal_address == "Postbus 12, 1234 SS Stad"
    with pytest.raises(BrokenFile, match="postal_address"):
        load(postal_address="x" * 201)


@pytest.mark.parametrize("message", [{"en": "Storm."}, {"nl": "x" * 121}, "Storm.", {"nl": 5}])
def test_a_message_that_cannot_stand_there_is_refused(load: Callable[..., Any], message: Any) -> None:
    with pytest.raises(BrokenFile, match="message"):
        load(message=message)


def test_holidays_and_closing_days_are_read_and_replaced(load: Callable[..., Any]) -> None:
    bridge = {"day": "2026-05-15", "words": "Brugdag"}
    first = load(holidays=["good_friday"], closing_days=[bridge, {"day": "2026-12-24"}])
    assert first.holidays == ["good_friday"]
    assert [str(row) for row in first.closing_days.all()] == ["2026-05-15", "2026-12-24"]
    assert load().closing_days.count() == 2
    assert [row.words for row in load(closing_days=[bridge]).closing_days.all()] == ["Brugdag"]


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"holidays": ["sinterklaas"]}, "holidays: .*sinterklaas"),
        ({"holidays": "kings_day"}, "holidays moet een lijst"),
        ({"closing_days": [{"day": "2026-05-15"}] * 2}, "closing_days 2: .*twee keer"),
        ({"closing_days": [{"words": "Brugdag"}]}, "closing_days 1, day: "),
        ({"registered_from": "1 mei"}, "registered_from: "),
        ({"registered_from": 5}, "registered_from: "),
        ({"registered_from": ["2026-05-01"]}, "registered_from: "),
        ({"registered_from": "2026-05-02", "registered_until": "2026-05-01"}, "vóór de eerste"),
        ({"gaps": "2026-05-03"}, "gaps moet een lijst"),
        ({"gaps": ["2026-05-03"]}, "gaps moet een lijst"),
        ({"gaps": [{"first_day": "2026-05-03"}]}, "gaps 1, last_day: "),
        ({"gaps": [{"first_day": "2026-02-30", "last_day": "2026-03-01"}]}, "gaps 1, first_day: "),
        ({"gaps": [{"first_day": "2026-05-03", "last_day": "2026-05-02"}]}, "gaps 1: .*ligt vóór de eerste dag"),
    ],
)
def test_days_that_cannot_be_are_refused_where_they_stand(
    load: Callable[..., Any], changed: dict[str, Any], where: str
) -> None:
    with pytest.raises(BrokenFile, match=where):
        load(**changed)
    assert not Municipality.objects.exists()


def test_a_last_day_before_the_first_that_was_declared_earlier_is_refused(load: Callable[..., Any]) -> None:
    load(registered_from="2026-05-01")
    with pytest.raises(BrokenFile, match="vóór de eerste"):
        load(registered_until="2026-04-30")


def test_an_emergency_may_not_wait_longer_than_a_danger_without_casualties(load: Callable[..., Any]) -> None:
    with pytest.raises(BrokenFile, match="noodgeval"):
        load(emergency_hours=48, hazard_hours=2)


@pytest.mark.parametrize("key", ["code", "name", "publisher", "contact_email"])
def test_null_is_absent(load: Callable[..., Any], key: str) -> None:
    with pytest.raises(BrokenFile, match=rf"stad\.json: {key} "):
        load(**{key: None})


def test_null_says_that_it_is_empty_only_where_it_may_be(load: Callable[..., Any]) -> None:
    load(routing_threshold=0.9, retention_days=400, theme={"action": "#0b6147"})
    municipality = load(routing_threshold=None, retention_days=None, theme=None)
    assert (municipality.routing_threshold, municipality.retention_days, municipality.theme) == (
        None,
        400,
        {"action": "#0b6147"},
    )


def test_a_key_that_stands_twice_is_refused(db: None, tmp_path: Path) -> None:
    path = tmp_path / "stad.json"
    path.write_text(json.dumps(GIVEN)[:-1] + ', "name": "Vlaardingen"}')
    with pytest.raises(BrokenFile, match=r"stad\.json: “name” .*regel 1, teken \d+ en regel 1, teken \d+"):
        load_municipality(path)
    assert not Municipality.objects.exists()


@pytest.mark.parametrize("answer", [True, False])
def test_a_shorter_term_of_contact_details_is_confirmed_first(
    load: Callable[..., Any], answer: bool, tmp_path: Path
) -> None:
    load()
    asked = []

    def confirm(*given: Municipality | int) -> bool:
        asked.append(given)
        return answer

    (tmp_path / "stad.json").write_text(json.dumps(GIVEN | {"retention_days": 40, "name": "Nieuw"}))
    with nullcontext() if answer else pytest.raises(NotConfirmed):
        load_municipality(tmp_path / "stad.json", confirm)
    stored = Municipality.objects.get()
    assert (stored.retention_days, stored.name) == ((40, "Nieuw") if answer else (365, "Schiedam"))
    assert [(days, number) for _where, days, number in asked] == [(40, 0)]


def test_a_longer_term_and_a_first_one_are_not_asked_about(load: Callable[..., Any]) -> None:
    assert load(retention_days=30).retention_days == 30
    assert load(retention_days=31).retention_days == 31
    assert load(retention_days=31).retention_days == 31


def test_what_the_file_does_not_say_stays(load: Callable[..., Any]) -> None:
    load(theme={"action": "#0b6147"}, epsilon_month=0.5)
    municipality = load(name="Nieuw Schiedam")
    municipality.refresh_from_db()
    assert (municipality.name, municipality.theme, str(municipality.epsilon_month)) == (
        "Nieuw Schiedam",
        {"action": "#0b6147"},
        "0.500",
    )


def test_a_key_that_nobody_knows_is_refused_with_those_there_are(load: Callable[..., Any]) -> None:
    with pytest.raises(BrokenFile, match=r"stad\.json: retention_day .*retention_days"):
        load(retention_day=60)
    assert not Municipality.objects.exists()


def test_the_file_says_who_knows_the_addresses(load: Callable[..., Any]) -> None:
    assert load(address_source="pdok").address_source == "pdok"
