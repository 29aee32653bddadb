"""The private PostgreSQL cluster with PostGIS in every new database."""

import shutil
import signal
import time
from pathlib import Path

import processes
from place import Place, stop_with

NAME = "meldingen"  # of the database, and of the role that owns it
APP = "meldingen_app"
FILLED, WALKED = "filled", "walked"  # files that say what was done to the databases of this cluster
ROLES = Path(__file__).resolve().parents[1] / "roles.sql"
SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''   # a socket path may have 107 bytes, a checkout's path may be longer
max_connections = 200
shared_buffers = 256MB
maintenance_work_mem = 128MB
effective_cache_size = 1GB
max_wal_size = 2GB
fsync = on
jit = off                      # short queries: compiling one costs more than running it
timezone = 'UTC'
logging_collector = off
log_line_prefix = '%m [%p] %q%u@%d '
"""
# A statement that fails holds what residents wrote: no log keeps it. Given at each start: a cluster may stand already.
QUIET = ("log_min_error_statement=panic", "log_error_verbosity=terse", "log_parameter_max_length_on_error=0")


def programs(version: str = "*") -> Path:
    """The folder of the newest PostgreSQL on this machine that has PostGIS."""
    found = sorted(
        Path("/usr/share/postgresql").glob(f"{version}/extension/postgis.control"), key=lambda p: int(p.parts[4])
    )
    if not found:
        stop_with(f"No PostgreSQL {version.strip('*')} with PostGIS here: run `make setup`.")
    return Path("/usr/lib/postgresql") / found[-1].parts[4] / "bin"


def url(place: Place) -> str:
    """The database for the application, which may do what `migrate` lets it."""
    return f"postgis://{APP}:{place.secret('app')}@127.0.0.1:{place.known_port('postgres')}/{NAME}"


def owner_url(place: Place) -> str:
    """The database for `migrate`, and for tests that make databases."""
    return f"postgis://{NAME}:{place.secret('database')}@127.0.0.1:{place.known_port('postgres')}/{NAME}"


def start(place: Place) -> None:
    """Have the cluster running with its roles; one that stopped in any way starts again, with its data."""
    data = place.state / "postgres"
    if not (data / "PG_VERSION").exists():
        create(place, data)
    bin = programs((data / "PG_VERSION").read_text(encoding="ascii").strip())
    if not runs(place, data / "postmaster.pid"):
        start_server(place, data, bin)
    make_roles(place, bin)


def runs(place: Place, lock: Path) -> bool:
    return lock.exists() and int(lock.read_text(encoding="ascii").split()[0]) in processes.with_role(place, "postgres")


def start_server(place: Place, data: Path, bin: Path) -> None:
    processes.stop(place, "postgres", first=signal.SIGQUIT, patience=5)  # children of a killed server hold its memory
    (data / "postmaster.pid").unlink(missing_ok=True)  # nobody is left; its number may be another's by now
    log = place.folder("log") / "postgres.log"
    port = place.port("postgres")
    options = " ".join([f"-p {port}", *(f"-c {setting}" for setting in QUIET)])
    command = [str(bin / "pg_ctl"), "start", "-w", "-t", "60", "-D", str(data), "-l", str(log), "-o", options]
    if place.run(command).returncode != 0:
        stop_with(f"PostgreSQL does not start; see {log}")


def make_roles(place: Place, bin: Path) -> None:
    """The roles and the database, as everywhere; here the owner may also make databases, for tests."""
    passwords = {"OWNER_PASSWORD": place.secret("database"), "APP_PASSWORD": place.secret("app")}
    where = ["-h", "127.0.0.1", "-p", str(place.known_port("postgres")), "-U", "postgres", "-d", "postgres"]
    deadline = time.monotonic() + 60  # it begins anew when one of its processes was killed, and takes nobody meanwhile
    while time.monotonic() < deadline and place.run([str(bin / "pg_isready"), "-q", *where]).returncode != 0:
        time.sleep(0.1)
    done = place.run(
        [str(bin / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", *where],
        env=place.environment(passwords | {"PGPASSWORD": place.secret("postgres")}),
        text=f"{ROLES.read_text(encoding='utf-8')}\nALTER ROLE {NAME} CREATEDB;\n",
    )
    if done.returncode != 0:
        stop_with(f"PostgreSQL refused docker/roles.sql:\n{done.stderr}")


def create(place: Place, data: Path) -> None:
    """Make the cluster beside its place and move it there when it is complete."""
    new, bin = data.with_name("postgres.new"), programs()
    for done in FILLED, WALKED:
        (place.state / done).unlink(missing_ok=True)
    shutil.rmtree(new, ignore_errors=True)
    place.secret("postgres")
    access = ["--username=postgres", "--auth=scram-sha-256", f"--pwfile={place.state / 'secrets' / 'postgres'}"]
    made = place.run([str(bin / "initdb"), f"--pgdata={new}", *access, "--encoding=UTF8", "--locale=C.UTF-8"])
    if made.returncode != 0:
        stop_with(f"initdb failed:\n{made.stdout}{made.stderr}")
    with open(new / "postgresql.conf", "a", encoding="utf-8") as file:
        file.write(SETTINGS)
    # the extension's script raises errors that it catches itself, so it is judged by its effect
    single(place, bin, new, "template1", "CREATE EXTENSION postgis", strict=False)
    single(place, bin, new, "template1", "SELECT postgis_lib_version()")
    new.rename(data)


def single(place: Place, bin: Path, data: Path, database: str, lines: str, strict: bool = True) -> None:
    """Run SQL, one statement a line, in a cluster that is not running yet."""
    command = [str(bin / "postgres"), "--single", "-c", f"exit_on_error={strict}", "-D", str(data), database]
    done = place.run(command, text=f"{lines}\n")
    if done.returncode != 0:
        stop_with(f"PostgreSQL refused to prepare {database}:\n{done.stdout}{done.stderr}")


def stop(place: Place) -> None:
    """Stop it with everything written; connections of others are closed."""
    processes.stop(place, "postgres", first=signal.SIGINT, patience=30)
