"""Many at once, by pages: chosen in a worklist, read, begun, followed. Another town's are no page."""

from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from meldingen.handling import bulk, bulk_tasks
from meldingen.handling.models import BulkAct
from meldingen.record import events, lifecycle
from meldingen.record.models import Melding
from meldingen.tenancy.models import Membership, User
from tests.factories import Town, reporter_of
from tests.meldingen.nearby.conftest import at as at_grid
from tests.staff import SECRET, at, full_melding
from tests.sure import sure

CHOOSE = "/beheer/tegelijk/kiezen/"


def choose(client: Client, act: str, *meldingen: Melding, **more: Any) -> Any:
    """The page to which it leads."""
    sent = {"act": act, "melding": [each.pk for each in meldingen], "inbox": "list=open"} | more
    return client.post(CHOOSE, sent, follow=True)


def page_of(act: BulkAct) -> str:
    return f"/beheer/tegelijk/{act.pk}/"


def test_ticked_rows_are_closed_after_a_look(triager: Client, town: Town) -> None:
    ticked, other = [town.melding(), town.melding()], town.melding()
    draft = choose(triager, "close", *ticked)
    assert "2 meldingen sluiten" in draft.text
    act = BulkAct.objects.get()
    triager.post(page_of(act), {"outcome": "solved/repaired"})
    bulk_tasks.carry_out(act.pk)
    assert "2 meldingen zijn gesloten" in triager.get(page_of(act)).text
    assert {each.pk: each.state for each in Melding.objects.all()} == {
        **{each.pk: "solved" for each in ticked},
        other.pk: "new",
    }


def test_the_whole_worklist_is_all_of_its_pages(triager: Client, town: Town) -> None:
    rows = [town.melding(team=town.roads) for _number in range(60)]
    town.melding(team=town.cleaning)
    page = choose(triager, "spam", whole="on", inbox=f"list=open&team={town.roads.pk}")
    assert page.redirect_chain[-1][0].startswith("/beheer/?")  # sixty is more than a triage officer judges at once
    choose(triager, "assign", whole="on", inbox=f"list=open&team={town.roads.pk}")
    assert set(BulkAct.objects.get().items.values_list("melding", flat=True)) == {each.pk for each in rows}


@pytest.mark.parametrize(
    ("places", "others", "doubt"),
    [
        # Their box is wider across than the two farthest are apart.
        (((0, 0), (900, 0), (450, 450), (450, -450)), {}, "is het 900 meter"),
        (((0, 0), (9, 0)), {"category": "dumping"}, "verschillende categorieën"),
        (((0, 0), None), {"buurt": "east"}, "de buurten verschillen"),
        (((0, 0), (9, 0)), {"buurt": "east"}, ""),
    ],
)
def test_what_speaks_against_a_merger_is_said_before_it(
    triager: Client, town: Town, places: Any, others: dict[str, str], doubt: str
) -> None:
    own = {"category": town.container} | {name: getattr(town, of) for name, of in others.items()}
    rows = [town.melding(point=at_grid(*places[0]), category=town.container)]
    rows += [town.melding(point=at_grid(*place) if place else None, **own) for place in places[1:]]
    page = choose(triager, "merge", *rows).text
    doubts = ("meter", "verschillende categorieën", "de buurten verschillen")
    assert doubt in page
    assert sum(each in page for each in doubts) == bool(doubt)


def test_what_was_ticked_on_other_pages_comes_along(triager: Client, town: Town) -> None:
    here, there = town.melding(), town.melding()
    choose(triager, "close", here, more=f"{there.pk},x,99999999999999999999")
    assert set(BulkAct.objects.get().items.values_list("melding", flat=True)) == {here.pk, there.pk}


def test_an_empty_worklist_says_so_and_nothing_is_kept(triager: Client, town: Town) -> None:
    page = choose(triager, "close", whole="on", inbox="list=waiting")
    assert "Er is niets gekozen" in page.text
    assert not BulkAct.objects.exists()


def test_fifty_at_once_is_spam_for_a_triage_officer_and_more_for_a_coordinator(town: Town) -> None:
    rows = [town.melding() for _number in range(bulk.MOST_SPAM + 1)]
    for role, number in (("triage", 0), ("coordinator", 1)):
        choose(at(town, town.member(role)), "spam", *rows)
        assert BulkAct.objects.count() == number


def test_a_look_first_does_nothing_and_keeps_what_was_typed(triager: Client, town: Town) -> None:
    choose(triager, "close", town.melding(text="Ik maak bezwaar tegen het besluit."))
    act = BulkAct.objects.get()
    page: Any = triager.post(page_of(act), {"outcome": "solved", "text": "Klaar", "check": "1"})
    assert "1 kan niet" in page.text
    assert "Klaar" in page.text
    assert Melding.objects.get().state == "new"


def test_what_is_missing_is_said_at_its_field(triager: Client, town: Town) -> None:
    choose(triager, "close", town.melding())
    page: Any = triager.post(page_of(BulkAct.objects.get()), {"outcome": "declined"})
    assert page.context_data["form"].errors["text"]
    assert BulkAct.objects.get().stage == "draft"


def test_of_another_category_nothing_is_promised_before_it_is_chosen(triager: Client, town: Town) -> None:
    reporter_of(town.melding())
    draft = choose(triager, "correct", *Melding.objects.all())
    assert "krijgt een mail" not in draft.text
    act = BulkAct.objects.get()
    looked = triager.post(page_of(act), {"category": town.container.pk, "reroute": "on", "check": "1"})
    assert "1 melder krijgt een mail" in looked.text
    assert "Reiniging: 1" in looked.text


def test_a_team_of_another_town_is_no_team(triager: Client, town: Town, neighbour: Town) -> None:
    choose(triager, "assign", town.melding())
    page: Any = triager.post(page_of(BulkAct.objects.get()), {"team": neighbour.roads.pk})
    assert page.context_data["form"].errors["team"]


def test_another_towns_meldingen_are_not_chosen(triager: Client, town: Town, neighbour: Town) -> None:
    own = town.melding()
    choose(triager, "close", own, neighbour.melding())
    assert list(BulkAct.objects.get().items.values_list("melding", flat=True)) == [own.pk]


def test_another_towns_act_is_no_page(triager: Client, town: Town, neighbour: Town) -> None:
    full_melding(town)
    choose(triager, "close", *Melding.objects.all())
    act = BulkAct.objects.get()
    stranger = at(neighbour, neighbour.member("manager"))
    assert stranger.get(page_of(act)).status_code == 404
    assert stranger.post(page_of(act), {"outcome": "solved"}).status_code == 404
    assert stranger.post(f"{page_of(act)}ongedaan/").status_code == 404
    assert SECRET not in stranger.get("/beheer/tegelijk/").text


def test_a_draft_is_of_who_chose_it_and_what_is_done_of_all(triager: Client, town: Town) -> None:
    colleague = at(town, town.member())
    choose(triager, "close", town.melding())
    act = BulkAct.objects.get()
    assert colleague.get(page_of(act)).status_code == 404
    triager.post(page_of(act), {"outcome": "solved"})
    assert colleague.get(page_of(act)).status_code == 200
    assert f"/beheer/tegelijk/{act.pk}/" in colleague.get("/beheer/tegelijk/").text


@pytest.mark.parametrize("role", ["reader", "telephone", "handler"])
def test_who_does_not_decide_on_all_does_nothing_to_many(town: Town, role: str) -> None:
    client = at(town, town.member(role))
    assert client.post(CHOOSE, {"act": "spam", "whole": "on"}).status_code == 403
    assert client.get("/beheer/tegelijk/").status_code == 403
    assert "velen" not in client.get("/beheer/?list=open").text


def test_an_act_that_there_is_not_is_no_page(triager: Client, town: Town) -> None:
    assert choose(triager, "burn", town.melding()).status_code == 404


def test_what_is_running_is_followed_and_undone(triager: Client, town: Town) -> None:
    choose(triager, "spam", *[town.melding() for _number in range(3)])
    act = BulkAct.objects.get()
    triager.post(page_of(act))
    assert "0 van 3" in triager.get(page_of(act)).text
    bulk_tasks.carry_out(act.pk)
    triager.post(f"{page_of(act)}ongedaan/")
    bulk_tasks.carry_out(act.pk)
    page = triager.get(page_of(act)).text
    assert "3 zijn ongedaan gemaakt" in page
    assert "Ongedaan gemaakt: 3 meldingen" in page
    assert set(Melding.objects.values_list("state", flat=True)) == {"new"}


def test_confidential_ones_are_not_in_the_whole_of_who_does_not_see_them(town: Town) -> None:
    user: User = town.member(Membership.Role.TRIAGE)
    type(town.dumping).objects.filter(pk=town.dumping.pk).update(is_confidential=True)
    own = town.melding()
    town.melding(category=town.dumping)
    choose(at(town, user), "close", whole="on", inbox="list=open")
    assert list(BulkAct.objects.get().items.values_list("melding", flat=True)) == [own.pk]


def test_who_chose_from_a_search_goes_back_to_it(triager: Client, town: Town) -> None:
    melding = town.melding(text="De boom")
    town.melding(text="De boom")
    search = triager.post("/beheer/zoeken/", {"words": "boom"})["Location"]
    draft = choose(triager, "close", melding, inbox=search.partition("?")[2])
    assert draft.text.count(f'href="{search}"') == 2
    assert triager.post(CHOOSE, {"act": "close", "inbox": "gezocht=1"})["Location"] == search
    BulkAct.objects.update(stage=BulkAct.Stage.DONE)
    colleague = at(town, town.member("triage"))
    assert "gezocht" not in colleague.get(page_of(BulkAct.objects.get())).text


def test_ticks_are_kept_for_each_search_apart(triager: Client, town: Town) -> None:
    pages = []
    for words in ("boom", "lamp"):
        for _number in range(2):
            town.melding(text=words)
        pages.append(triager.post("/beheer/zoeken/", {"words": words}, follow=True).text)
    for number, page in enumerate(pages, 1):
        assert f'data-list="/beheer/zoeken/?gezocht={number}"' in page
        assert f'name="inbox" value="gezocht={number}"' in page


def test_what_was_done_before_many_is_not_undone_after_them(triager: Client, town: Town) -> None:
    choose(triager, "close", town.melding())
    triager.cookies["last_act"] = "x"
    triager.post(page_of(BulkAct.objects.get()), {"outcome": "solved/repaired"})
    assert not triager.cookies["last_act"].value


def test_many_are_handed_to_a_colleague_after_a_look(triager: Client, town: Town) -> None:
    member = Membership.objects.get(user=town.member("handler"))
    rows = [town.melding(), town.melding()]
    assert "2 meldingen aan een collega geven" in choose(triager, "hand", *rows).text
    act = BulkAct.objects.get()
    assert triager.post(page_of(act), {}).context["form"].errors["member"]
    triager.post(page_of(act), {"member": member.pk})
    bulk_tasks.carry_out(act.pk)
    assert "De collega kreeg 2 meldingen" in triager.get(page_of(act)).text
    assert {each.assignee for each in Melding.objects.all()} == {member.user}
    triager.post(f"{page_of(act)}ongedaan/")
    bulk_tasks.carry_out(act.pk)
    assert {each.assignee for each in Melding.objects.all()} == {None}


def test_many_get_another_priority_after_a_look(triager: Client, town: Town) -> None:
    rows = [town.melding(), town.melding(danger="hazard", priority=3)]
    assert "De prioriteit van 2 meldingen wijzigen" in choose(triager, "priority", *rows).text
    act = BulkAct.objects.get()
    look: Any = triager.post(page_of(act), {"priority": "1", "check": "1"})
    assert "Het gevaar vraagt om een hogere prioriteit" in look.text
    triager.post(page_of(act), {"priority": "1"})
    bulk_tasks.carry_out(act.pk)
    assert [each.priority for each in Melding.objects.order_by("pk")] == [1, 3]


def test_before_many_are_merged_the_term_and_what_was_told_are_said(triager: Client, town: Town) -> None:
    days = [datetime(2030, 3, day, 12, tzinfo=UTC) for day in (4, 5)]
    rows = [town.melding(category=town.container, promised_at=day, deadline=day) for day in days]
    page = choose(triager, "merge", *rows).text
    assert "De termijn van de melding die voorop gaat, telt: maandag 4 maart." in page
    assert "dinsdag 5 maart" in page


@pytest.mark.parametrize("kind", ["merge", "close", "assign"])
def test_what_can_be_done_to_none_says_why_and_asks_nothing(triager: Client, town: Town, kind: str) -> None:
    rows = [town.melding() for _number in range(3)]
    lifecycle.move_many(rows, "solved", actor=events.SWEEP)
    page = BeautifulSoup(choose(triager, kind, *rows).content, "html.parser")
    words = sure(page.select_one("#content")).text
    assert "Alle 3 zijn gesloten." in words
    assert "samengevoegd" not in words
    assert not page.select("form.bulk-form")
    assert [each.text for each in page.select("#content .buttons a")] == ["Terug naar de lijst"]
