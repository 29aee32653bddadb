"""Colleagues who are logged in, and a melding with everything that can belong to one."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from meldingen import queueing
from meldingen.exports.models import Export
from meldingen.handling import triage
from meldingen.handling.models import StandardText
from meldingen.languages import Texts
from meldingen.places.models import Address, Asset, AssetKind, Street
from meldingen.questions.models import Question
from meldingen.record.models.melding import Melding
from meldingen.routing.models import Prediction, TrainedModel
from meldingen.tenancy.models import AuditEntry, FormalText, Membership
from meldingen.tenancy.models.user import User
from tests.factories import RoutingRuleFactory, Town, reporter_of

SECRET = "Geheimweg"  # stands in every name and text of the town that a neighbour must never see


@pytest.fixture(autouse=True)
def published(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What would go to the broker, in the place of a broker; each (task name, ids)."""
    sent = []
    monkeypatch.setattr(queueing, "_publish", lambda task, ids: sent.append((task.name.rsplit(".", 1)[-1], ids)))
    return sent


def at(town: Town, user: User) -> Client:
    """A browser of this colleague at the town's site."""
    client = Client(headers={"host": town.host})
    client.force_login(user)
    return client


@pytest.fixture
def triager(town: Town) -> Client:
    return at(town, town.member(Membership.Role.TRIAGE))


@pytest.fixture
def manager(town: Town) -> Client:
    return at(town, town.member(Membership.Role.MANAGER))


@pytest.fixture
def reader(town: Town) -> Client:
    return at(town, town.member(Membership.Role.READER))


def full_melding(town: Town, **values: Any) -> Melding:
    """A melding with a reporter, a prediction by a model, a note and a public answer."""
    melding = town.melding(point=town.point(), text=f"{SECRET}: de container puilt uit.", **values)
    own = {"municipality": town.municipality}
    reporter_of(melding, "wim@example.org", name=f"Wim {SECRET}", phone="0612345678")
    about: dict[str, Any] = {
        "file": "m.skops",
        "sha256": "0" * 64,
        "trained_on": "examples",
        "texts": 200,
        "classes": 3,
    }
    model, _made = TrainedModel.objects.get_or_create(**own, version=1, defaults=about)
    suggestions = [("afval|container-vol", 0.71), ("afval|dumping", 0.2), ("weg|gat", 0.04)]
    Prediction.objects.create(
        **own,
        melding=melding,
        model=model,
        category=town.container,
        probability=0.71,
        action="suggest",
        suggestions=[{"category": label, "probability": share} for label, share in suggestions],
        reason="below_threshold",
    )
    case = triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member())
    triage.note(case, f"Notitie {SECRET}")
    triage.answer(case, f"Antwoord {SECRET}")
    return melding


def name_everything(town: Town) -> None:
    """Put the secret in every name of the town, and add a rule."""
    for row in (town.cleaning, town.roads, town.west, town.east, town.wijk, town.gemeente, town.municipality):
        row.name = f"{SECRET} {row.pk}"
        row.save()
    for category in (town.waste, town.container, town.dumping):
        category.name_texts = Texts(nl=f"{SECRET} {category.pk}", en=f"{SECRET} {category.pk}")
        category.save()
    RoutingRuleFactory.create(municipality=town.municipality, category=town.container, area=town.west, team=town.roads)
    _fill_places(town)
    _fill_desk(town)


def _fill_desk(town: Town) -> None:
    """A standard text, a line of the audit log, an export, a question of a category, and words of the town's own."""
    own = {"municipality": town.municipality}
    Question.objects.create(**own, category=town.container, slug="geheim", question_texts=Texts(nl=SECRET))
    FormalText.objects.create(**own, about="claim", words_texts=Texts(nl=SECRET), url=f"https://{SECRET}.example/")
    StandardText.objects.create(**own, name=SECRET, text_texts=Texts(nl=SECRET))
    AuditEntry.objects.create(**own, actor=town.member(user__username=SECRET), kind="contact_searched")
    about = {"name": SECRET, "query": "list=all", "kind": "csv", "language": "nl"}
    Export.objects.create(**own, **about, owner=town.member())


def _fill_places(town: Town) -> None:
    """An address and an object, each with the secret in its name."""
    own, here = {"municipality": town.municipality}, {"buurt": town.west, "point": town.point()}
    street = Street.objects.create(**own, name=SECRET, place=SECRET, key="geheimweg", place_key="geheimweg")
    Address.objects.create(**own, **here, street=street, number=1)
    name = Texts(nl=f"{SECRET} lamp")
    kind = AssetKind.objects.create(**own, slug="lamp", name_texts=name, plural_texts=name)
    Asset.objects.create(**own, **here, kind=kind, number=f"{SECRET}-1")


@pytest.fixture
def melding(town: Town) -> Melding:
    return full_melding(town)


@pytest.fixture
def address(melding: Melding) -> str:
    return f"/beheer/meldingen/melding/{melding.pk}/change/"


@pytest.fixture
def now() -> datetime:
    return timezone.now()
