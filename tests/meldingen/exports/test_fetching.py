import pytest

from meldingen.exports import fetching, files, writing
from meldingen.exports.models import Export
from meldingen.refusals import Refused
from meldingen.tenancy.colleagues import set_teams
from meldingen.tenancy.models import Membership, Team, User
from tests.factories import Town
from tests.meldingen.exports.conftest import Asked


def _fetched(town: Town, export: Export) -> str:
    """What is said; empty for who gets it."""
    export.owner = User.objects.get(pk=export.owner_id)
    try:
        fetching.fetch(town.municipality, export.owner, export.pk)
    except Refused as refused:
        return refused.code
    return ""


def test_who_asked_gets_it_and_that_is_kept(asked: Asked, town: Town) -> None:
    export = asked()
    assert _fetched(town, export) == "gone"
    writing.write(export.pk)
    assert _fetched(town, export) == ""
    assert Export.objects.get().fetched_at


def test_nobody_else_gets_it(asked: Asked, town: Town) -> None:
    export = asked()
    with pytest.raises(Export.DoesNotExist):
        fetching.fetch(town.municipality, town.member("manager"), export.pk)


def test_who_lost_the_right_to_contact_details_gets_none(asked: Asked, town: Town) -> None:
    export = asked(with_contact=True)
    writing.write(export.pk)
    Membership.objects.filter(user=export.owner).update(role="reader")
    assert _fetched(town, export) == "no_right"


def test_who_sees_confidential_ones_no_more_gets_no_file_with_them(asked: Asked, town: Town) -> None:
    export = asked(town.member("coordinator"))
    writing.write(export.pk)
    Membership.objects.filter(user=export.owner).update(role="triage")
    assert _fetched(town, export) == "no_right"


def test_who_left_a_team_gets_nothing_of_it(asked: Asked, town: Town) -> None:
    me = town.member("handler")
    membership = Membership.objects.get(user=me)
    set_teams(membership, Team.objects.filter(pk=town.roads.pk))
    export = asked(me)
    writing.write(export.pk)
    set_teams(membership, Team.objects.filter(pk=town.cleaning.pk))
    assert _fetched(town, export) == "no_right"


def test_who_works_here_no_more_gets_nothing(asked: Asked, town: Town) -> None:
    export = asked()
    writing.write(export.pk)
    User.objects.update(is_active=False)
    assert _fetched(town, export) == "no_right"


def test_a_file_that_the_storage_lost_is_said(asked: Asked, town: Town) -> None:
    export = asked()
    writing.write(export.pk)
    files.remove(export)
    assert _fetched(town, export) == "gone"
