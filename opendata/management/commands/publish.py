"""Publish everything that is over and not yet drawn."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from tqdm import tqdm

from analytics import grid
from opendata import outlook, releases
from opendata.datasets.reasons import reason_in_words
from opendata.models import Choice
from opendata.refusals import PublicationRefused


class Command(BaseCommand):
    """`publish --all-closed [GM0106 ...]`: months, quarters and years, of every year whose grid is fixed."""

    help = (
        "Say what will be drawn, then publish every closed period of the years whose grid is fixed, for all "
        "municipalities or for those named."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which municipalities."""
        parser.add_argument("municipality", nargs="*", help="CBS codes; none means all")
        parser.add_argument("--all-closed", action="store_true", required=True, help="all periods that are over")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be drawn")

    def handle(self, *args: Any, **options: Any) -> None:
        """What will be drawn in all municipalities, then one bar each; refusals are told at the end, and then the exit
        code says so too."""
        with translation.override("en"):
            try:
                towns = [grid.town(code) for code in options["municipality"]] or list(grid.towns())
            except grid.UnknownMunicipality as error:
                raise CommandError(f"There is no municipality {error}.") from error
            refused = [line for town in towns for line in self._say(town)]
            if not options["dry_run"]:
                refused += [line for town in towns for line in self._publish(town)]
        if refused:
            raise CommandError("\n".join(dict.fromkeys(refused)))

    def _say(self, town: grid.Town) -> list[str]:
        """What will be drawn; what is in the way."""
        if not grid.fixed_years(town):
            self.stdout.write(f"{town.code}: no grid is fixed yet; fix_grid {town.code} YEAR comes first")
            return []
        try:
            self.stdout.write("\n".join(outlook.of_now(town)))
        except (grid.GridError, PublicationRefused) as refusal:
            return [f"{town.code}: {refusal}"]
        return []

    def _publish(self, town: grid.Town) -> list[str]:
        refused, made = [], 0
        try:
            releases.keep_forms(town)
            periods = list(releases.due(town))
        except (grid.GridError, PublicationRefused) as refusal:
            return [f"{town.code}: {refusal}"]
        for period in tqdm(periods, desc=town.code, unit="period", disable=None):
            try:
                made += len(releases.publish(town, period))
            except PublicationRefused as refusal:
                refused.append(f"{town.code} {period}: {refusal}")
        self.stdout.write(f"{town.code}: {len(periods) - len(refused)} periods, {made} tables published")
        chosen = Choice.objects.filter(municipality_id=town.pk).exclude(reason="")
        for choice in chosen:
            self.stdout.write(f"{choice.year}: {reason_in_words(choice)}")
        return refused
