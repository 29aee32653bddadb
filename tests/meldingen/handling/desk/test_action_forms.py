"""What a form proposes before anything is typed."""

from datetime import timedelta

from django.utils import timezone

from meldingen.handling.desk.action_forms import HoldForm
from meldingen.record.models import Hold, Melding
from tests.factories import Town


def test_a_threat_is_kept_for_three_months_unless_another_day_stands_there(town: Town) -> None:
    melding = town.melding()
    form = HoldForm(melding=melding, municipality=town.municipality)
    assert form["until"].initial == timezone.localdate() + timedelta(days=90)
    day = timezone.localdate() + timedelta(days=3)
    own = {"municipality": town.municipality, "author": town.member()}
    Hold.objects.create(**own, melding=melding, until=day, reason="Aangifte")
    form = HoldForm(melding=Melding.objects.get(), municipality=town.municipality)
    assert (form["until"].initial, form["reason"].initial) == (day, "Aangifte")
