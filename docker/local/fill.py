"""Fill the database of the private stack: schema, invented towns, model, grids.

Runs in the venv as the unprivileged user; one process because each start costs seconds. Safe to repeat.
"""

import django
from django.core.management import CommandError, call_command

TOWN = "GM9901"  # Lindewaard, the invented town that has a history and examples
ANEW = 'A new one here: make down; rm -rf "$(readlink -f .local)" .local; then the same again.'


def main() -> None:
    django.setup()
    from analytics import grid  # models can be imported only after setup
    from meldingen.tenancy.models import Municipality

    try:
        call_command("migrate", interactive=False, verbosity=0)
    except CommandError as error:
        raise SystemExit(f"{error}\n{ANEW}") from error
    call_command("demo_town")
    call_command("train_model", TOWN, use=True)
    for town in Municipality.objects.filter(registered_from__isnull=False).order_by("code"):
        if town.registered_from is not None:
            for year in range(town.registered_from.year, grid.today(town).year + 1):
                call_command("fix_grid", town.code, year)


if __name__ == "__main__":
    main()
