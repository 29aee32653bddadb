"""The desk's own rows in the settings."""

from typing import Any

from django.test import Client

from meldingen.handling import triage
from meldingen.handling.models import StandardText
from meldingen.languages import Texts
from meldingen.notifications.models import Delivery
from meldingen.record.models import Answer
from tests.factories import Town

TEXTS = "/beheer/meldingen/standardtext/"


def saved(manager: Client, text: str) -> Any:
    said = {"name": "Bedankt", "for_state": "", "is_active": "on", "text_texts_nl": text, "text_texts_en": ""}
    return manager.post(f"{TEXTS}add/", said)


def test_a_manager_writes_one_and_an_unknown_blank_is_refused(manager: Client, town: Town) -> None:
    page = saved(manager, "Beste {naam}")
    assert page.status_code == 200
    assert "{naam} bestaat niet" in page.text
    assert saved(manager, "Melding {kenmerk}").status_code == 302
    assert StandardText.objects.get().text_texts.in_("nl") == "Melding {kenmerk}"


def test_a_text_is_offered_with_its_act_and_can_be_put_in_without_a_script(triager: Client, town: Town) -> None:
    text = Texts(nl="Wij komen bij {plaats}.")
    ready = StandardText.objects.create(municipality=town.municipality, name="Komen", text_texts=text)
    melding = town.melding()
    page: Any = triager.get("/beheer/", {"list": "open", "melding": str(melding.pk)})
    offered = {item.action.name: [each.name for each in item.standard_texts] for item in page.context_data["offered"]}
    assert (offered["answer"], offered["close"]) == (["Komen"], [])
    address, seen = f"/beheer/meldingen/melding/{melding.pk}/answer/doen/", triage.snapshot(melding)
    said = {"seen": seen, "inbox": "list=open", "standard": ready.pk, "text": ""}
    page = triager.post(address, said | {"fill": "1"})
    filled = f"Wij komen bij {town.west.name}."
    assert filled in page.text
    assert not Answer.objects.exists()
    triager.post(address, said | {"text": filled})
    assert Answer.objects.get().text == filled
    assert not Delivery.objects.exists()  # nobody left an address
