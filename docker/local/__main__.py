"""The private stack of this checkout: `python3 docker/local COMMAND`, called by the Makefile. Standard library only: it runs before a venv exists."""

import os
import sys
from collections.abc import Callable

import broker
import cluster
import processes
from place import Place, alone, find


def start_stores(place: Place) -> None:
    cluster.start(place)
    broker.start(place)


def stop_stores(place: Place) -> None:
    broker.stop(place)
    cluster.stop(place)


def stores(place: Place) -> dict[str, str]:
    return {"DATABASE_URL": cluster.url(place), "REDIS_URL": broker.url(place)}


def services(place: Place) -> None:
    """Start PostGIS and Redis only, and say in `.local/services.env` where they are."""
    with alone(place):
        start_stores(place)
    lines = "".join(f"{name}={value}\n" for name, value in stores(place).items())
    hint = "# set -a; . .local/services.env; set +a\n# Two test runs at the same time: give each its own TEST_RUN, it ends the name of the test database.\n"
    place.write(place.state / "services.env", hint + lines)
    print(f"PostGIS and Redis run; see {place.state / 'services.env'}")


def services_down(place: Place) -> None:
    """Stop PostGIS and Redis."""
    with alone(place):
        stop_stores(place)


COMMANDS: dict[str, Callable[[Place], None]] = {"services": services, "services-down": services_down}


def main() -> None:
    os.umask(0o022)
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        raise SystemExit(f"usage: python3 docker/local {'|'.join(COMMANDS)}")
    COMMANDS[sys.argv[1]](find())


if __name__ == "__main__":
    main()
