import json
from dataclasses import replace

from opendata.formats.json import head, render
from tests.opendata.formats.making import document, row


def test_the_head_says_what_is_needed_to_check_the_rows() -> None:
    whole = document()
    about = head(whole)
    assert (about["sleutel"], about["sha256_rijen"], about["epsilon"]) == (whole.key, whole.sha256, "0.3")
    assert about["interval"] == "90%"


def test_a_release_of_a_chain_names_the_one_before_it_and_another_does_not() -> None:
    assert "nummer" not in head(document())
    about = head(replace(document(), link=(7, "a" * 64, "b" * 64)))
    assert (about["nummer"], about["sha256_vorige_uitgave"], about["sha256_uitgave"]) == (7, "a" * 64, "b" * 64)


def test_rows_stand_a_line_each_in_their_own_letters() -> None:
    content = render(document("2026-05", row(categorie="Café"), row()), {}).decode()
    assert len(content.splitlines()) == 4
    assert "Café" in content
    assert [each["categorie"] for each in json.loads(content)["rijen"]] == ["Café", "Gat"]
