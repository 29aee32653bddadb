from opendata.ckan.packages import TAGS, differences, tags


def test_only_what_differs_is_sent() -> None:
    there = {"title": "Oud", "notes": "Gelijk", "size": 4, "of_others": 1}
    assert differences(there, {"title": "Nieuw", "notes": "Gelijk", "size": 4}) == {"title": "Nieuw"}


def test_a_portal_may_spell_formats_and_emptiness_as_it_likes() -> None:
    assert differences({"format": "Csv", "notes": None}, {"format": "CSV", "notes": ""}) == {}
    assert differences({"format": "JSON"}, {"format": "CSV"}) == {"format": "CSV"}


def test_a_field_that_is_missing_there_differs() -> None:
    assert differences({}, {"version": "2026-05"}) == {"version": "2026-05"}


def test_our_tags_come_behind_those_of_others_and_once() -> None:
    found = tags({"tags": [{"name": "groen"}, {"name": TAGS[0]}]})
    assert found == [{"name": name} for name in ("groen", *TAGS)]


def test_where_all_of_ours_are_there_nothing_is_sent() -> None:
    assert tags({"tags": [{"name": name} for name in (*TAGS, "groen")]}) is None
    assert tags({}) == [{"name": name} for name in TAGS]
