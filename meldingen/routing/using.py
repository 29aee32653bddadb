"""Putting a trained model into use, which training alone never does."""

from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from meldingen.classification import files
from meldingen.routing.models import TrainedModel
from meldingen.tenancy.models import Municipality

Status = TrainedModel.Status


class NotUsable(Exception):
    """The model stays what it is; the message says why, for whoever asked."""


def put_into_use(model: TrainedModel) -> TrainedModel:
    """Make a model the one that is served; the one before retires. Twice is as once. NotUsable when it cannot be read.

    One transaction, one at a time per municipality. Files hold words of reports, so those of models before the one
    that retires now are deleted after the commit; it keeps its own, for a worker may be reading it and people may want
    it back.
    """
    try:
        files.load(Path(settings.MODELS_DIR) / model.file, sha256=model.sha256)
    except files.ModelFileError as error:
        raise NotUsable(_("Model %(version)d cannot be read. Train again.") % {"version": model.version}) from error
    with transaction.atomic():
        # no_key: meldingen may come in meanwhile.
        Municipality.objects.select_for_update(no_key=True).get(pk=model.municipality_id)
        own = TrainedModel.objects.of(model.municipality_id)
        if own.filter(pk=model.pk, status=Status.LIVE).exists():
            return model  # the one before it keeps its file
        before = own.filter(status=Status.LIVE).first()
        if before is not None:
            own.filter(pk=before.pk).update(status=Status.RETIRED)
        own.filter(pk=model.pk).update(status=Status.LIVE)
        older = own.filter(status=Status.RETIRED).exclude(pk=before.pk if before else model.pk)
        transaction.on_commit(partial(delete_files, [each.file for each in older]), robust=True)
    model.status = Status.LIVE
    return model


def delete_files(names: list[str]) -> None:
    """Delete files of models, by their names under the models folder; one that is gone is no error."""
    for name in names:
        files.delete(Path(settings.MODELS_DIR) / name)
