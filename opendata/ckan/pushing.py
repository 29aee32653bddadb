"""Brings what is public here into a CKAN. Run again it sends nothing; cut off, the next run finishes."""

import json
import logging
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ckanapi.errors import NotFound
from django.conf import settings
from django.core.files.storage import storages
from django.db import connection, transaction
from django.utils import timezone, translation

from meldingen.tenancy.models import Municipality
from meldingen.tenancy.urls import absolute
from opendata import histories, origin, queries, versions
from opendata.ckan import sealing
from opendata.ckan.packages import KEY, ROWS_FROM, Package, Values, differences, package_of, tags
from opendata.ckan.transport import Ckan, PortalAway, PortalRefused
from opendata.datasets import Dataset
from opendata.datasets.columns import key_of
from opendata.models import CkanPortal, CkanPush
from opendata.queries import PublicDataset
from opendata.refusals import NotTheOriginal
from opendata.registration import registration_of

logger = logging.getLogger(__name__)
LOCK = 0x636B  # the first part of the advisory lock's key
NOT_SENT = CkanPush.Failure.NOT_SENT
TRIES, LONGEST_WAIT = 4, 30
ROWS_AT_ONCE = 2000
TYPES = {"string": "text", "integer": "int8", "number": "float8"}


@dataclass
class Push:
    """What became of one dataset: the changes that were made (or would be), in words, or why it is not up to date."""

    name: str
    changes: list[str] = field(default_factory=list)
    failure: PortalRefused | PortalAway | None = None
    waits: bool = False


def connect(municipality: Municipality, address: str, owner: str, token: str) -> CkanPortal:
    """Remember the portal of a municipality, in the place of an earlier one, of which nothing is known any more."""
    values = {"address": address, "owner": owner, "sealed_token": sealing.seal(municipality, token)}
    CkanPush.objects.of(municipality).delete()
    return CkanPortal.objects.update_or_create(municipality=municipality, defaults=values)[0]


def slugs(municipality: Municipality) -> list[str]:
    """The datasets that can be pushed. PortalRefused, which the data steward reads too, where none can."""
    return [public.dataset.slug for public in _begin(municipality)[2]]


def push(municipality: Municipality, is_dry_run: bool = False, only: str = "") -> Iterator[Push]:
    """Each public dataset (or this one alone) as it was brought up to date, or why it was not: one that fails keeps no
    other back. PortalRefused where none can be begun.
    """
    portal, ckan, datasets = _begin(municipality, is_dry_run)
    with translation.override("nl"):
        for public in datasets:
            if only in ("", public.dataset.slug):
                outcome = _outcome(municipality, portal, ckan, public, is_dry_run)
                if not is_dry_run:
                    _remember(municipality, public.dataset.slug, outcome)
                yield outcome


def _begin(municipality: Municipality, is_dry_run: bool = False) -> tuple[CkanPortal, Ckan, list[PublicDataset]]:
    """What a push needs. PortalRefused where it has not all of it."""
    portal = CkanPortal.objects.of(municipality).first()
    try:
        if not (settings.PUBLISHING or is_dry_run):  # a copy of this database knows the portal and its token too
            raise PortalRefused("Publishing is off here (setting PUBLISHING). Nothing is sent.", NOT_SENT)
        if portal is None:
            raise PortalRefused(
                f"{municipality.code} has no CKAN yet. Give --address, --organisation and --token-file once.", NOT_SENT
            )
        ckan, datasets = _connection(municipality, portal), _whole(municipality)
    except PortalRefused as refusal:
        if portal and not is_dry_run:
            _remember(municipality, "", Push("", failure=refusal))
        raise
    if not is_dry_run:
        CkanPush.objects.of(municipality).filter(dataset="").delete()
    return portal, ckan, datasets


def _connection(municipality: Municipality, portal: CkanPortal) -> Ckan:
    try:
        return Ckan(portal.address, sealing.unseal(municipality, portal.sealed_token))
    except sealing.SealBroken as error:
        raise PortalRefused(
            "The token cannot be read with the present SECRET_KEY. Give it again.", CkanPush.Failure.TOKEN
        ) from error


def _whole(municipality: Municipality) -> list[PublicDataset]:
    """All that is public. PortalRefused when that is less than was published: a restored database would take periods
    out of the portal. Database and register are read while nobody publishes.
    """
    with transaction.atomic():
        origin.lock(municipality)
        public = queries.datasets(municipality, registration_of(municipality))
        try:
            lacking = origin.lacking(municipality, (one.release for dataset in public for one in dataset.releases))
        except NotTheOriginal as error:
            raise PortalRefused(str(error), NOT_SENT) from error
    if lacking:
        raise PortalRefused(
            f"{lacking[0]} of {municipality.code} was published before and is not in this database: it looks restored. "
            "Nothing is sent, for it would go from the portal. See docs/privacy.md, 'After a restore'.",
            NOT_SENT,
        )
    return public


def _outcome(
    municipality: Municipality, portal: CkanPortal, ckan: Ckan, public: PublicDataset, is_dry_run: bool
) -> Push:
    """One dataset; from its beginning again while the portal is away: what was done by then is found done."""
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                if not _lock(municipality, public.dataset.slug):
                    return Push(public.dataset.slug, ["another process is at it"], waits=True)
                return _push(municipality, portal, ckan, public, is_dry_run)
        except PortalRefused as refusal:
            return Push(public.dataset.slug, failure=refusal)
        except NotFound:
            message = "Something went from the portal while we were at it; the next time it is made again."
            return Push(public.dataset.slug, failure=PortalRefused(message))
        except PortalAway as away:
            if attempt == TRIES - 1:
                return Push(public.dataset.slug, failure=away)
            time.sleep(min(away.seconds or 2**attempt, LONGEST_WAIT))
    raise AssertionError("unreachable")


def _remember(municipality: Municipality, slug: str, outcome: Push) -> None:
    """For the data steward: when it was last up to date there, and the last failure."""
    now = timezone.now()
    values: Values = {"arrived_at": now}
    if outcome.failure:
        detail = str(outcome.failure)[: CkanPush._meta.get_field("detail").max_length]
        values = {"failed_at": now, "failure": outcome.failure.why, "detail": detail}
    if not outcome.waits:
        CkanPush.objects.update_or_create(municipality=municipality, dataset=slug, defaults=values)


def _lock(municipality: Municipality, slug: str) -> bool:
    with connection.cursor() as cursor:
        whose = zlib.crc32(f"{municipality.pk}/{slug}".encode()) - 2**31
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, whose])
        return bool(cursor.fetchone()[0])


def _push(municipality: Municipality, portal: CkanPortal, ckan: Ckan, public: PublicDataset, is_dry_run: bool) -> Push:
    try:
        history = histories.read(municipality, public.dataset.slug)
    except versions.PointerBroken:  # the round that writes lost files mends it
        history = None
    if history is None:
        return Push(public.dataset.slug, ["waits until its files are written"], waits=True)
    root = absolute(municipality, "/").rstrip("/")
    package = package_of(municipality, public, history, root, portal.owner)
    outcome = Push(package.name)
    there = _package(ckan, package, outcome, is_dry_run)
    if there is not None:
        there = _resources(ckan, there, package, outcome, is_dry_run)
        _table(ckan, there, municipality, public, history, outcome, is_dry_run)
    return outcome


def _package(ckan: Ckan, package: Package, outcome: Push, is_dry_run: bool) -> Values | None:
    """The dataset as CKAN has it now; None where it would be made."""
    there: Values | None = ckan.find("package_show", id=package.name)
    if there is None:
        outcome.changes.append("made")
        if is_dry_run:
            return None
        after: Values = ckan.call("package_create", **package.values, tags=tags({}))
        return _as_asked(after, package.values)
    own = package.values | {"owner_org": there["owner_org"]} if _is_ours(there, package) else package.values
    change = differences(there, own)
    missing = tags(there)
    if missing is not None:
        change["tags"] = missing
    if there.get("state") != "active":
        change["state"] = "active"
    if not change:
        return there
    outcome.changes.append(f"changed: {', '.join(sorted(change))}")
    if is_dry_run:
        return there
    after_change: Values = ckan.call("package_patch", id=there["id"], **change)
    return _as_asked(after_change, own)


def _is_ours(there: Values, package: Package) -> bool:
    """CKAN names an organisation by its id where we say its name."""
    return bool((there.get("organization") or {}).get("name") == package.values["owner_org"])


def _as_asked(there: Values, request: Values) -> Values:
    """What CKAN returns, when it is what was sent."""
    other = {name for name in differences(there, request) if name != "owner_org"}
    if other:
        raise PortalRefused(f"The portal keeps {', '.join(sorted(other))} otherwise than it was sent.")
    return there


def _resources(ckan: Ckan, there: Values, package: Package, outcome: Push, is_dry_run: bool) -> Values:
    """Ours in their order, those of others after them; what is no longer among ours goes."""
    ours_there = {resource.get(KEY): resource for resource in there["resources"] if resource.get(KEY)}
    others = [resource for resource in there["resources"] if not resource.get(KEY)]
    ours = [ours_there.get(values[KEY], {}) | values for values in package.resources]
    right = [resource.get(KEY) for resource in there["resources"]] == [
        *(values[KEY] for values in package.resources),
        *(None for _other in others),
    ]
    changes = [values[KEY] for values in package.resources if differences(ours_there.get(values[KEY], {}), values)]
    if right and not changes:
        return there
    outcome.changes.append(f"files: {', '.join(changes) or 'their order'}")
    if is_dry_run:
        return there
    after: Values = ckan.call("package_patch", id=there["id"], resources=[*ours, *others])
    for values in package.resources:
        stored_resource: Values = next((one for one in after["resources"] if one.get(KEY) == values[KEY]), {})
        _as_asked(stored_resource, values)
    return after


def _table(
    ckan: Ckan,
    there: Values,
    municipality: Municipality,
    public: PublicDataset,
    history: versions.Pointer,
    outcome: Push,
    is_dry_run: bool,
) -> None:
    """The rows in the DataStore of the CSV. They are marked as filled when they all are, so a half is filled again."""
    resource = next((one for one in there["resources"] if one.get(KEY) == "alles.csv"), None)
    file = history.files.get("jsonl")
    if resource is None or file is None:
        if is_dry_run:
            outcome.changes.append("table filled")
        return
    rows = _rows(file)
    if resource.get(ROWS_FROM) == history.made_of and _number(ckan, resource["id"]) == len(rows):
        return
    outcome.changes.append(f"table filled: {len(rows)} rows")
    if is_dry_run:
        return
    _fill(ckan, resource["id"], public.dataset, rows)
    number = _number(ckan, resource["id"])
    if number > len(rows):  # rows of others, which have another key: nothing of ours would ever overwrite them
        ckan.call("datastore_delete", resource_id=resource["id"], force=True)
        _fill(ckan, resource["id"], public.dataset, rows)
        number = _number(ckan, resource["id"])
    if number != len(rows):
        raise PortalRefused(f"The table of {outcome.name} has {number} rows in the portal instead of {len(rows)}.")
    ckan.call("resource_patch", **{"id": resource["id"], ROWS_FROM: history.made_of})


def _fill(ckan: Ckan, resource: str, dataset: Dataset, rows: list[Values]) -> None:
    fields = [{"id": column.name, "type": TYPES[column.type]} for column in dataset.columns]
    key = [dataset.columns[0].name, *key_of(dataset.table)]
    ckan.call("datastore_create", resource_id=resource, force=True, fields=fields, primary_key=key)
    for first in range(0, len(rows), ROWS_AT_ONCE):
        part = rows[first : first + ROWS_AT_ONCE]
        ckan.call("datastore_upsert", resource_id=resource, force=True, method="upsert", records=part)


def _number(ckan: Ckan, resource: str) -> int:
    """How many rows the DataStore has; 0 where there is no table."""
    answer: Any = ckan.find("datastore_search", resource_id=resource, limit=0)
    return 0 if answer is None else int(answer["total"])


def _rows(file: versions.Version) -> list[Values]:
    with storages["releases"].open(file.name) as lines:
        return [json.loads(line) for line in lines.read().decode().splitlines()]
