"""The processes of this place, found by what they carry and not by files that may be stale."""

import os
import signal
import subprocess
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from place import CHECKOUT, MARK, Place

ROLE = "MELDINGEN_ROLE"
VERSION = "MELDINGEN_VERSION"  # what a process was started from: its code and its settings
COMMAND = "command"  # the role of what runs to its end, such as a migration


def start(
    place: Place,
    role: str,
    command: list[str],
    environment: Mapping[str, str],
    folder: Path,
    program: str | None = None,
) -> int:
    """Start `command` as the unprivileged user in a session of its own; its output goes to `.local/log/ROLE.log`."""
    log = place.folder("log") / f"{role}.log"
    log.touch(mode=0o600)
    place.give(log)
    with open(log, "ab") as output:
        process = subprocess.Popen(  # type: ignore[call-overload]
            command,
            executable=program,
            cwd=folder,
            env=place.environment(environment) | {ROLE: role},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **place.drop(),
        )
    return int(process.pid)


def running(place: Place) -> dict[int, str]:
    """Every process of this place with its role.

    Ours carry a mark in their environment; PostgreSQL, Redis and nginx write their title over it and are known by
    their working folder. A chroot on this machine may hold a checkout of the same path: its processes have another
    root.
    """
    here = os.stat("/")
    roles: dict[int, str] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                root = os.stat(entry / "root")
                role = role_of(entry, place)
            except OSError:  # ended meanwhile, or another user's
                continue
            if role and (root.st_dev, root.st_ino) == (here.st_dev, here.st_ino) and alive(entry):
                roles[int(entry.name)] = role
    return roles


def role_of(entry: Path, place: Place) -> str:
    folder = os.readlink(entry / "cwd").removesuffix(" (deleted)")
    for role in ("postgres", "redis", "proxy"):
        if folder == str(place.state / role):
            return role
    variables = (entry / "environ").read_bytes().split(b"\0")
    if f"{MARK}={CHECKOUT}".encode() not in variables:
        return ""
    return next((v.decode().partition("=")[2] for v in variables if v.startswith(f"{ROLE}=".encode())), COMMAND)


def lives(place: Place, role: str, version: str = "") -> bool:
    """Whether the first process of `role` runs, started from `version`; children that it left behind do not count."""
    first = [pid for pid in with_role(place, role) if is_leader(pid)]
    return bool(first) and all(not version or version_of(pid) == version for pid in first)


def version_of(pid: int) -> str:
    variables = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    return next((v.decode().partition("=")[2] for v in variables if v.startswith(f"{VERSION}=".encode())), "")


def alive(entry: Path) -> bool:
    return (entry / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0] not in "ZX"


def with_role(place: Place, *roles: str) -> list[int]:
    return [pid for pid, role in running(place).items() if role in roles]


def stop(place: Place, *roles: str, first: int = signal.SIGTERM, patience: float = 20) -> None:
    """End all processes of these roles and return when none is left: politely, and after `patience` seconds not so."""
    deadline = time.monotonic() + patience
    asked: set[int] = set()
    while pids := with_role(place, *roles):
        late = time.monotonic() > deadline
        for pid in pids:
            if late or (pid not in asked and is_leader(pid)):
                send(pid, signal.SIGKILL if late else first)
                asked.add(pid)
        if not any(is_leader(pid) for pid in pids):  # a parent was killed and left children behind
            deadline = min(deadline, time.monotonic() + 2)
        time.sleep(0.05)


def is_leader(pid: int) -> bool:
    try:
        return os.getsid(pid) == pid
    except ProcessLookupError:
        return False


def send(pid: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def wait_until_gone(pids: Iterable[int], patience: float = 5) -> None:
    """Wait until the ended processes are off the process table too, where something collects them."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and any(Path(f"/proc/{pid}").exists() for pid in pids):
        time.sleep(0.05)
