import pytest
from django.core.management import CommandError

from meldingen.management.schema import refuse_rewritten
from tests.owner import as_owner


def test_a_database_of_these_migrations_is_left_alone(db: None) -> None:
    refuse_rewritten()


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("ALTER TABLE meldingen_note RENAME TO meldingen_remark", "meldingen_note"),
        ("ALTER TABLE tenancy_team RENAME COLUMN slug TO code", "tenancy_team .* slug"),
        ("UPDATE django_migrations SET name = '0002_other' WHERE name = '0002_ledger'", "0002_other"),
    ],
)
def test_one_of_other_migrations_is_refused_in_words(db: None, statement: str, what: str) -> None:
    as_owner(statement)
    with pytest.raises(CommandError, match=what):
        refuse_rewritten()


def test_migrations_that_are_still_to_come_are_no_difference(db: None) -> None:
    as_owner("DELETE FROM django_migrations WHERE app = 'opendata'")
    refuse_rewritten()
