"""How the web may be cut into processes and threads: each layout with one client, four and eight that keep alive."""

from argparse import Namespace
from collections.abc import Iterator

from django.db import connections

from meldingen.places import geo
from meldingen.tenancy.models import Municipality
from tests.benchmarks.__main__ import WORK
from tests.benchmarks.pages import Layout, clients, running
from tests.benchmarks.table import measured, visited

LAYOUTS = (Layout(2, 4, proxied=False), Layout(2, 4), Layout(4, 1), Layout(8, 1), Layout(4, 2))
TOGETHER = (1, 4, 8)
HEADER = f"{'':24}{'':24}{'c':>3}{'per s':>9}{'lowest':>9}{'highest':>9}{'p50 ms':>9}{'p99 ms':>9}{'of':>6}\n"


def layouts_table(town: Municipality, environment: dict[str, str], wanted: Namespace) -> Iterator[str]:
    """For each layout the list and the last POST, and what memory its processes took."""
    stored, tokens = visited(town)
    connections.close_all()
    yield HEADER
    for layout in LAYOUTS:
        with running(environment, layout) as web:
            for name in ("newest", "submit"):
                for number in wanted.clients or TOGETHER:
                    make_work = clients(web.port, geo.to_door(stored), tokens, name)
                    done = measured(make_work, number, wanted)
                    yield f"{layout!s:24}{WORK[name]:24}{number:3}{done.rate:9.1f}{done.lowest:9.1f}{done.highest:9.1f}"
                    yield f"{done.p50:9.1f}{done.p99:9.1f}{done.answers:6}\n"
            yield f"{layout!s:24}{'memory (PSS)':24}{'':3}{web.memory():9.0f} MiB\n"
