"""migrate: Django's own, as the owner of the tables; then everybody gets their rights."""

from typing import Any

from django.core.management.commands import migrate

from meldingen.management import rights, schema


class Command(migrate.Command):
    """The application may not change tables, so this asks for DATABASE_OWNER_URL."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, and give rights on what there is now."""
        with rights.as_owner():
            schema.refuse_rewritten()
            super().handle(*args, **options)
            if not options["plan"] and not options["check_unapplied"]:
                rights.grant()
