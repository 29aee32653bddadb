"""Whether the tables of a database are those of the migrations that it says it has."""

from collections.abc import Iterator

from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

_COLUMNS = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"


def refuse_rewritten() -> None:
    """CommandError, before anything is changed, for a database that was made from other migrations than ours."""
    if wrong := next(_differences(), None):
        raise CommandError(
            _(
                "This database was made from other migrations than these: %(what)s. No version since 0.1.0 does that, "
                "so it is older, or newer than these sources. Go back to the version that made it; or, when nothing in "
                "it is needed, make a new database."
            )
            % {"what": wrong}
        )


def _differences() -> Iterator[str]:
    loader = MigrationLoader(connection)
    migrations = [*loader.applied_migrations]
    apps_here = {app for app, _name in loader.disk_migrations}
    for app, name in migrations:
        if app in apps_here and (app, name) not in loader.graph.nodes:
            yield _("%(app)s.%(name)s is not here") % {"app": app, "name": name}
    nodes = [node for node in migrations if node in loader.graph.nodes]
    columns = _columns()
    for model in loader.project_state(nodes).apps.get_models(include_auto_created=True) if nodes else ():
        for field in model._meta.concrete_fields if model._meta.managed else ():
            if (model._meta.db_table, field.column) not in columns:
                where = {"table": model._meta.db_table, "column": field.column}
                yield _("table %(table)s has no column %(column)s") % where


def _columns() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS)
        return set(cursor.fetchall())
