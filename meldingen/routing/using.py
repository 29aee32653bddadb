"""Putting a trained model into use, which training alone never does, and taking it out again; who did it and why."""

from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from meldingen.classification import files
from meldingen.refusals import Refused
from meldingen.routing.models import ModelUse, TrainedModel
from meldingen.tenancy.models import Municipality, User

Status = TrainedModel.Status


class NotUsable(Exception):
    """The model stays what it is; the message says why, for whoever asked."""


def put_into_use(model: TrainedModel, *, user: User | None = None, reason: str = "") -> TrainedModel:
    """Make a model the one that is served; the one before retires. Twice is as once. NotUsable when it cannot be read.

    One transaction, one at a time per municipality. Files hold words of reports, so those of models before the one
    that was in use last are deleted after the commit; it keeps its own, for a worker may be reading it and people may
    want it back. Without a `user` a command does it; a colleague says why (Refused).
    """
    _check_reason(user, reason)
    try:
        files.load(Path(settings.MODELS_DIR) / model.file, sha256=model.sha256)
    except files.ModelFileError as error:
        raise NotUsable(_("Model %(version)d cannot be read. Train again.") % {"version": model.version}) from error
    with transaction.atomic():
        _lock(model.municipality)
        own = TrainedModel.objects.of(model.municipality_id)
        if own.filter(pk=model.pk, status=Status.LIVE).exists():
            return model  # the one before it keeps its file
        before = _retire(model.municipality)
        own.filter(pk=model.pk).update(status=Status.LIVE)
        _keep(model.municipality, model, before, user, reason)
        last = before or _last_in_use(model.municipality)
        older = own.filter(status=Status.RETIRED).exclude(pk=last.pk if last else model.pk)
        transaction.on_commit(partial(delete_files, [each.file for each in older]), robust=True)
    model.status = Status.LIVE
    return model


def take_out_of_use(where: Municipality, *, user: User, reason: str) -> None:
    """Serve no model any more: people choose each category, until one is put into use. It keeps its file.

    Twice is as once. A colleague says why (Refused).
    """
    _check_reason(user, reason)
    with transaction.atomic():
        _lock(where)
        before = _retire(where)
        if before is not None:
            _keep(where, None, before, user, reason)


def has_file(model: TrainedModel) -> bool:
    """Whether it can still be put into use, as far as the folder says."""
    return (Path(settings.MODELS_DIR) / model.file).is_file()


def delete_files(names: list[str]) -> None:
    """Delete files of models, by their names under the models folder; one that is gone is no error."""
    for name in names:
        files.delete(Path(settings.MODELS_DIR) / name)


def _check_reason(user: User | None, reason: str) -> None:
    if user is not None and not reason.strip():
        raise Refused("empty", _("Say why: colleagues read it in the history."), "reason")


def _lock(where: Municipality) -> None:
    # no_key: meldingen may come in meanwhile.
    Municipality.objects.select_for_update(no_key=True).get(pk=where.pk)


def _retire(where: Municipality) -> TrainedModel | None:
    """The model that was in use until now, retired."""
    before = TrainedModel.objects.of(where).filter(status=Status.LIVE).first()
    if before is not None:
        TrainedModel.objects.of(where).filter(pk=before.pk).update(status=Status.RETIRED)
    return before


def _last_in_use(where: Municipality) -> TrainedModel | None:
    """The one that was taken out of use last, where none is now."""
    use = ModelUse.objects.of(where).filter(before__isnull=False).select_related("before").first()
    return use.before if use else None


def _keep(
    where: Municipality, model: TrainedModel | None, before: TrainedModel | None, user: User | None, reason: str
) -> None:
    ModelUse.objects.create(municipality=where, model=model, before=before, user=user, reason=reason.strip())
