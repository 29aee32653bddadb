"""What colleagues do all day, at a desk, with a mouse and by keyboard alone."""

import random
import re
import time
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.jobs.conftest import Count, sign_in, until
from tests.jobs.hands import Hands

pytestmark = pytest.mark.e2e
Impossible = Callable[[str], None]
LIST = "/beheer/meldingen/melding/"
LETTERS = str.maketrans("0123456789", "ghijklmnop")  # a name has no figures
LEFT_TO_PEOPLE = "Er ligt iets op de stoep bij de lantaarn, en het bankje is stuk."


def _reported(window: Callable[..., Page], text: str, category: str = "") -> str:
    """A resident reports; the reference."""
    page = window()
    page.goto("/melden/")
    page.get_by_label("Uw melding").fill(text)
    forward = page.get_by_role("main").locator("button[value=next]")
    forward.click()
    page.get_by_role("button", name="Ik weet het niet").click()
    page.locator("#alleen-buurt summary").click()
    page.get_by_label("Buurt").select_option(index=3)
    forward.click()
    page.get_by_role("button", name="Melding versturen").click()
    return page.locator(".reference").first.inner_text().replace("-", "").strip()


def _waiting(colleague: Hands, reference: str) -> None:
    """The page of a new melding that the model has looked at: it is open when the job begins."""
    page = colleague.page
    page.goto(f"{LIST}?q={reference}")
    found = page.get_by_role("link", name=reference).get_attribute("href") or ""
    page.goto(f"/beheer/?list=to-judge&melding={re.findall(r'/([0-9]+)/change/', found)[0]}")
    until(lambda: bool(page.reload()) and page.locator(".guesses").count() > 0)
    colleague.begin()


def _categorise(colleague: Hands, choice: str) -> None:
    """Choose a category on the page of a melding, read what follows, and save it."""
    page = colleague.page
    field = page.locator("#recategorise_category")
    colleague.choose(field, field.locator("option", has_text=choice).first.inner_text())
    expect(page.locator(".foreseen .changes", has_text="Team")).to_have_count(1)
    colleague.tap(page.get_by_role("button", name="Categorie opslaan"))
    expect(page.get_by_role("status").get_by_text("De categorie is opgeslagen")).to_be_visible()


def test_s1_triage_one_whose_guess_is_right(colleague: Hands, window: Callable[..., Page], count: Count) -> None:
    following, reference = _reported(window, LEFT_TO_PEOPLE), _reported(window, LEFT_TO_PEOPLE)
    _waiting(colleague, reference)
    colleague.tap(colleague.page.locator(".guesses button").first)
    expect(colleague.page.get_by_text(f"Laatste: {reference[:4]}-{reference[4:]}")).to_be_visible()
    expect(colleague.page.locator(".pane-head .reference")).to_have_text(following)
    count(colleague)


def test_s2_correct_one(colleague: Hands, window: Callable[..., Page], count: Count) -> None:
    _waiting(colleague, _reported(window, LEFT_TO_PEOPLE))
    _categorise(colleague, "Zwerfafval")
    count(colleague)


def test_s11_change_a_service_level(colleague: Hands, window: Callable[..., Page], count: Count) -> None:
    page = colleague.page
    said = {
        "text": "Er zit een gat in de weg.",
        "place": {"buurt": "BU99010000"},
        "category": "gat-in-de-weg",
    }
    assert page.request.post("/api/v1/meldingen", data=said).ok
    page.goto("/beheer/meldingen/category/?q=gat-in-de-weg")
    page.locator("#result_list tbody th a").first.click()
    term = page.locator("#id_service_amount")
    before = term.input_value()
    colleague.begin()
    colleague.type(term, "1")
    colleague.tap(page.locator("input[name=_save]"))
    expect(
        page.get_by_text(re.compile(r"\d+ openstaande melding(en)? krijg(t|en) een eerdere termijn"))
    ).to_be_visible()
    colleague.tap(page.get_by_role("button", name=re.compile("vervroegen")))
    expect(page.get_by_text(re.compile("(heeft|hebben) een eerdere termijn"))).to_be_visible()
    count(colleague)
    page.goto("/beheer/meldingen/category/?q=gat-in-de-weg")
    page.locator("#result_list tbody th a").first.click()
    page.locator("#id_service_amount").fill(before)
    page.locator("input[name=_save]").click()


def test_s12_new_colleague(colleague: Hands, window: Callable[..., Page], count: Count) -> None:
    page, address = colleague.page, f"nel-{uuid.uuid4().hex[:6]}@example.org"
    colleague.open("/beheer/")
    colleague.begin()
    colleague.tap(page.get_by_role("link", name="Collega uitnodigen"))
    colleague.type(page.get_by_label("E-mailadres"), address)
    colleague.tap(page.get_by_role("group", name="Teams").get_by_role("checkbox").first, key="Space")
    colleague.tap(page.get_by_role("button", name="Uitnodiging versturen"))
    expect(page.get_by_text(f"De uitnodiging gaat naar {address}.")).to_be_visible()
    count(colleague)
    page.locator("li", has_text=address).get_by_role("button", name="Intrekken").click()
    expect(page.get_by_text("De uitnodiging is ingetrokken")).to_be_visible()


def test_s8_my_teams_work_on_the_first_page(colleague: Hands, count: Count) -> None:
    sign_in(colleague.page, "ahmed")  # of a team
    colleague.begin()
    colleague.open("/beheer/")
    lists = colleague.page.get_by_role("navigation", name="Werklijsten")
    for name in ("Te beoordelen", "Van mij", "Mijn team", "Vandaag", "Te laat"):
        expect(lists.get_by_role("link", name=name)).to_be_visible()
    expect(colleague.page.locator(".row").first).to_be_visible()
    count(colleague)


def _caller(page: Page) -> dict[str, str]:
    """Somebody reported; each thing by which they say who they are when they call."""
    number, name = f"06{uuid.uuid4().int % 10**8:08d}", f"Wim {uuid.uuid4().hex[:6].translate(LETTERS).title()}"
    mail = f"{name.replace(' ', '.').lower()}@example.org"
    said = {"text": "De heg hangt over de stoep.", "place": {"buurt": "BU99010000"}}
    said["reporter"] = {"name": name, "phone": number, "email": mail}
    answer = page.request.post("/api/v1/meldingen", data=said)
    assert answer.ok, answer.text()
    spelt = f"{number[:2]} {number[2:6]} {number[6:]}"
    return {"phone": spelt, "mail": mail.upper(), "name": name, "reference": answer.json()["reference"].lower()}


@pytest.mark.parametrize("said", ["phone", "mail", "name", "reference"])
def test_s4_find_a_caller(colleague: Hands, count: Count, said: str) -> None:
    page = colleague.page
    words = _caller(page)[said]
    colleague.open("/beheer/")
    colleague.begin()
    box = page.get_by_role("searchbox")
    colleague.type(box, words)
    box.press("Enter")
    colleague.counts["taps"] += 1
    expect(page.locator(".pane-words, .melding-words").first).to_contain_text("heg")
    count(colleague)


def _find_all(colleague: Hands, word: str, number: int) -> None:
    """Look for a word in the inbox, and choose all that has it."""
    page = colleague.page
    colleague.open("/beheer/")
    colleague.begin()
    box = page.get_by_role("searchbox")
    colleague.type(box, word)
    box.press("Enter")
    colleague.counts["taps"] += 1
    colleague.tap(page.get_by_label(f"Kies alle {number}"), key="Space")


def test_s6_a_wave_of_spam(colleague: Hands, count: Count) -> None:
    page, word = colleague.page, f"zonnebril{uuid.uuid4().hex[:6]}"
    for _number in range(30):
        said = {"text": f"Koop nu een {word}", "place": {"buurt": "BU99010000"}}
        assert page.request.post("/api/v1/meldingen", data=said).ok
    _find_all(colleague, word, 30)
    colleague.tap(page.get_by_role("button", name="Spam", exact=True))
    expect(page.get_by_text("30 worden gesloten als spam.")).to_be_visible()
    colleague.tap(page.get_by_role("button", name="Ja, 30 meldingen zijn spam"))
    expect(page.get_by_text("30 meldingen zijn gesloten als spam").first).to_be_visible(timeout=60_000)
    count(colleague)


def test_s6_thirty_reports_of_one_lamp(colleague: Hands, count: Count) -> None:
    page = colleague.page
    _find_all(colleague, _report_one_lamp(page, 30), 30)
    colleague.tap(page.get_by_role("button", name="Samenvoegen"))
    expect(page.get_by_text("30 gaan samen verder als één.")).to_be_visible()
    colleague.tap(page.get_by_role("button", name="30 meldingen samenvoegen"))
    expect(page.get_by_text("30 meldingen zijn nu één").first).to_be_visible(timeout=60_000)
    count(colleague)


def test_s7_answer_with_a_standard_text(colleague: Hands, count: Count) -> None:
    page, name = colleague.page, f"Bedankt {uuid.uuid4().hex[:6]}"
    page.goto("/beheer/meldingen/standardtext/add/")
    page.get_by_label("Naam").fill(name)
    page.locator("#id_text_texts").fill(f"Dank voor uw melding {{kenmerk}}. {name}")
    page.locator("input[name=_save]").click()
    colleague.open("/beheer/?list=open")
    page.locator(".row").first.click()
    colleague.begin()
    colleague.tap(page.locator("#actie-answer summary"))
    colleague.choose(page.locator("#answer_standard"), name)
    expect(page.locator("#answer_text")).to_have_value(re.compile("Dank voor uw melding [0-9A-Z]{4}-"))
    colleague.tap(page.get_by_role("button", name="Antwoord versturen"))
    expect(page.get_by_role("status").get_by_text("Het antwoord is gegeven")).to_be_visible()
    count(colleague)


def test_s9_this_list_into_a_spreadsheet(colleague: Hands, count: Count) -> None:
    colleague.open("/beheer/?list=late")
    colleague.begin()
    with colleague.page.expect_download() as coming:
        colleague.tap(colleague.page.get_by_role("button", name="Excel"))
    assert coming.value.suggested_filename.endswith(".xlsx")
    count(colleague)


def test_s10_what_would_this_rule_have_caught(colleague: Hands, count: Count) -> None:
    page = colleague.page
    colleague.open("/beheer/meldingen/routingrule/")
    colleague.tap(page.locator("#result_list tbody th a").first)
    colleague.tap(page.get_by_role("button", name="Wat had deze regel gedaan?"))
    expect(page.get_by_text(re.compile(r"geprobeerd op de meldingen van de laatste 90 dagen"))).to_be_visible()
    count(colleague)


def _report_one_lamp(page: Page, times: int) -> str:
    """So many reports of one lamp, each in its own words; a word by which they are found."""
    word = f"lamp{uuid.uuid4().hex[:6]}"
    place = {"longitude": 5.5776 + random.uniform(-0.02, 0.02), "latitude": 52.4426}
    for number in range(times):
        said = {"text": f"{word} brandt niet, melding {number}", "place": place, "category": "lamp-brandt-niet"}
        answer = page.request.post("/api/v1/meldingen", data=said)
        assert answer.ok, answer.text()
    return word


def _open_one(colleague: Hands, word: str) -> None:
    colleague.open(LIST)
    colleague.page.locator("#q").fill(word)
    colleague.page.get_by_role("button", name="Tonen", exact=True).click()
    colleague.page.locator("a[href*='/melding/'][href*='/change/']").first.click()
    expect(colleague.page.get_by_role("heading", name="Vaker gemeld")).to_be_visible()
    colleague.begin()


def test_s14_two_reports_are_one(colleague: Hands, count: Count) -> None:
    page = colleague.page
    _open_one(colleague, _report_one_lamp(page, 2))
    colleague.tap(page.get_by_role("button", name="Voeg de aangevinkte hierbij"))
    expect(page.get_by_role("heading", name="Wie wat leest")).to_be_visible()
    colleague.tap(page.get_by_role("button", name="Samenvoegen"))
    expect(page.get_by_text(re.compile("(1 melding is|[0-9]+ meldingen zijn) samengevoegd met"))).to_be_visible()
    count(colleague)


def test_s5_take_a_call(colleague: Hands, count: Count) -> None:
    page, number = colleague.page, f"06{uuid.uuid4().int % 10**8:08d}"
    colleague.open("/beheer/")
    colleague.tap(page.get_by_role("link", name="Telefoon opnemen"))
    colleague.begin()
    begin = time.monotonic()
    words = page.get_by_label("Wat zegt de beller?")
    colleague.type(words, "De glascontainer zit overvol, de flessen staan ernaast.")
    colleague.type(page.get_by_label("Waar is het?"), "Thorbeckestraat 7")
    colleague.tap(page.locator(".telephone__likely button").first)
    colleague.type(page.get_by_label("Telefoonnummer"), number)
    colleague.tap(page.get_by_role("button", name="Melding opslaan"))
    expect(page.locator(".pane-words")).to_contain_text("glascontainer")
    expect(page.get_by_role("status").get_by_text("Opgenomen")).to_be_visible()
    assert time.monotonic() - begin < 60
    count(colleague)
