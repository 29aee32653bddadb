"""Files of which every version stays, and a pointer to the newest: a small file beside them that needs no database.

A version lies under its own checksum, so whoever is cut off leaves the earlier one, and the pointer to it, as they
were. What compresses lies there a second time, packed, for who takes that.
"""

import gzip
import hashlib
import json
import logging
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import storages

logger = logging.getLogger(__name__)
GZIP = ".gz"


class FileBroken(Exception):
    """The storage gives other bytes than were written there."""


class PointerBroken(Exception):
    """A pointer is there and cannot be read."""


@dataclass(frozen=True)
class Version:
    """A file in the storage, and the local day on which it was written."""

    name: str
    size: int
    sha256: str
    day: str


@dataclass(frozen=True)
class Pointer:
    """What the newest versions were made of (a fingerprint), the checksum of their rows, and format -> file."""

    made_of: str
    sha256: str
    files: Mapping[str, Version]


def read_pointer(name: str) -> Pointer | None:
    """The newest versions, or None when nothing was written yet. PointerBroken when it cannot be read."""
    try:
        with storages["releases"].open(name) as file:
            values = json.loads(file.read())
        files = {made_as: Version(**version) for made_as, version in values["files"].items()}
        return Pointer(values["made_of"], values["sha256"], files)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise PointerBroken(name) from error


def write_pointer(name: str, pointer: Pointer) -> None:
    """From now on these are the newest."""
    storages["releases"].save(name, ContentFile(json.dumps(asdict(pointer), indent=1).encode()))


def store(stem: str, made_as: str, content: bytes, day: str, packs: bool) -> Version:
    """Write a version and say where it lies."""
    sha256 = hashlib.sha256(content).hexdigest()
    name = name_of(stem, sha256, made_as)
    save(name, content, packs)
    return Version(name, len(content), sha256, day)


def name_of(stem: str, sha256: str, made_as: str) -> str:
    """Where a version lies."""
    return f"{stem}.{sha256[:16]}.{made_as}"


def save(name: str, content: bytes, packs: bool) -> None:
    """Write a file, and beside it the packed one first: who finds the file finds both."""
    if packs:
        # No moment in its head: the same file is packed to the same bytes.
        storages["releases"].save(name + GZIP, ContentFile(gzip.compress(content, 6, mtime=0)))
    storages["releases"].save(name, ContentFile(content))


def read(name: str, sha256: str) -> bytes:
    """The bytes of a file. OSError when the storage lacks it, FileBroken when they are others than were written."""
    with storages["releases"].open(name) as file:
        content: bytes = file.read()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise FileBroken(name)
    return content


def read_packed(name: str, sha256: str) -> bytes | None:
    """The packed bytes of a file, or None where it is not packed, or what is packed there is not that file."""
    try:
        with storages["releases"].open(name + GZIP) as file:
            content: bytes = file.read()
        plain = gzip.decompress(content)
    except FileNotFoundError:
        return None
    except (OSError, EOFError, zlib.error):
        logger.exception("the packed file of %s cannot be read", name)
        return None
    if hashlib.sha256(plain).hexdigest() != sha256:
        logger.error("the packed file of %s is of another file", name)
        return None
    return content
