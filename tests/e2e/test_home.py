"""The front page on a telephone: the box and its button in sight, with the longest message of the town too."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from meldingen.languages import Texts
from meldingen.tenancy.models import Municipality

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
LONGEST = (
    "Storm: wij weten van veel omgewaaide bomen. Meld alleen wat gevaarlijk is, "
    "en bel 112 als er iemand gewond is. Dank u."
)


@pytest.mark.parametrize("message", ["", LONGEST], ids=["no message", "a message"])
def test_the_box_and_its_button_are_in_sight_on_a_telephone(
    open_page: Callable[..., Page], looks_well: Callable[..., Any], lindewaard: Municipality, message: str
) -> None:
    Municipality.objects.filter(pk=lindewaard.pk).update(message_texts=Texts(nl=message))
    page = open_page(viewport={"width": 390, "height": 844})
    page.goto("/")
    expect(page.locator(".town-message")).to_have_count(1 if message else 0)
    expect(page.get_by_label("Vertel het in uw eigen woorden")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Melding doen")).to_be_in_viewport(ratio=1)
    looks_well(page)
