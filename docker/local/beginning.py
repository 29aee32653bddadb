"""The demonstration as it stood at first: database and files are copied once, with nothing running, and put back."""

import shutil
from pathlib import Path

import cluster
from place import Place, stop_with

PARTS = ("postgres", "data", cluster.FILLED, cluster.WALKED)


def is_kept(place: Place) -> bool:
    """Whether there is a beginning to go back to."""
    return folder(place).exists()


def folder(place: Place) -> Path:
    return place.state / "beginning"


def keep(place: Place) -> None:
    """Copy what is there now; nothing of this place may run."""
    new = place.state / "beginning.new"
    shutil.rmtree(new, ignore_errors=True)
    copy(place, place.state, place.folder(new.name))
    new.rename(folder(place))


def restore(place: Place) -> None:
    """Put the copy in the place of what is there; nothing of this place may run."""
    for part in PARTS:
        path = place.state / part
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    copy(place, folder(place), place.state)


def copy(place: Place, source: Path, target: Path) -> None:
    """As the running user; on a file system that can share blocks it costs none."""
    parts = [str(source / part) for part in PARTS if (source / part).exists()]
    done = place.run(["cp", "-a", "--reflink=auto", *parts, str(target)])
    if done.returncode != 0:
        stop_with(f"The beginning cannot be copied: {done.stderr}")
