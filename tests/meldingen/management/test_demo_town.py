from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.core.management import CommandError, call_command

from meldingen.attachments.models import Photo
from meldingen.categories.models import Category
from meldingen.demo import history
from meldingen.demo.people import COLLEAGUES
from meldingen.handling.models import StandardText
from meldingen.management.commands import demo_town
from meldingen.places.models import Address, Asset, MapFeature
from meldingen.record.models import Melding
from meldingen.tenancy.models import Membership, Municipality, User


@pytest.fixture
def short_history(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hundred reports of each town instead of years of them: the same code, less of it."""
    monkeypatch.setattr(history, "first_day", lambda _folder, until: until - timedelta(days=100))
    monkeypatch.setattr(demo_town, "reports", lambda *given: history.reports(*given)[:200])
    monkeypatch.setattr(demo_town, "NUMBERS", {"lamp-brandt-niet": 2, "afval-gedumpt": 1})


def test_the_towns_are_invented_and_apart(db: None, monkeypatch: pytest.MonkeyPatch, short_history: None) -> None:
    monkeypatch.setenv("ADMIN_PASSWORD", "een-lang-wachtwoord")
    call_command("demo_town")
    assert list(Municipality.objects.order_by("code").values_list("name", "is_invented")) == [
        ("Lindewaard", True),
        ("Oosterveen", True),
        ("Zandervliet", True),
    ]
    assert Category.objects.filter(municipality__code="GM9901", parent__isnull=False).count() >= 40
    assert Melding.objects.filter(municipality__code="GM9901").count() == 200
    photos = Photo.objects.filter(melding__isnull=False)
    assert photos.count() == 3
    assert set(photos.values_list("municipality__code", "melding__municipality__code")) == {("GM9901", "GM9901")}
    assert Membership.objects.count() == 9 + len(COLLEAGUES)
    assert set(StandardText.objects.values_list("municipality__code", flat=True)) == {"GM9901", "GM9902", "GM9903"}
    assert not Melding.objects.filter(municipality__code="GM9903").exists()


def test_the_first_town_has_streets_addresses_and_objects(
    db: None, monkeypatch: pytest.MonkeyPatch, short_history: None
) -> None:
    monkeypatch.setenv("ADMIN_PASSWORD", "een-lang-wachtwoord")
    call_command("demo_town")
    town = Municipality.objects.get(code="GM9901")
    assert MapFeature.objects.of(town).filter(kind="straat").count() > 90
    assert 2_900 < Address.objects.of(town).count() < 3_100
    assert Asset.objects.of(town).count() == 2_204
    assert not Address.objects.exclude(municipality=town).exists()


@pytest.mark.slow
def test_after_a_run_that_was_broken_off_photos_and_bounce_are_made(
    db: None, monkeypatch: pytest.MonkeyPatch, short_history: None
) -> None:
    monkeypatch.setenv("ADMIN_PASSWORD", "een-lang-wachtwoord")
    bounce = Mock(side_effect=[KeyboardInterrupt, None])
    monkeypatch.setattr(demo_town, "leave_bounce", bounce)
    with pytest.raises(KeyboardInterrupt):
        call_command("demo_town")
    assert not Melding.objects.exists()
    call_command("demo_town")
    assert (Photo.objects.filter(melding__isnull=False).count(), bounce.call_count) == (3, 2)


@pytest.mark.slow
def test_a_second_run_changes_nothing(db: None, monkeypatch: pytest.MonkeyPatch, short_history: None) -> None:
    monkeypatch.setenv("ADMIN_PASSWORD", "een-lang-wachtwoord")
    call_command("demo_town")
    before = [list(model.objects.order_by("pk").values_list("pk")) for model in (Melding, User, Category)]
    call_command("demo_town")
    assert [list(model.objects.order_by("pk").values_list("pk")) for model in (Melding, User, Category)] == before


def test_without_a_password_it_makes_no_logins(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ADMIN_PASSWORD", raising=False)
    with pytest.raises(CommandError, match="ADMIN_PASSWORD"):
        call_command("demo_town")
    assert not User.objects.exists()


@pytest.mark.slow
def test_one_category_of_the_first_town_was_retired_into_another(
    db: None, monkeypatch: pytest.MonkeyPatch, short_history: None
) -> None:
    monkeypatch.setenv("ADMIN_PASSWORD", "een-lang-wachtwoord")
    call_command("demo_town")
    retired = Category.objects.get(municipality__code="GM9901", is_active=False)
    assert retired.successor is not None
    assert (retired.successor.slug, retired.successor.is_active) == ("bankje-of-paaltje-kapot", True)
