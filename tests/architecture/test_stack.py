"""The private stack: what it may use, and that it starts, survives and leaves nothing behind."""

import ast
import importlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCAL = ROOT / "docker" / "local"
IN_THE_VENV = {"fill.py"}


def imports(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return {name.partition(".")[0] for name in plain | {n.module or "" for n in nodes if isinstance(n, ast.ImportFrom)}}


@pytest.mark.parametrize("path", sorted(LOCAL.glob("*.py")), ids=lambda path: path.name)
def test_the_launcher_needs_only_a_bare_python(path: Path) -> None:
    if path.name not in IN_THE_VENV:
        ours = {other.stem for other in LOCAL.glob("*.py")}
        assert imports(path) <= sys.stdlib_module_names | ours


def nginx() -> Any:
    sys.path.insert(0, str(LOCAL))
    try:
        return importlib.import_module("nginx")
    finally:
        sys.path.remove(str(LOCAL))


def test_nginx_takes_the_configuration_of_the_proxy_as_it_stands(tmp_path: Path) -> None:
    command = [nginx().program(), "-t", *nginx().arguments(tmp_path, nginx().CONFIGURATION)]
    tested = subprocess.run(command, capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr
    assert "warn" not in tested.stderr


def test_compose_and_the_private_stack_differ_in_two_lines_of_the_proxy() -> None:
    compose = (ROOT / "docker" / "compose.yml").read_text(encoding="utf-8")
    assert "./proxy/nginx.conf:/etc/nginx/nginx.conf:ro" in compose
    assert compose.count("127.0.0.1:8000:8080") == compose.count("ports:") == 1
    written = nginx().CONFIGURATION.read_text(encoding="utf-8").splitlines()
    both = zip(written, nginx().configured(81, 82).splitlines(), strict=True)
    assert [two for two in both if two[0] != two[1]] == [
        ("    listen 8080;", "    listen 127.0.0.1:81;"),
        ("    set $web web:8000;", "    set $web 127.0.0.1:82;"),
    ]


@pytest.mark.parametrize("name", ["base", "test", "dev", "assets"])
def test_every_requirement_is_pinned_by_hash(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    pinned = re.findall(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", text, re.MULTILINE | re.DOTALL)
    assert pinned
    assert all("==" in one and "--hash=sha256:" in one for one in pinned)
    assert "://" not in text


def test_no_log_of_a_database_keeps_statements() -> None:
    tree = ast.parse((LOCAL / "cluster.py").read_text(encoding="utf-8"))
    values = {ast.unparse(node.targets[0]): node.value for node in tree.body if isinstance(node, ast.Assign)}
    quiet = ast.literal_eval(values["QUIET"])
    command = f"command: [postgres, -c, {', -c, '.join(quiet)}]"
    assert command in (ROOT / "docker" / "compose.yml").read_text(encoding="utf-8")
    assert all(f"`{setting}`" in (ROOT / "docs" / "operations.md").read_text(encoding="utf-8") for setting in quiet)


def test_the_lock_of_the_front_end_names_no_registry() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert all("integrity" in about and "resolved" not in about for path, about in packages.items() if path)


@pytest.fixture(scope="module")
def launcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Callable[..., Any], Path]]:
    """The launcher in an empty checkout whose path is longer than a socket's may be."""
    checkout = tmp_path_factory.mktemp("stack") / ("x" * 120)
    shutil.copytree(LOCAL, checkout / "docker" / "local", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(LOCAL.parent / "roles.sql", checkout / "docker")

    def call(command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/usr/bin/python3", "docker/local", command],
            cwd=checkout,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    yield call, checkout
    call("services-down")
    shutil.rmtree((checkout / ".local").resolve())


def processes_in(folder: Path) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                inside = Path(os.readlink(entry / "cwd")).is_relative_to(folder)
            except OSError:
                continue
            found += [int(entry.name)] if inside else []
    return found


def test_the_stores_survive_a_kill_and_leave_no_process(launcher: tuple[Callable[..., Any], Path]) -> None:
    call, checkout = launcher
    assert call("services").returncode == 0
    state = (checkout / ".local").resolve()
    before = (state / "services.env").read_text(encoding="utf-8")
    for pid in processes_in(state):
        os.kill(pid, signal.SIGKILL)
    again = call("services")
    assert again.returncode == 0, again.stderr
    assert len(processes_in(state)) > 1
    assert (state / "services.env").read_text(encoding="utf-8") == before
    assert call("services").returncode == 0
    assert call("services-down").returncode == 0
    assert processes_in(state) == []


def first_of(state: Path, role: str) -> int:
    """The process of a store that others are children of."""
    mine = processes_in(state / role)
    stats = {pid: Path(f"/proc/{pid}/stat").read_text(encoding="utf-8") for pid in mine}
    return next(pid for pid, stat in stats.items() if int(stat.rpartition(")")[2].split()[1]) not in mine)


def test_only_the_store_that_died_is_started_again(launcher: tuple[Callable[..., Any], Path]) -> None:
    call, checkout = launcher
    call("services")
    state = (checkout / ".local").resolve()
    redis, postgres = first_of(state, "redis"), first_of(state, "postgres")
    call("services")
    assert (first_of(state, "redis"), first_of(state, "postgres")) == (redis, postgres)
    os.kill(redis, signal.SIGKILL)
    call("services")
    assert first_of(state, "redis") != redis
    assert first_of(state, "postgres") == postgres


def ask(state: Path, sql: str) -> list[tuple[Any, ...]]:
    """The superuser of the private cluster."""
    port = json.loads((state / "ports.json").read_text(encoding="utf-8"))["postgres"]
    password = (state / "secrets" / "postgres").read_text(encoding="utf-8")
    where = {"host": "127.0.0.1", "port": port, "user": "postgres", "password": password, "dbname": "meldingen"}
    with psycopg2.connect(**where) as connection, connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


def test_what_the_application_owned_becomes_the_owners(launcher: tuple[Callable[..., Any], Path]) -> None:
    call, checkout = launcher
    call("services")
    state = (checkout / ".local").resolve()
    ask(state, "CREATE TABLE IF NOT EXISTS old (a int); ALTER TABLE old OWNER TO meldingen_app")
    ask(state, "ALTER DATABASE meldingen OWNER TO meldingen_app")
    assert call("services").returncode == 0
    assert ask(state, "SELECT tableowner FROM pg_tables WHERE tablename = 'old'") == [("meldingen",)]
    assert ask(state, "SELECT datdba::regrole::text FROM pg_database WHERE datname = 'meldingen'") == [("meldingen",)]


def test_the_stores_are_not_root_and_their_secrets_are_private(launcher: tuple[Callable[..., Any], Path]) -> None:
    call, checkout = launcher
    call("services")
    state = (checkout / ".local").resolve()
    assert all(Path(f"/proc/{pid}").stat().st_uid != 0 for pid in processes_in(state))
    assert (state / "services.env").stat().st_mode & 0o777 == 0o600
    assert {path.stat().st_mode & 0o777 for path in (state / "secrets").iterdir()} == {0o600}


def test_an_unknown_command_is_answered_with_the_commands(launcher: tuple[Callable[..., Any], Path]) -> None:
    call, _checkout = launcher
    refused = call("dance")
    assert refused.returncode != 0
    assert "demo" in refused.stderr


def test_the_demonstration_names_every_town_that_it_loads() -> None:
    sys.path.insert(0, str(LOCAL))
    try:
        tour = importlib.import_module("tour")
    finally:
        sys.path.remove(str(LOCAL))
    lines = list(tour.towns("http://localhost:8000"))
    folders = {path.parent.name for path in (ROOT / "meldingen" / "demo").glob("*/municipality.json")}
    assert {f"http://{name}.localhost:8000/" for name in folders - {"lindewaard"}} == {
        line.rpartition(" ")[2] for line in lines
    }


def test_filling_runs_the_checks_of_the_system() -> None:
    assert "skip_checks=False" in (LOCAL / "fill.py").read_text(encoding="utf-8")
