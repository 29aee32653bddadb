"""Every address of the staff site that names a row, from the URLconf: another town's number leads nowhere."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver

from meldingen.accounts import invitations
from meldingen.accounts.invitations import Rights
from meldingen.attachments.models import Photo
from meldingen.categories.models import Category
from meldingen.exports.models import Export
from meldingen.handling import bulk
from meldingen.handling.models import BulkAct, Worklist
from meldingen.record.models import Melding
from meldingen.routing.models import TrainedModel
from meldingen.staffsite.site import site
from meldingen.tenancy.models import Invitation, Membership, StaffSession, Team
from tests.factories import Town
from tests.meldingen.attachments.conftest import photo, private, receive
from tests.staff import at, full_melding

__all__ = ["photo", "private", "receive"]
# What a part of an address names, by its name; a new one belongs here, with its row in `filled`.
ROWS: Mapping[str, Callable[[], Any]] = {
    "melding_id": lambda: Melding.objects.filter(photos__isnull=False).latest("pk"),
    "photo_id": lambda: Photo.objects.latest("pk"),
    "act_id": lambda: BulkAct.objects.latest("pk"),
    "worklist_id": lambda: Worklist.objects.latest("pk"),
    "export_id": lambda: Export.objects.latest("pk"),
    "model_id": lambda: TrainedModel.objects.latest("pk"),
    "invitation_id": lambda: Invitation.objects.latest("pk"),
    "membership_id": lambda: Membership.objects.filter(role="manager").earliest("pk"),
    "session_id": lambda: StaffSession.objects.earliest("pk"),
    "categorieen/row_id": lambda: Category.objects.filter(parent__isnull=False).earliest("pk"),
    "teams/row_id": lambda: Team.objects.earliest("pk"),
}
WORDS = {"name": "take", "which": "large"}  # parts that name no row


def numbered(patterns: list[Any], before: str = "") -> Iterator[tuple[str, list[str]]]:
    """Each address below /beheer/ that takes a number, as it is spelt, with the names of what it takes."""
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from numbered(each.url_patterns, before + str(each.pattern))
        elif isinstance(each, URLPattern) and "<int:" in before + str(each.pattern):
            yield before + str(each.pattern), list(each.pattern.converters)


ADDRESSES = dict(numbered(site.get_urls()))


@pytest.fixture
def addresses(town: Town, photo: Photo) -> list[str]:
    """All of them, with the numbers of the town's own rows."""
    melding, manager = full_melding(town), town.member("manager")
    Photo.objects.update(melding=melding)
    own = {"municipality": town.municipality}
    Worklist.objects.create(**own, owner=manager, name="Mijn buurt", query="list=all")
    Export.objects.create(**own, owner=manager, name="Alles", query="list=all", kind="csv", language="nl")
    bulk.choose(town.municipality, manager, BulkAct.Kind.SPAM, Melding.objects.all(), "list=all", may_flood=True)
    invitations.invite(town.municipality, "nel@example.org", Rights("triage"), manager)
    StaffSession.objects.create(**own, user=manager, session_key="a" * 40)
    return [filled(address, parts) for address, parts in ADDRESSES.items()]


def filled(address: str, parts: list[str]) -> str:
    for part in parts:
        row = ROWS.get(part) or ROWS.get(f"{address.split('/')[0]}/{part}")
        assert row or part in WORDS, f"{address}: say in this test what {part} names"
        value = str(row().pk) if row else WORDS[part]
        address = re.sub(rf"<\w+:{part}>", value, address)
    return f"/beheer/{address}"


def test_another_towns_number_leads_nowhere(addresses: list[str], neighbour: Town) -> None:
    stranger = at(neighbour, neighbour.member("manager"))
    answers = {
        (address, method): getattr(stranger, method)(address, {"text": "x"}, follow=True).status_code
        for address in addresses
        for method in ("get", "post")
    }
    assert {key: status for key, status in answers.items() if status not in (404, 405)} == {}


def test_each_leads_somewhere_for_who_has_the_row(addresses: list[str], town: Town) -> None:
    manager = at(town, Membership.objects.get(municipality=town.municipality, role="manager").user)
    found = {address: manager.get(address).status_code for address in addresses}
    assert {address: status for address, status in found.items() if status not in (200, 302, 405)} == {}
