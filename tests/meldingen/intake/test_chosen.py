"""What is chosen of the suggestions and what the page of thanks keeps to itself, without JavaScript."""

from django.test import Client

from meldingen.languages import Texts
from meldingen.record.models import Melding
from tests.factories import Town
from tests.meldingen.intake.test_views import fields_of


def test_a_choice_is_still_there_after_the_text_changed(resident: Client, town: Town, typed: dict[str, str]) -> None:
    page = resident.post("/melden/", typed | {"step": "what", "category": town.dumping.slug, "text": "Iets anders"})
    assert fields_of(page)["category"] == town.dumping.slug


def test_guidance_of_the_chosen_category_is_shown_after_the_choice(
    resident: Client, town: Town, typed: dict[str, str]
) -> None:
    town.dumping.guidance_texts = Texts(nl="Dit doet de provincie.")
    town.dumping.save()
    page = resident.post("/melden/", typed | {"step": "subject", "category": town.dumping.slug})
    assert "Dit doet de provincie." in page.content.decode()


def test_the_page_of_thanks_is_private(resident: Client, typed: dict[str, str]) -> None:
    page = resident.get(resident.post("/melden/", typed)["Location"])
    melding = Melding.objects.get()
    assert f"/volg/{melding.follow_token}" in page.content.decode()
    assert (page["Referrer-Policy"], page["X-Robots-Tag"]) == ("strict-origin", "noindex, nofollow")
    assert "no-store" in page["Cache-Control"]
