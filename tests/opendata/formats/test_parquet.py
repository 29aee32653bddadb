import io

import pyarrow.parquet as pq

from opendata.formats.parquet import LICENCE, render_history
from tests.opendata.formats.making import two_months


def test_columns_have_their_types_and_unknown_stays_unknown() -> None:
    table = pq.read_table(io.BytesIO(render_history(two_months(verwachte_fout_procent=None, trekking=-4))))
    types = {field.name: str(field.type) for field in table.schema}
    assert (types["maand"], types["trekking"], types["epsilon"]) == ("string", "int64", "double")
    assert table.column("verwachte_fout_procent").to_pylist() == [0, None]
    assert table.column("trekking").to_pylist() == [0, -4]


def test_the_schema_says_what_the_rows_cannot() -> None:
    history = two_months()
    about = pq.read_schema(io.BytesIO(render_history(history))).metadata
    assert (about[b"dataset"], about[b"gemeentecode"]) == (history.dataset.slug.encode(), b"GM0001")
    assert (about[b"sha256_rijen"], about[b"licentie"]) == (history.sha256.encode(), LICENCE.encode())
