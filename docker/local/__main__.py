"""The private stack of this checkout: `python3 docker/local COMMAND`, called by the Makefile.

Standard library only: it runs before a venv exists.
"""

import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import app
import beginning
import broker
import cluster
import prepare
import processes
import stages
import tour
from place import CHECKOUT, Place, alone, find

HINT = """# set -a; . .local/services.env; set +a
# Two test runs at the same time: give each its own TEST_RUN, it ends the name of the test database.
"""


def start_stores(place: Place) -> None:
    cluster.start(place)
    broker.start(place)


def setup(place: Place, kind: str = "demo") -> None:
    """Have everything that `kind` (demo or test) needs, and start nothing."""
    with alone(place):
        prepare.setup(place, kind)


def services(place: Place) -> None:
    """Start PostGIS and Redis only, and say in `.local/services.env` where they are."""
    with alone(place):
        start_stores(place)
    lines = "".join(f"{name}={value}\n" for name, value in app.stores_with_owner(place).items())
    place.write(place.state / "services.env", HINT + lines)
    print("PostGIS and Redis run; .local/services.env says where.")


def run(place: Place, *command: str) -> None:
    """Run a command with PostGIS and Redis at hand; they are stopped afterwards when they did not run before."""
    ran = set(processes.running(place).values())
    with alone(place):
        start_stores(place)
    try:
        # what a test writes is thrown away, so its commits need not wait for the disk
        fast = {"PGOPTIONS": "-c synchronous_commit=off"}
        done = subprocess.run(command, cwd=CHECKOUT, env=os.environ | app.stores_with_owner(place) | fast, check=False)
    finally:
        if not ran:
            down(place)
    raise SystemExit(done.returncode)


def services_down(place: Place) -> None:
    """Stop PostGIS and Redis."""
    with alone(place):
        broker.stop(place)
        cluster.stop(place)


def start(place: Place) -> None:
    """Have the whole stack running in the background with the demo town in it."""
    with alone(place):
        with stages.stage("install"):
            prepare.setup(place, "demo")
            prepare.share_code(place)
        with stages.stage("stores"):
            start_stores(place)
        with stages.stage("towns, model and grids"):
            app.fill(place)
        with stages.stage("web and workers"):
            app.start(place)
    print(f"Running: {app.url(place)} (logins in .local/up.env, logs in .local/log/)")


def walk(place: Place) -> None:
    """Walk through the main job over HTTP and publish the closed months. SystemExit when a step failed."""

    def part(name: str) -> None:
        command = [str(prepare.PYTHON), "docker/local/walk.py", name]
        if subprocess.run(command, cwd=CHECKOUT, env=os.environ | app.variables(place), check=False).returncode != 0:
            raise SystemExit("The walk failed.")

    with stages.stage("walk"):
        part("reports")
    with stages.stage("publish"):
        app.publish(place)
    with stages.stage("walk"):
        part("data")
    (place.state / cluster.WALKED).touch()
    if not beginning.is_kept(place):
        keep_the_beginning(place)


def keep_the_beginning(place: Place) -> None:
    """Copy what `again` goes back to; everything rests for some seconds."""
    with stages.stage("keep the beginning"):
        down(place)
        with alone(place):
            beginning.keep(place)
    start(place)


def again(place: Place) -> None:
    """Back to the beginning: the demo as it was when it had been walked through for the first time."""
    if not beginning.is_kept(place):
        raise SystemExit("There is no beginning to go back to yet: run `make up` first.")
    began = time.monotonic()
    down(place)
    with alone(place):
        beginning.restore(place)
    up(place)
    print(f"Back at the beginning, in {time.monotonic() - began:.0f} s.")


def up(place: Place) -> None:
    """The demo in the background; what runs already is left alone, and one that was walked before is not walked again.
    `down` stops it.
    """
    start(place)
    if not (place.state / cluster.WALKED).exists():
        walk(place)
    print(stages.line())


def manage(place: Place, arguments: str = "") -> None:
    """Run manage.py with `arguments` (words as a shell splits them) on the private stack, which is left as it was."""
    ran = set(processes.running(place).values())
    with alone(place):
        prepare.setup(place, "demo")
        prepare.share_code(place)
        start_stores(place)
    try:
        app.run(place, "manage.py", *shlex.split(arguments))
    finally:
        if not ran:
            down(place)


def jobs(place: Place, arguments: str = "") -> None:
    """Do the jobs of every user in a browser on the demo as it was at first, and print what they took.

    The jobs before left their traces: towns that exist, beside which the demo does not start, and meldingen.
    """
    ran = set(processes.running(place).values())
    for name in (
        "LIMIT_API",
        "LIMIT_FORM",
        "LIMIT_PROMPTS",
        "LIMIT_SUGGESTIONS",
    ):  # everybody here comes from one network
        os.environ.setdefault(name, "1000/hour")
    (again if beginning.is_kept(place) else up)(place)
    command = [".venv/bin/pytest", "-p", "no:randomly", "-m", "slow", "tests/jobs", *shlex.split(arguments)]
    try:
        done = subprocess.run(command, cwd=CHECKOUT, env=os.environ | app.variables(place), check=False)
    finally:
        if not ran:
            down(place)
    raise SystemExit(done.returncode)


def down(place: Place) -> None:
    """Leave no process of this checkout, whatever happened before."""
    with alone(place):
        pids = processes.running(place)
        app.stop(place)
        processes.stop(place, processes.COMMAND)
        broker.stop(place)
        cluster.stop(place)
        processes.wait_until_gone(pids)
        for name in ("up.env", "services.env"):
            (place.state / name).unlink(missing_ok=True)


def demo(place: Place) -> None:
    """The whole stack, the walk through the main job, and then serve until Ctrl-C (DEMO_ONCE=1: do not serve)."""
    began = time.monotonic()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    try:
        start(place)
        walk(place)
        print(f"Took {time.monotonic() - began:.0f} s.", stages.line())
        if os.environ.get("DEMO_ONCE", "0") in ("", "0"):
            print(f"Serving {app.url(place)} until Ctrl-C. Staff: {app.url(place)}/beheer/")
            print("Ten things to try:", *tour.lines(app.url(place)), sep="\n")
            print("The other towns:", *tour.towns(app.url(place)), sep="\n")
            print(f"Log in as {app.ADMIN_USER}, behandelaar or lezer; password {place.secret('admin_password')}")
            signal.pause()
    except KeyboardInterrupt:
        print("\nStopping.")
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        down(place)


COMMANDS: dict[str, Callable[..., None]] = {
    command.__name__.replace("_", "-"): command
    for command in (setup, services, services_down, run, up, down, demo, again, manage, jobs)
}


def main() -> None:
    os.umask(0o022)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        raise SystemExit(f"usage: python3 docker/local {'|'.join(COMMANDS)}")
    COMMANDS[sys.argv[1]](find(), *sys.argv[2:])


if __name__ == "__main__":
    main()
