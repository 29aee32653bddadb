"""What each role of the database may do: the application table by table, the pages of the public what they show.

Why there are three of them is in docs/adr/0026-three-database-roles.md; `docker/roles.sql` makes them.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.utils.translation import gettext as _

APP = "SELECT, INSERT, UPDATE, DELETE"
# Where the application may do less. With UPDATE of `id`, which a trigger refuses, a row can be locked.
APP_LESS = {
    "analytics_grid": "SELECT, INSERT",
    "django_migrations": "SELECT",
    "meldingen_event": "SELECT, INSERT",
    "meldingen_modeluse": "SELECT, INSERT",
    "opendata_booking": "SELECT, INSERT",
    "opendata_drawrequest": "SELECT, INSERT, UPDATE (drawn_at)",
    "opendata_budget": "SELECT, INSERT, UPDATE (id)",
    "opendata_plannedtable": "SELECT, INSERT",
    "opendata_release": "SELECT, INSERT, UPDATE (id)",
    "opendata_releasefile": "SELECT, INSERT",
    "tenancy_auditentry": "SELECT, INSERT",
}


# What the owner does for the application: it locks events, adds the counts to a release that was booked, and removes
# lines of the audit log after their term.
FUNCTIONS = ("analytics_last_event", "opendata_store_draw", "tenancy_forget_audit")
# What the pages of the public read: what was released, and the town that they are of.
PUBLIC = (
    "analytics_grid",
    "meldingen_address",
    "meldingen_area",
    "meldingen_asset",
    "meldingen_assetkind",
    "meldingen_category",
    "meldingen_landmark",
    "meldingen_mapfeature",
    "meldingen_question",
    "meldingen_street",
    "opendata_budget",
    "opendata_hold",
    "opendata_otherdata",
    "opendata_plannedtable",
    "opendata_release",
    "opendata_releasefile",
    "tenancy_host",
    "tenancy_logo",
    "tenancy_municipality",
    "tenancy_registrationgap",
)
# Views: what of single meldingen is public is read by the pages of the public, and by the application.
VIEWS = ("public_meldingen",)
# Of these only some columns: what a page of the public needs of the row that the request came with already.
PUBLIC_COLUMNS = {"tenancy_municipality": {"id"}}
# Columns of others that they do not. Who has the noise of a release before its numbers has its exact counts after.
NOT_PUBLIC = {"opendata_hold": {"held_by_id", "lifted_by_id"}, "opendata_release": {"noise"}}


@contextmanager
def as_owner() -> Iterator[None]:
    """The connection of this process is the owner's until the end. CommandError when the settings name none."""
    owner = settings.DATABASE_OWNER
    if owner.get("USER", "") in ("", settings.DATABASE_APP_ROLE):
        raise CommandError(
            _("Set DATABASE_OWNER_URL: tables belong to another role than that of DATABASE_URL (docs/operations.md).")
        )
    with connected_as(owner):
        yield


@contextmanager
def connected_as(login: Mapping[str, Any]) -> Iterator[None]:
    """To the same database, as somebody else."""
    here = connection.settings_dict
    before = {name: here[name] for name in ("HOST", "PORT", "USER", "PASSWORD")}
    connection.close()
    here.update({name: login[name] for name in before})
    try:
        yield
    finally:
        connection.close()
        here.update(before)


def grant() -> None:
    """Give application and public their rights on the tables as they are now, and no others. As the owner."""
    app, public = map(connection.ops.quote_name, (settings.DATABASE_APP_ROLE, settings.DATABASE_PUBLIC_ROLE))
    rights = dict.fromkeys(tables(), APP) | APP_LESS
    statements = [
        f"REVOKE ALL ON {', '.join(sorted(rights))} FROM {app}, {public}",
        *(f"GRANT {right} ON {table} TO {app}" for table, right in sorted(rights.items())),
        *(f"GRANT SELECT ({_public_columns(table)}) ON {table} TO {public}" for table in PUBLIC),
        *(f"REVOKE ALL ON {view} FROM {app}, {public}" for view in VIEWS),
        *(f"GRANT SELECT ON {view} TO {app}, {public}" for view in VIEWS),
        *(f"GRANT EXECUTE ON FUNCTION {function} TO {app}" for function in FUNCTIONS),
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(";\n".join(statements))


def tables() -> dict[str, list[str]]:
    """Of every model, and those that only join two: their columns."""
    models = [model._meta for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return {meta.db_table: [str(field.column) for field in meta.concrete_fields] for meta in models}


def _public_columns(table: str) -> str:
    public = PUBLIC_COLUMNS.get(table, set(tables()[table])) - NOT_PUBLIC.get(table, set())
    columns = (column for column in tables()[table] if column in public)
    return ", ".join(map(connection.ops.quote_name, columns))
