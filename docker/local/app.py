"""The application on the private stores: web, workers and beat, and what must be in the database before they start."""

import hashlib
import json
import os
import time
import urllib.error
import urllib.request
from pathlib import Path

import broker
import cluster
import prepare
import processes
import proxy
from place import CHECKOUT, Place, stop_with

ADMIN_USER = "beheer"
ROLES = ("web", "beat", "periodic", "worker")  # in the order in which they stop: no new work, then what runs
# The sweep has a worker of its own: it never waits behind a flood of meldingen, mails or tables.
QUEUES = {"worker": ("classify,mail,photos,bulk", "2"), "periodic": ("periodic", "2")}
PASSED_ON = (
    "DEBUG", "DEMO", "EMAIL_URL", "LOG_LEVEL", "SWEEP_SECONDS", "TILES_URL", "TILES_ATTRIBUTION", "WEB_CONCURRENCY",
    "WEB_THREADS",
)  # fmt: skip


def stores(place: Place) -> dict[str, str]:
    return {"DATABASE_URL": cluster.url(place), "REDIS_URL": broker.url(place)}


def stores_with_owner(place: Place) -> dict[str, str]:
    """For what runs to its end, such as `migrate`: no process that stays has the owner's password."""
    return stores(place) | {"DATABASE_OWNER_URL": cluster.owner_url(place)}


def environment(place: Place) -> dict[str, str]:
    """The settings of the private stack: plain HTTP on this machine, one thread for each calculation."""
    place.secret("secret_key")
    return {
        "DEMO": "on",
        **{name: value for name, value in os.environ.items() if name in PASSED_ON or name.startswith("LIMIT_")},
        **stores(place),
        "DJANGO_SETTINGS_MODULE": "meldingen.conf.settings",
        "SECRET_KEY_FILE": str(place.state / "secrets" / "secret_key"),
        "DATA_DIR": str(place.folder("data")),
        "HTTPS": "off",
        "PUBLIC_PORT": str(place.known_port("proxy")),
        "PROXY_HOPS": "1",
        "PYTHONUNBUFFERED": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def python(place: Place) -> str:
    """The interpreter as the running user reaches it."""
    home = CHECKOUT / ".venv" if place.code == CHECKOUT else place.state / "venv"
    return str(home / "bin" / "python")


def run(place: Place, *command: str, **extra: str) -> None:
    """Run Python with the application's settings as the running user, seen as it goes. SystemExit when it fails."""
    variables = environment(place) | stores_with_owner(place) | {"PYTHONPATH": str(place.code)} | extra
    done = place.run([python(place), *command], cwd=place.code, env=place.environment(variables), capture=False)
    if done.returncode != 0:
        stop_with(f"Failed: {' '.join(command)}")


def fill(place: Place) -> None:
    """Migrate and have the demo town with its model and logins: once for this code and year, in this cluster."""
    now, done = f"{prepare.version()} {time.localtime().tm_year}", place.state / cluster.FILLED
    if done.exists() and done.read_text(encoding="ascii") == now:
        return
    done.unlink(missing_ok=True)
    run(place, "-P", "docker/local/fill.py", ADMIN_USER=ADMIN_USER, ADMIN_PASSWORD=place.secret("admin_password"))
    place.write(done, now)


def publish(place: Place) -> None:
    """Publish every closed period that is not published yet."""
    run(place, "manage.py", "publish", "--all")


def start(place: Place) -> None:
    """Have web, workers and beat running with the code as it is now, and return when the proxy before the web answers.

    What runs so already is left alone: only what died, or was started from other code or settings, is started.
    """
    public = port_of(place, "proxy", "proxy", 8000)
    port = port_of(place, "behind_proxy", "web")
    variables = environment(place)
    version = hashlib.sha256(json.dumps([prepare.version(), variables], sort_keys=True).encode()).hexdigest()
    away = [role for role in ROLES if not processes.lives(place, role, version)]
    if "web" not in away and not answers(port):
        away.append("web")
    processes.stop(place, *away)
    for role, command in commands(place, port).items():
        if role in away:
            processes.start(place, role, command, variables | {processes.VERSION: version}, place.code)
    wait_for(place, "web", port)
    proxy.start(place, public, port)
    wait_for(place, "proxy", public)
    write_environment(place)


def port_of(place: Place, name: str, role: str, wish: int = 0) -> int:
    """The port that `role` listens on; one for it when it does not run."""
    return place.known_port(name) if processes.with_role(place, role) else place.port(name, wish)


def commands(place: Place, port: int) -> dict[str, list[str]]:
    celery = [python(place), "-m", "celery", "-A", "meldingen.conf.celery:app"]
    schedule = str(place.folder("beat") / "schedule")
    return {
        "web": [python(place), "-m", "gunicorn", "-c", "docker/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}"],
        **{role: [*celery, "worker", *worker_options(role)] for role in QUEUES},
        "beat": [*celery, "beat", "--loglevel", "INFO", "--schedule", schedule, "--pidfile="],
    }


def stop(place: Place) -> None:
    """End them: first who lets visitors in."""
    proxy.stop(place)
    processes.stop(place, *ROLES)


def worker_options(role: str) -> list[str]:
    queues, number = QUEUES[role]
    return ["--queues", queues, "--concurrency", number, "--hostname", f"{role}@%h", "--loglevel", "INFO"]


def url(place: Place) -> str:
    return f"http://localhost:{place.known_port('proxy')}"


def wait_for(place: Place, role: str, port: int, patience: float = 60) -> None:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and processes.with_role(place, role):
        if answers(port):
            return
        time.sleep(0.1)
    stop_with(f"The {role} does not answer; the end of its log:\n{tail(place.logs / f'{role}.log')}")


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://localhost:{port}/gezond", timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False


def tail(path: Path, lines: int = 30) -> str:
    return "\n".join(path.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


def variables(place: Place) -> dict[str, str]:
    """What a person or a script needs to use the running stack."""
    logins = {"ADMIN_USER": ADMIN_USER, "ADMIN_PASSWORD": place.secret("admin_password")}
    return {"WEB_URL": url(place), **logins, **stores_with_owner(place)}


def write_environment(place: Place) -> None:
    place.write(place.state / "up.env", "".join(f"{name}={value}\n" for name, value in variables(place).items()))
