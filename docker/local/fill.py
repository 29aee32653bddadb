"""Fill the database of the private stack: schema, invented towns, model, grids.

Runs in the venv as the unprivileged user; one process because each start costs seconds. Safe to repeat.
"""

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
ANEW = 'A new one here: make down; rm -rf "$(readlink -f .local)" .local; then the same again.'


def main() -> None:
    django.setup()
    from analytics import grid  # models can be imported only after setup
    from meldingen.tenancy.models import Municipality
    from opendata.models import OtherData

    try:
        call_command("migrate", interactive=False, verbosity=0)
    except CommandError as error:
        raise SystemExit(f"{error}\n{ANEW}") from error
    call_command("demo_town")
    for about in OTHER_DATA:
        OtherData.objects.get_or_create(
            municipality=Municipality.objects.get(code=TOWN), address=about["address"], defaults=about
        )
    call_command("train_model", TOWN, use=True)
    for town in Municipality.objects.filter(registered_from__isnull=False).order_by("code"):
        if town.registered_from is not None:
            for year in range(town.registered_from.year, grid.today(town).year + 1):
                call_command("fix_grid", town.code, year)


if __name__ == "__main__":
    main()
