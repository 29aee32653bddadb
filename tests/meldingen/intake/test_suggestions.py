import pytest

from meldingen.intake.suggestions import seal, unseal


@pytest.mark.parametrize("shown", [[], ["weg|gat"], ["weg|gat", "afval|bak"]])
def test_what_was_sealed_comes_back_in_its_order(shown: list[str]) -> None:
    assert unseal(seal(shown, 1, "Lamp kapot"), 1, "Lamp kapot") == shown


@pytest.mark.parametrize(("municipality", "text"), [(2, "Lamp kapot"), (1, "Lamp kapot!"), (1, "")])
def test_it_holds_for_that_text_in_that_municipality_alone(municipality: int, text: str) -> None:
    assert unseal(seal(["weg|gat"], 1, "Lamp kapot"), municipality, text) is None


@pytest.mark.parametrize("forged", ["", ":", "WzNd", "WzNd:1abc:x", "é\u202e", "x" * 100_000])
def test_what_the_server_did_not_write_is_unknown(forged: str) -> None:
    assert unseal(forged, 1, "Lamp kapot") is None
    assert unseal(seal(["weg|gat"], 1, "Lamp kapot") + forged + "0", 1, "Lamp kapot") is None
