"""Publish everything that is over and not yet drawn."""

from argparse import ArgumentParser
from dataclasses import dataclass, field
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from tqdm import tqdm

from analytics import grid
from opendata import outlook, releases
from opendata.datasets.reasons import reason_in_words
from opendata.models import Choice
from opendata.refusals import PublicationRefused


@dataclass
class Done:
    """What became of the periods: numbers of the town at hand, and every refusal so far in words."""

    periods: int = 0
    tables: int = 0
    refused: list[str] = field(default_factory=list)


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
            done = Done()
            for town in towns:
                self._publish(town, done, options["dry_run"])
        if done.refused:
            raise CommandError("\n".join(done.refused))

    def _publish(self, town: grid.Town, done: Done, dry_run: bool) -> None:
        """A year after the other, because what is released of one decides the forms of the next."""
        years = releases.years(town)
        if not years:
            self.stdout.write(f"{town.code}: no grid is fixed yet; fix_grid {town.code} YEAR comes first")
        done.periods = done.tables = 0
        is_cut_off = True
        try:
            for year in years:
                self._publish_year(town, year, done, dry_run)
            is_cut_off = False
        finally:  # what was drawn is drawn, whatever ends the command
            self.stdout.write(f"{town.code}: {done.periods} periods, {done.tables} tables published")
            if is_cut_off:
                self.stdout.write("\n".join([*done.refused, "It was cut off. Run it again: nothing is drawn twice."]))
        for choice in Choice.objects.filter(municipality_id=town.pk).exclude(reason=""):
            self.stdout.write(f"{choice.year}: {reason_in_words(choice)}")

    def _publish_year(self, town: grid.Town, year: int, done: Done, dry_run: bool) -> None:
        try:
            self.stdout.write("\n".join(outlook.of_now(town, year)))
            if dry_run:
                return
            releases.keep_forms(town, year)
            due = releases.due_in(town, year)
        except (grid.GridError, PublicationRefused) as refusal:
            done.refused.append(f"{town.code} {year}: {refusal}")
            return
        for period in tqdm(due, desc=town.code, unit="period", disable=None):
            try:
                done.tables += len(releases.publish(town, period))
                done.periods += 1
            except PublicationRefused as refusal:
                done.refused.append(f"{town.code} {period}: {refusal}")
