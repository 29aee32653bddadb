"""Fill the database of the private stack: schema, invented towns, model, grids.

Runs in the venv as the unprivileged user; one process because each start costs seconds. Safe to repeat.
"""

import sys
import time

import django
from django.core.management import CommandError, call_command

TOWN = "GM9901"  # Lindewaard, the invented town that has a history and examples
# What a steward of the town would type: what others publish of every municipality.
OTHER_DATA = (
    {
        "title": "Kerncijfers wijken en buurten",
        "owner": "Centraal Bureau voor de Statistiek",
        "licence": "CC BY 4.0",
        "address": "https://www.cbs.nl/nl-nl/reeksen/publicatie/kerncijfers-wijken-en-buurten",
    },
    {
        "title": "Adressen en gebouwen (BAG)",
        "owner": "Kadaster",
        "licence": "Public Domain Mark 1.0",
        "address": "https://www.kadaster.nl/zakelijk/producten/adressen-en-gebouwen/bag-2.0-extract",
    },
)
ANEW = """What helps: make again (as it was at first, so without a town that exists); DEMO=off before the same command;
or a new one here: make down; rm -rf "$(readlink -f .local)" .local; then the same again."""


def migrate() -> None:
    """Tables as they are now; refused where a check of the system fails, such as a real town behind an open door."""
    try:
        call_command("migrate", interactive=False, verbosity=0, skip_checks=False)
    except CommandError as error:
        raise SystemExit(f"{error}\n{ANEW}") from error


def add_other_data() -> None:
    from meldingen.tenancy.models import Municipality
    from opendata.models import OtherData

    for about in OTHER_DATA:
        OtherData.objects.get_or_create(
            municipality=Municipality.objects.get(code=TOWN), address=about["address"], defaults=about
        )


def fix_grids() -> None:
    from analytics import grid
    from meldingen.tenancy.models import Municipality

    for town in Municipality.objects.filter(registered_from__isnull=False).order_by("code"):
        if town.registered_from is not None:
            for year in range(town.registered_from.year, grid.today(town).year + 1):
                call_command("fix_grid", town.code, year)


def main() -> None:
    django.setup()  # models can be imported only after it
    parts = {
        "tables": migrate,
        "towns": lambda: call_command("demo_town"),
        "other data": add_other_data,
        "model": lambda: call_command("train_model", TOWN, use=True),
        "grids": fix_grids,
    }
    lines = []
    for name, fill in parts.items():
        began = time.monotonic()
        fill()
        lines.append(f"{name} {time.monotonic() - began:.0f}")
    sys.stdout.write(f"Seconds of filling: {', '.join(lines)}.\n")


if __name__ == "__main__":
    main()
