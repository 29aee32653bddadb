"""Publish a period, or everything that is over and was not drawn."""

from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import dataclass, field
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from tqdm import tqdm

from analytics import grid
from meldingen.tenancy.arguments import add_municipality, refusing
from meldingen.tenancy.models import Municipality
from opendata import outlook, releases
from opendata.datasets.reasons import reason_in_words
from opendata.disclosure import DisclosureError, Period, is_too_uncertain
from opendata.models import PlannedTable
from opendata.refusals import PublicationRefused


@dataclass
class Tally:
    """What became of the periods: numbers of the municipality at hand, and every refusal so far in words."""

    periods: int = 0
    tables: int = 0
    uncertain: int = 0
    refusals: list[str] = field(default_factory=list)


class Command(BaseCommand):
    """`publish GM0106 2026-07` draws one period, `publish GM0106` all that is due, `publish --all` of everybody."""

    help = (
        "Say what will be drawn, then draw and publish it: a month (2026-07), a quarter (2026-Q3) or a year (2026) "
        "that is over; without a period all that is over and was not drawn, of the years whose grid is fixed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_municipality(parser, nargs="?")
        parser.add_argument(
            "period",
            type=refusing(parser, _period),
            nargs="?",
            help="2026-07, 2026-Q3 or 2026; default: all that is due",
        )
        parser.add_argument("--all", action="store_true", help="all that is due, of every municipality")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be drawn")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what will be drawn and draw it; never a number that was drawn."""
        municipality, is_dry_run = options["municipality"], options["dry_run"]
        if options["all"] == (municipality is not None):
            raise CommandError("Name a municipality by its code, or say --all.")
        with translation.override("en"):
            if options["period"] is not None:
                self._publish_period(municipality, options["period"], is_dry_run)
                return
            tally = Tally()
            for each in Municipality.objects.order_by("code") if options["all"] else [municipality]:
                self._publish_due(each, tally, is_dry_run)
        if tally.refusals:
            raise CommandError("\n".join(tally.refusals))

    def _publish_period(self, municipality: Municipality, period: Period, is_dry_run: bool) -> None:
        try:
            self.stdout.write("\n".join(outlook.of_period(municipality, period)))
            new_releases = [] if is_dry_run else releases.publish(municipality, period)
        except (grid.GridError, PublicationRefused) as refusal:
            raise CommandError(str(refusal)) from refusal
        for release in new_releases:
            mark = ", too uncertain to conclude from" if is_too_uncertain(release.expected_error) else ""
            self.stdout.write(
                f"published {release.key}: {len(release.numbers)} rows, epsilon {release.epsilon:.3f}{mark}"
            )
        for planned_table in PlannedTable.objects.of(municipality).filter(year=period.year).exclude(reason=""):
            self.stdout.write(reason_in_words(planned_table))

    def _publish_due(self, municipality: Municipality, tally: Tally, is_dry_run: bool) -> None:
        """A year after the other, because what is released of one decides the forms of the next. Refusals are told at
        the end, and then the exit code says so."""
        code, years = municipality.code, releases.years(municipality)
        if not years:
            self.stdout.write(f"{code}: no grid is fixed yet; fix_grid {code} YEAR comes first")
        tally.periods = tally.tables = tally.uncertain = 0
        is_cut_off = True
        try:
            for year in years:
                self._publish_year(municipality, year, tally, is_dry_run)
            is_cut_off = False
            if tally.periods:
                releases.write_histories(municipality)
        finally:  # what was drawn is drawn, whatever ends the command
            note = f", {tally.uncertain} of them too uncertain to conclude from" if tally.uncertain else ""
            self.stdout.write(f"{code}: {tally.periods} periods, {tally.tables} tables published{note}")
            if is_cut_off:
                self.stdout.write("\n".join([*tally.refusals, "It was cut off. Run it again: nothing is drawn twice."]))
        for planned_table in PlannedTable.objects.of(municipality).exclude(reason=""):
            self.stdout.write(f"{planned_table.year}: {reason_in_words(planned_table)}")

    def _publish_year(self, municipality: Municipality, year: int, tally: Tally, is_dry_run: bool) -> None:
        try:
            self.stdout.write("\n".join(outlook.of_now(municipality, year)))
            if is_dry_run:
                return
            releases.keep_plan(municipality, year)
            due = releases.due_in(municipality, year)
        except (grid.GridError, PublicationRefused) as refusal:
            tally.refusals.append(f"{municipality.code} {year}: {refusal}")
            return
        for period in tqdm(due, desc=municipality.code, unit="period", disable=None):
            try:
                new_releases = releases.publish(municipality, period, is_last=False)
                tally.tables += len(new_releases)
                tally.uncertain += sum(is_too_uncertain(release.expected_error) for release in new_releases)
                tally.periods += 1
            except PublicationRefused as refusal:
                tally.refusals.append(f"{municipality.code} {period}: {refusal}")


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except DisclosureError as error:
        raise ArgumentTypeError(str(error)) from error
