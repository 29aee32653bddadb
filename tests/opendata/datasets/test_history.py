from opendata.datasets.history import hash_of_history
from tests.opendata.formats.making import DATASET, document, two_months


def test_the_checksum_is_that_of_the_releases_in_the_order_of_their_periods() -> None:
    april, may = document("2026-04").sha256, document("2026-05").sha256
    assert two_months().sha256 == hash_of_history(DATASET.slug, {"2026-05": may, "2026-04": april})


def test_another_release_or_dataset_gives_another_checksum() -> None:
    sums = {hash_of_history("a", {"2026-04": "1"}), hash_of_history("b", {"2026-04": "1"})}
    assert len(sums | {hash_of_history("a", {"2026-05": "1"}), hash_of_history("a", {"2026-04": "2"})}) == 4


def test_the_rows_of_all_periods_follow_each_other() -> None:
    whole = two_months()
    assert (whole.periods, [each["maand"] for each in whole.rows]) == (("2026-04", "2026-05"), ["2026-04", "2026-05"])
    assert whole.names == tuple(whole.rows[0])
