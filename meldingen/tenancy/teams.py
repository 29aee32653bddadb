"""Teams from the file that a municipality keeps."""

from pathlib import Path

from django.db import transaction

from meldingen.files.cells import Tell, ignore, refuse_bad_slug, refuse_twice, tell_changes
from meldingen.files.reading import UTF8, refuse_unfit
from meldingen.files.sheets import read_csv
from meldingen.tenancy.models import Municipality, Team


@transaction.atomic
def load_teams(municipality: Municipality, path: Path, encoding: str = UTF8, tell: Tell = ignore) -> int:
    """Teams from a CSV slug,name,email. How many the file has."""
    lines_of: dict[str, int] = {}
    for line, row in read_csv(path, ("slug", "name", "email"), encoding):
        refuse_bad_slug(path, line, "slug", row["slug"])
        refuse_twice(path, line, "slug", row["slug"], lines_of)
        key = {"municipality": municipality, "slug": row["slug"]}
        # Not update_or_create, which locks the key too: meldingen may come in for this team meanwhile.
        team = Team.objects.filter(**key).first() or Team(**key)
        tell_changes(tell, team, team.slug, {"name": row["name"], "email": row["email"]}, {})
        team.name, team.email = row["name"], row["email"]
        refuse_unfit(path, line, team, {})
        team.save()
    return len(lines_of)
