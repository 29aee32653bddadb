"""A colleague gets the file that they asked for, as long as they may have what is in it."""

from __future__ import annotations

from typing import Any

from django.core.files.base import File
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldingen.exports import files
from meldingen.exports.models import Export
from meldingen.refusals import Refused
from meldingen.tenancy.models import Municipality, User
from meldingen.tenancy.roles import Right, standing_of

Stage = Export.Stage


def find(where: Municipality, owner: User, export_id: int) -> Export:
    """One's own export. Export.DoesNotExist for any other."""
    return Export.objects.of(where).get(pk=export_id, owner=owner)


def fetch(where: Municipality, owner: User, export_id: int) -> tuple[Export, File[Any]]:
    """The file, opened. Refused where it is not there, and for who lost a right by which it was made."""
    export = find(where, owner, export_id)
    if not may_have(export):
        raise Refused("no_right", _("Your rights have changed since this file was made. Ask for it again."))
    if export.stage != Stage.READY:
        raise Refused("gone", _("This file is not here any more: it is kept for a day. Ask for it again."))
    try:
        content = files.read(export)
    except FileNotFoundError as error:
        raise Refused("gone", _("This file is not here any more: it is kept for a day. Ask for it again.")) from error
    Export.objects.filter(pk=export.pk, fetched_at=None).update(fetched_at=timezone.now())
    return export, content


def may_have(export: Export) -> bool:
    """Whether its owner has every right now that it was made by, and for who sees no confidential ones every team."""
    standing = standing_of(export.owner, export.municipality)
    rights = {Right(each) for each in export.rights}
    is_in_teams = Right.CONFIDENTIAL in rights or set(export.teams) <= standing.teams
    return Right.VIEW in standing.rights and rights <= standing.rights and is_in_teams
