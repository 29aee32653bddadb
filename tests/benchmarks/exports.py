"""All meldingen of the measured town into a file, beside the bare COPY of the same rows."""

import io
import time
import tracemalloc
from collections.abc import Iterator

from django.db import connection

from meldingen.exports import asking, writing
from meldingen.exports.asking import Wish
from meldingen.exports.models import Export
from meldingen.record.models import Melding
from meldingen.tenancy.models import Municipality, User

COPY = """
COPY (
  SELECT m.reference, m.received_at, m.state, m.priority, m.danger, p.name_texts, c.name_texts, m.text, m.address,
    m.place_text, w.name, b.name, ST_Y(ST_Transform(m.point, 4326)), ST_X(ST_Transform(m.point, 4326)), m.source,
    t.name, m.deadline, m.promised_at, m.closed_at
  FROM meldingen_melding m
  LEFT JOIN meldingen_category c ON c.id = m.category_id LEFT JOIN meldingen_category p ON p.id = c.parent_id
  LEFT JOIN tenancy_team t ON t.id = m.team_id
  JOIN meldingen_area b ON b.id = m.buurt_id LEFT JOIN meldingen_area w ON w.id = b.parent_id
  WHERE m.municipality_id = {pk} ORDER BY m.received_at DESC, m.id DESC
) TO STDOUT WITH (FORMAT csv, HEADER)"""


def exports_table(municipality: Municipality) -> Iterator[str]:
    """A line for the bare COPY (without times per state) and one for each kind of file; then memory."""
    total = Melding.objects.of(municipality).count()
    yield f"all {total:,} meldingen as a file\n{'':12} {'seconds':>8} {'MB':>6}\n"
    start, sink = time.perf_counter(), io.BytesIO()
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(COPY.format(pk=municipality.pk), sink)
    yield f"{'bare COPY':12} {time.perf_counter() - start:8.2f} {sink.tell() / 1e6:6.1f}\n"
    for kind in Export.Kind.values:
        yield f"{kind:12} {_write(municipality, 'list=all', kind):8.2f}\n"
    tracemalloc.start()
    peaks = []
    for query in ("list=open", "list=all"):
        tracemalloc.reset_peak()
        _write(municipality, query, "csv")
        peaks.append((Export.objects.latest("pk").total, tracemalloc.get_traced_memory()[1] / 1e6))
    tracemalloc.stop()
    yield "most memory: " + ", ".join(f"{rows:,} meldingen {peak:.1f} MB" for rows, peak in peaks) + "\n"


def _write(municipality: Municipality, query: str, kind: str) -> float:
    user = User.objects.get(username="meting")
    export = asking.ask(municipality, user, Wish(query, "Meting", kind, "nl"))
    start = time.perf_counter()
    writing.write(export.pk)
    seconds = time.perf_counter() - start
    export.refresh_from_db()
    if export.stage != Export.Stage.READY:
        raise AssertionError(f"{kind}: {export.stage} {export.refusal}")
    return seconds
