"""Makes the file of an export: in portions, so that memory does not grow with it and its owner sees how far it is.

A worker that dies leaves nothing behind: the sweep asks again, and the next one begins anew. Logs say which export and
what kind of error, never a word of a melding.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from meldingen.exports import content, files
from meldingen.exports.columns import columns_of
from meldingen.exports.models import Export
from meldingen.exports.sheets import open_sheet
from meldingen.handling.desk import asked as asking
from meldingen.refusals import Refused
from meldingen.tenancy import auditing
from meldingen.tenancy.models import Municipality
from meldingen.tenancy.roles import Right, Standing, standing_of
from meldingen.tenancy.urls import absolute

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=1)  # without a sign of life, after which another worker may begin
MOST_RUNS = 4
MOST = 1_000_000  # rows: a sheet of Excel ends at 1,048,576
Stage = Export.Stage


class Overtaken(Exception):
    """Another worker makes it now."""


def write(export_id: int) -> None:
    """Make the file, unless it is there, failed, or somebody makes it now. What cannot be made says why."""
    start = _begin(export_id)
    if start is None:
        return
    export, standing = start
    try:
        with translation.override(export.language), timezone.override(export.municipality.time_zone):
            number = _fill(export, standing)
    except Overtaken:
        logger.info("export %s is made by another worker", export.pk)
    except Refused as refused:
        _fail(export, refused.code)
    except asking.Unknown:
        _fail(export, "unknown")
    except OSError as error:  # no room on the disk, or none for us
        logger.exception("export %s is not written: %s", export.pk, type(error).__name__)
        _fail(export, "disk")
    else:
        _finish(export, number)


@transaction.atomic
def _begin(export_id: int) -> tuple[Export, Standing] | None:
    """The export with who asks as they stand now; None where there is nothing to do."""
    rows = Export.objects.select_for_update(of=("self",)).select_related("municipality", "owner")
    export = rows.filter(pk=export_id, stage__in=[Stage.WAITING, Stage.RUNNING]).first()
    now = timezone.now()
    if export is None or (export.leased_until and export.leased_until > now):
        return None
    if export.runs >= MOST_RUNS:
        _fail(export, "broken")
        return None
    standing = standing_of(export.owner, export.municipality)
    least = {Right.VIEW, *([Right.CONTACT] if export.with_contact else [])}
    if not least <= standing.rights:
        _fail(export, "no_right")
        return None
    rights = least | ({Right.CONFIDENTIAL} & standing.rights)
    export.runs, export.stage, export.done = export.runs + 1, Stage.RUNNING, 0
    export.leased_until = export.due_at = now + LEASE
    export.rights, export.teams = sorted(rights), sorted(standing.teams)
    export.save()
    return export, standing


def _fill(export: Export, standing: Standing) -> int:
    """Write the file and keep it; how many meldingen it has."""
    where, now = export.municipality, timezone.now()
    ids = content.ids_of(content.meldingen_of(export, standing, now))
    if len(ids) > MOST:
        raise Refused("too_large", _("More than a million meldingen do not fit in a sheet. Choose filters."))
    _renew(export, 0, total=len(ids))
    columns = columns_of(standing.rights, with_contact=export.with_contact)
    names = content.names_of(where)
    number = 0
    with files.scratch() as folder:
        path = folder / f"file.{export.kind}"
        with open_sheet(export.kind, path, [str(column.words) for column in columns], note_of(where, now)) as sheet:
            for some in content.portions(ids):
                rows = list(content.cells_of(where, some, columns, names, now))
                sheet.write(rows)
                number += len(rows)
                _renew(export, number)
        files.keep(export, path)
    return number


def note_of(where: Municipality, now: datetime) -> str:
    """For whom the file is, and where everybody else finds figures."""
    words = _("Internal: for colleagues of %(town)s, as it was on %(moment)s. For public use: %(address)s")
    moment = timezone.localtime(now).strftime("%Y-%m-%d %H:%M")
    return words % {"town": where.name, "moment": moment, "address": absolute(where, reverse("data"))}


def _renew(export: Export, number: int, total: int | None = None) -> None:
    """Say how far it is. Overtaken where another worker began since, or it is not wanted any more."""
    until = timezone.now() + LEASE
    more = {} if total is None else {"total": total}
    if not _mine(export).update(done=number, leased_until=until, due_at=until, **more):
        raise Overtaken


def _mine(export: Export) -> QuerySet[Export]:
    return Export.objects.filter(pk=export.pk, runs=export.runs, stage=Stage.RUNNING)


@transaction.atomic
def _finish(export: Export, number: int) -> None:
    values = {"stage": Stage.READY, "total": number, "done": number}
    is_ours = _mine(export).update(**values, due_at=None, ended_at=timezone.now())
    if is_ours and export.with_contact:
        codes = {"meldingen": number}
        auditing.keep(export.municipality, auditing.Kind.CONTACT_EXPORTED, export.owner, f"export:{export.pk}", codes)


def _fail(export: Export, why: str) -> None:
    rows = Export.objects.filter(pk=export.pk, stage__in=[Stage.WAITING, Stage.RUNNING])
    rows.update(stage=Stage.FAILED, refusal=why, due_at=None, ended_at=timezone.now())
