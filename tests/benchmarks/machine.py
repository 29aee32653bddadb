"""The machine on which the figures were measured, in one line, and what the database promises about its commits."""

import os
import platform
from pathlib import Path

from django.db import connection


def described() -> str:
    """Processor, cores, memory, system, Python; PostgreSQL with fsync and synchronous_commit as they are."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), current_setting('fsync'), current_setting('synchronous_commit')"
        )
        version, fsync, commit = cursor.fetchone()
    return (
        f"{cpu}, {os.cpu_count()} cores, {memory:.0f} GiB; "
        f"Linux {platform.release()}; Python {platform.python_version()}; "
        f"PostgreSQL {version.split()[0]}, fsync {fsync}, synchronous_commit {commit}"
    )
