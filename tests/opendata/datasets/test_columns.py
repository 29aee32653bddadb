import pytest

from opendata.datasets.columns import columns_of, key_of
from opendata.disclosure import MONTHLY, YEARLY, Table

TABLES = [*MONTHLY, *YEARLY]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_has_its_period_first_each_column_once_and_its_key_among_them(table: Table) -> None:
    names = [column.name for column in columns_of(table)]
    assert names[0] in ("maand", "jaar")
    assert len(names) == len(set(names))
    assert set(key_of(table)) <= set(names)


def test_the_key_of_a_table_of_two_dimensions_is_in_their_order() -> None:
    by_name = {table.name: table for table in MONTHLY}
    assert key_of(by_name["wijk-hoofdcategorie"]) == ("wijkcode", "hoofdcategoriecode")


def test_only_counts_and_shares_are_numbers() -> None:
    numbers = {column.name for column in columns_of(MONTHLY[0]) if column.is_number}
    assert {"trekking", "aantal", "ondergrens", "bovengrens", "epsilon"} <= numbers
    assert not numbers & {"maand", "gemeentecode", "wijkcode", "wijknaam", "voorbehoud"}
