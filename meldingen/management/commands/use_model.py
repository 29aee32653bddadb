"""`manage.py use_model CODE [VERSION]`: put a trained model into use, or an earlier one back."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from meldingen.routing.models import TrainedModel
from meldingen.routing.using import NotUsable, put_into_use
from meldingen.tenancy.arguments import add_municipality
from meldingen.tenancy.models import Municipality


class Command(BaseCommand):
    """Says which model is in use."""

    help = "Put a trained model of a municipality into use: the newest candidate, or the version that is named."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose model, and which."""
        add_municipality(parser)
        parser.add_argument("version", type=int, nargs="?", help="default: the newest candidate")

    def handle(self, *args: Any, **options: Any) -> None:
        """Put it into use, or say why not."""
        municipality: Municipality = options["municipality"]
        models = TrainedModel.objects.of(municipality).order_by("version")
        which = {"version": options["version"]} if options["version"] else {"status": TrainedModel.Status.CANDIDATE}
        model = models.filter(**which).last()
        if model is None:
            raise CommandError(
                _("There is no such model. Train one first: train_model %(code)s.") % {"code": municipality.code}
            )
        try:
            put_into_use(model)
        except NotUsable as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("Model %(version)d is in use.") % {"version": model.version})
