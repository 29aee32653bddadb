"""Where this checkout keeps its running state (`.local`), and which user runs what is started."""

import fcntl
import json
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

CHECKOUT = Path(__file__).resolve().parents[2]
ROOT_STATE = Path("/var/lib/meldingen-local")  # only root writes here, so nobody can wait for us with a planted folder
ROOT_USER = "meldingen-local"
MARK = "MELDINGEN_STACK"  # in the environment of all that is started: whose it is


def stop_with(message: str) -> NoReturn:
    """End the launcher with a message for people and exit code 1."""
    print(message, file=sys.stderr)
    raise SystemExit(1)


@dataclass(frozen=True)
class Place:
    """`state` holds all that runs, `user` is whom root drops to (None: not root), `code` is what `user` can read."""

    state: Path
    user: pwd.struct_passwd | None
    code: Path

    @property
    def logs(self) -> Path:
        return self.state / "log"

    def folder(self, *names: str) -> Path:
        """A folder inside the state that belongs to the running user and to nobody else."""
        path = self.state
        for name in names:
            path = path / name
            path.mkdir(mode=0o700, exist_ok=True)
            self.give(path)
        return path

    def give(self, path: Path) -> None:
        if self.user:
            os.chown(path, self.user.pw_uid, self.user.pw_gid, follow_symlinks=False)

    def write(self, path: Path, text: str) -> None:
        """Write a file of mode 600 in one step: a reader sees the old text or the new text."""
        new = path.with_name(f"{path.name}.{os.getpid()}.new")
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        self.give(new)
        new.replace(path)

    def secret(self, name: str) -> str:
        """A password that is made once and kept in `.local/secrets/`."""
        path = self.folder("secrets") / name
        if not path.exists():
            self.write(path, secrets.token_hex(20))
        return path.read_text(encoding="utf-8")

    def port(self, name: str, wish: int = 0) -> int:
        """A TCP port of 127.0.0.1 for `name`: the one of last time while it is free, else `wish`, else any."""
        wishes = [port for port in (self.known_port(name), wish) if port]
        free = next(filter(None, map(free_port, [*wishes, 0])))
        self.write(self.state / "ports.json", json.dumps(self.ports() | {name: free}))
        return free

    def known_port(self, name: str) -> int:
        """The port that `name` was started on; 0 when it never was."""
        return self.ports().get(name, 0)

    def ports(self) -> dict[str, int]:
        path = self.state / "ports.json"
        return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}

    def environment(self, extra: Mapping[str, str] = {}) -> dict[str, str]:
        """What a started process sees: `extra`, language, certificates and proxies, none of the caller's secrets."""
        kept = ("LANG", "TZ", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")
        path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        mine = {name: os.environ[name] for name in kept if name in os.environ}
        return {"PATH": path, "HOME": str(self.state), "LANG": "C.UTF-8", MARK: str(CHECKOUT), **mine, **extra}

    def run(
        self,
        command: list[str],
        *,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        text: str | None = None,
        capture: bool = True,
    ) -> "subprocess.CompletedProcess[str]":
        """Run `command` as the unprivileged user to its end, `text` is its input; the output is captured or seen."""
        return subprocess.run(  # type: ignore[call-overload, no-any-return]
            command,
            cwd=cwd or self.state,
            env=env or self.environment(),
            input=text or "",
            text=True,
            capture_output=capture,
            check=False,
            **self.drop(),
        )

    def drop(self) -> dict[str, object]:
        """The arguments that make `subprocess` start as the unprivileged user."""
        if not self.user:
            return {}
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}


def free_port(port: int) -> int | None:
    """`port` when nobody listens on it (any free one for 0), else None."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return None
        return int(probe.getsockname()[1])


def find() -> Place:
    """The place of this checkout, made when it is missing."""
    link = CHECKOUT / ".local"
    if os.geteuid() != 0:
        if link.exists() and link.stat().st_uid != os.geteuid():
            owner = pwd.getpwuid(link.stat().st_uid).pw_name
            stop_with(
                f"{link} belongs to {owner}: stop it with `sudo make down`, "
                "then remove it with `sudo rm -r .local/ .local`."
            )
        link.mkdir(mode=0o700, exist_ok=True)
        return Place(link, None, CHECKOUT)
    if link.is_dir() and not link.is_symlink() and link.stat().st_uid != 0:
        return Place(
            link, pwd.getpwuid(link.stat().st_uid), CHECKOUT
        )  # a user of this machine started it; stay with that user
    return of_root(link)


def of_root(link: Path) -> Place:
    """Root's place: outside the checkout, owned by a user that can do nothing else."""
    try:
        user = pwd.getpwnam(ROOT_USER)
    except KeyError:
        command = [
            "useradd",
            "--system",
            "--no-create-home",
            "--home-dir",
            str(ROOT_STATE),
            "--shell",
            "/usr/sbin/nologin",
            ROOT_USER,
        ]
        subprocess.run(command, check=True)
        user = pwd.getpwnam(ROOT_USER)
    state = ROOT_STATE / sha256(bytes(CHECKOUT)).hexdigest()[:10]
    state.parent.mkdir(mode=0o755, exist_ok=True)
    state.mkdir(mode=0o700, exist_ok=True)
    place = Place(state, user, CHECKOUT)
    place.give(state)
    if link.is_dir() and not link.is_symlink():
        shutil.rmtree(link)  # made by root before anything ran in it
    if not link.is_symlink() or link.readlink() != state:
        link.unlink(missing_ok=True)
        link.symlink_to(state)
    readable = place.run(["test", "-r", str(CHECKOUT / "manage.py")], cwd=Path("/")).returncode == 0
    return place if readable else Place(state, user, state / "code")


@contextmanager
def alone(place: Place) -> Iterator[None]:
    """One launcher at a time starts or stops something in this place."""
    with open(place.state / "lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
