from meldingen.refusals import Refused


def test_a_refusal_of_nothing_in_particular_names_no_field() -> None:
    refused = Refused("closed", "Deze melding is gesloten.")
    assert (refused.code, refused.message, refused.field, str(refused)) == (
        "closed", "Deze melding is gesloten.", "", "closed",
    )  # fmt: skip
