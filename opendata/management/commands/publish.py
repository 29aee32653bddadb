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
        """Of each year what will be drawn, then a bar; refusals are told at the end, and then the exit code says so."""
        with translation.override("en"):
            try:
                towns = [grid.town(code) for code in options["municipality"]] or list(grid.towns())
            except grid.UnknownMunicipality as error:
                raise CommandError(f"There is no municipality {error}.") from error
            refused = [line for town in towns for line in self._publish(town, options["dry_run"])]
        if refused:
            raise CommandError("\n".join(refused))

    def _publish(self, town: grid.Town, dry_run: bool) -> list[str]:
        """A year after the other, because what is released of one decides the forms of the next; what was refused."""
        years = releases.years(town)
        if not years:
            self.stdout.write(f"{town.code}: no grid is fixed yet; fix_grid {town.code} YEAR comes first")
        refused: list[str] = []
        made = periods = 0
        for year in years:
            try:
                self.stdout.write("\n".join(outlook.of_now(town, year)))
                if dry_run:
                    continue
                releases.keep_forms(town, year)
                due = releases.due_in(town, year)
            except (grid.GridError, PublicationRefused) as refusal:
                refused.append(f"{town.code} {year}: {refusal}")
                continue
            for period in tqdm(due, desc=town.code, unit="period", disable=None):
                try:
                    made += len(releases.publish(town, period))
                    periods += 1
                except PublicationRefused as refusal:
                    refused.append(f"{town.code} {period}: {refusal}")
        self._tell(town, f"{periods} periods, {made} tables published")
        return refused

    def _tell(self, town: grid.Town, done: str) -> None:
        self.stdout.write(f"{town.code}: {done}")
        for choice in Choice.objects.filter(municipality_id=town.pk).exclude(reason=""):
            self.stdout.write(f"{choice.year}: {reason_in_words(choice)}")
