"""How a database knows that it is the original: the register beside the files.

After the commit of a draw and before anything of it becomes public, its fingerprint is written to the register in the
storage `releases`. So whatever is public is in the register. A database that lacks a release of the register was
restored from before that draw (or is another one): drawing again would spend the budget twice. A database with public
releases that the register lacks stands beside a storage that is not its own: a copy. And the register names the
database that published: when both were restored or copied together, only that tells. None of these may draw.
"""

import json
from collections.abc import Iterable, Mapping

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection, transaction

from meldingen.tenancy.models import Municipality
from opendata.models import Release, ReleaseFile
from opendata.refusals import NotTheOriginal

# The first part of the advisory lock's key: the register of one municipality is written by one process at a time.
LOCK = 0x7267


def read(municipality: Municipality) -> dict[str, str]:
    """Release key -> SHA-256 of what was drawn; empty when nothing was ever public. NotTheOriginal when unreadable."""
    return _read(municipality.code)[0]


def _read(code: str) -> tuple[dict[str, str], str]:
    """The releases, and the database that published them ("" when nothing was ever public)."""
    storage = storages["releases"]
    if not storage.exists(_name(code)):
        return {}, ""
    try:
        with storage.open(_name(code)) as file:
            content = json.loads(file.read())
        return {str(key): str(value) for key, value in content["releases"].items()}, str(content["database"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotTheOriginal(f"The register of {code} in the releases storage cannot be read.") from error


def lacking(municipality: Municipality, public: Iterable[Release]) -> list[str]:
    """The keys of the register that are not among these releases: the database was restored from before them. What is
    already public elsewhere must then not be made anew of less.
    """
    return sorted(read(municipality).keys() - {release.key for release in public})


def this_database() -> str:
    """What distinguishes this database from its copies: cluster, timeline, its number, and that of the releases' table.

    A dump that is restored elsewhere gets another cluster or number, a recovery to a point in time another timeline,
    and a dump restored over the database (`pg_restore --clean`) makes the table anew. Rows that are put back into the
    same table, and a rolled back snapshot of the whole machine, cannot be told.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT system_identifier FROM pg_control_system())"
            " || '-' || left(pg_walfile_name(pg_current_wal_lsn()), 8)"
            " || '-' || (SELECT oid FROM pg_database WHERE datname = current_database())"
            " || '-' || 'opendata_release'::regclass::oid"
        )
        return str(cursor.fetchone()[0])


def check(municipality: Municipality, before: Mapping[str, str]) -> None:
    """Raise NotTheOriginal unless database and register belong together.

    `before`: the register as read before the caller's snapshot began; what it holds was committed by then.
    """
    code, releases = municipality.code, Release.objects.of(municipality)
    here = {release.key: release.sha256 for release in releases.only("dataset", "period", "sha256")}
    ahead = sorted(key for key, sha256 in before.items() if here.get(key) != sha256)
    if ahead:
        raise NotTheOriginal(
            f"{ahead[0]} of {code} was published before, but not by this database as it is now: it looks restored or "
            "foreign. Nothing is drawn. See docs/privacy.md, 'After a restore'."
        )
    files = ReleaseFile.objects.of(municipality).values_list("release__dataset", "release__period")
    public = {f"{dataset}/{period}" for dataset, period in files}
    register, publisher = _read(code)
    strangers = sorted(public - register.keys())
    if strangers:
        raise NotTheOriginal(
            f"{strangers[0]} of {code} is public according to the database, but the register in the releases "
            "storage does not know it: this looks like a copy. Nothing is drawn. "
            "See docs/privacy.md, 'After a restore'."
        )
    if publisher and publisher != this_database():
        raise NotTheOriginal(
            f"The releases of {code} were published by another database than this one: it looks restored or copied "
            "together with them. Nothing is drawn. See docs/privacy.md, 'After a restore'."
        )


def lock(municipality: Municipality) -> None:
    """Hold the register of a municipality until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, municipality.pk])


def add(release: Release) -> None:
    """Write a committed release into the register; the caller holds its lock."""
    code = release.municipality.code
    register, publisher = _read(code)
    if register.get(release.key) == release.sha256:
        return
    if release.key in register:
        raise NotTheOriginal(f"{release.key} of {code} was published before with other numbers.")
    _write(code, register | {release.key: release.sha256}, publisher or this_database())


def rebuild(municipality: Municipality) -> int:
    """Declare this database the original: write the register anew from it; the number of releases in it.

    Only when every release that the old register knows is in this database.
    """
    with transaction.atomic():
        lock(municipality)
        releases = Release.objects.drawn().of(municipality).only("dataset", "period", "sha256")
        here = {release.key: release.sha256 for release in releases}
        if any(here.get(key) != sha256 for key, sha256 in read(municipality).items()):
            raise NotTheOriginal(
                f"The register of {municipality.code} knows releases that this database does not have."
            )
        _write(municipality.code, here, this_database())
    return len(here)


def _write(code: str, releases: Mapping[str, str], publisher: str) -> None:
    document = {"municipality": code, "database": publisher, "releases": dict(sorted(releases.items()))}
    storages["releases"].save(_name(code), ContentFile(json.dumps(document, indent=1).encode()))


def _name(code: str) -> str:
    return f"{code}/register.json"
