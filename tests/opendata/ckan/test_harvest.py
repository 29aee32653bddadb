"""The harvester of a real CKAN (CKAN_BENCH: the command that feeds it, docs/development.md) takes our catalogue."""

import os
import subprocess

import pytest
from pytest_django.live_server_helper import LiveServer

from opendata import releases
from tests.opendata.conftest import MAY, publishing_town

BENCH = os.environ.get("CKAN_BENCH", "")


def harvest(address: str) -> list[str]:
    """What the harvester did with each dataset, in its words."""
    command = [BENCH, "harvest", f"{address}/data/catalog.ttl", "meldingen-proef", "turtle"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return [line.split()[0] for line in done.stdout.splitlines()]


@pytest.mark.slow
@pytest.mark.skipif(not BENCH, reason="no harvester is named by CKAN_BENCH")
@pytest.mark.usefixtures("empty_storage")
def test_the_harvester_takes_the_catalogue_twice_and_makes_nothing_a_second_time(
    transactional_db: None, live_server: LiveServer
) -> None:
    releases.publish(publishing_town(host="localhost").municipality, MAY)
    address = live_server.url.replace("127.0.0.1", "localhost")
    first = harvest(address)
    assert first
    assert set(first) <= {"added", "updated"}  # what an earlier run left there is known again
    again = harvest(address)
    assert set(again) <= {"updated"}
