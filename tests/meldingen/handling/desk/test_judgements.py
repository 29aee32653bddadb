"""Suspect meldingen in the list: out of the way of the day's work, and judged many at once."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meldingen.handling import judging, triage
from meldingen.handling.bulk_tasks import carry_out
from meldingen.handling.desk import judgements
from meldingen.handling.models import BulkAct
from meldingen.limits.rules import count_received
from meldingen.notifications.models import Delivery
from meldingen.record import workflow
from meldingen.record.models import Melding
from tests.factories import Town, reporter_of
from tests.meldingen.handling.desk.test_melding import LIST, act, references_in
from tests.owner import as_owner
from tests.staff import at

RELEASE, SPAM = f"{LIST}oordeel/release/", f"{LIST}oordeel/spam/"


def suspect(town: Town, email: str = "wim@example.org", **values: Any) -> Melding:
    melding = town.melding(is_suspect=True, **values)
    reporter_of(melding, email)
    return melding


def hidden(response: Any) -> dict[str, str]:
    """The fields of the page that asks."""
    form: Any = BeautifulSoup(response.content, "html.parser").select_one("form.sure")
    return {field["name"]: field["value"] for field in form.find_all("input")}


def sure(client: Client, address: str, **chosen: list[int] | str) -> Any:
    """Choose, and say yes to what is asked."""
    return client.post(address, hidden(client.post(address, chosen)), follow=True)


def called_spam(client: Client, **chosen: list[int] | str) -> Any:
    """Choose, say yes to what is asked, and look what became of it."""
    page = client.post(SPAM, chosen)["Location"]
    client.post(page)
    carry_out(BulkAct.objects.latest("id").pk)
    return client.get(page)


def test_suspect_meldingen_are_out_of_the_way_and_counted_above_the_list(triager: Client, town: Town) -> None:
    real, other = town.melding(), suspect(town)
    page = triager.get(LIST)
    assert references_in(page) == [real.reference]
    assert "1 verdachte melding wacht op een oordeel" in page.text
    assert references_in(triager.get(LIST, {"suspect": "only"})) == [other.reference]
    assert len(references_in(triager.get(LIST, {"suspect": "all"}))) == 2


def test_danger_is_never_out_of_the_way(triager: Client, town: Town) -> None:
    danger = suspect(town, priority=4)
    assert references_in(triager.get(LIST)) == [danger.reference]


def test_it_asks_before_it_does(triager: Client, town: Town) -> None:
    melding = suspect(town, text="Koop nu.")
    page = triager.post(SPAM, {"melding": melding.pk}, follow=True)
    assert "Is 1 melding spam?" in page.text
    assert "Koop nu." in page.text
    melding.refresh_from_db()
    assert melding.state == workflow.NEW


def test_who_is_sure_releases_them_all_and_is_back_at_the_list(triager: Client, town: Town) -> None:
    chosen = [suspect(town) for _number in range(3)]
    rest = suspect(town)
    query = "suspect=only&state=all&p=2"
    page = sure(triager, RELEASE, melding=[melding.pk for melding in chosen], list=query)
    assert page.redirect_chain[0][0] == f"{LIST}?suspect=only&state=all"
    judged = Melding.objects.filter(pk__in=[melding.pk for melding in chosen])
    assert set(judged.values_list("state", "is_suspect")) == {("new", False)}
    assert "3 meldingen zijn" in page.text
    rest.refresh_from_db()
    assert rest.is_suspect
    assert Delivery.objects.count() == 3


def test_spam_is_an_act_on_many_that_can_be_undone(triager: Client, town: Town) -> None:
    chosen, rest = [suspect(town) for _number in range(3)], suspect(town)
    page = called_spam(triager, melding=[melding.pk for melding in chosen])
    assert "3 meldingen zijn gesloten als spam" in page.text
    assert page.context["may_undo"]
    assert set(Melding.objects.filter(state="new")) == {rest}
    assert not Delivery.objects.exists()


def test_the_whole_list_is_what_its_filters_say(triager: Client, town: Town) -> None:
    east = [suspect(town, buurt=town.east) for _number in range(3)]
    west, real = suspect(town), town.melding(buurt=town.east)
    called_spam(triager, whole="on", list=f"suspect=only&buurt={town.east.code}")
    assert set(Melding.objects.filter(state="spam")) == set(east)
    assert {west.state, real.state} == {"new"}


def test_what_came_after_the_question_is_not_in_the_answer(triager: Client, town: Town) -> None:
    first = suspect(town)
    page = triager.post(SPAM, {"whole": "on", "list": "suspect=only"})["Location"]
    later = suspect(town)
    triager.post(page)
    carry_out(BulkAct.objects.get().pk)
    assert list(Melding.objects.filter(state="spam")) == [first]
    later.refresh_from_db()
    assert later.state == "new"


def test_what_others_judged_meanwhile_is_said(triager: Client, town: Town) -> None:
    melding, other = suspect(town), suspect(town)
    page = triager.post(RELEASE, {"melding": [melding.pk, other.pk]})
    judging.call_spam(town.municipality, town.member(), [other.pk])
    done = triager.post(RELEASE, hidden(page), follow=True)
    assert "1 melding is vrijgegeven." in done.text
    assert "1 melding is gebleven zoals zij was" in done.text


def test_danger_among_them_is_pointed_at(triager: Client, town: Town) -> None:
    for _number in range(judgements.MOST_ON_PAGE + 2):
        suspect(town)
    danger = suspect(town, priority=4)
    page = triager.post(RELEASE, {"whole": "on", "list": "suspect=only"})
    assert "1 ervan heeft spoed" in page.text
    assert page.context["rows"][0]["melding"] == danger
    assert "En nog 3." in page.text


@pytest.mark.parametrize("chosen", [{}, {"melding": "x"}, {"ids": "²,-1,1e9"}, {"ids": "9" * 400}, {"melding": "0"}])
def test_without_a_choice_nothing_is_asked(triager: Client, town: Town, chosen: dict[str, str]) -> None:
    page = triager.post(SPAM, chosen | {"list": "suspect=only"}, follow=True)
    assert "Er is niets gekozen" in page.text


@pytest.mark.parametrize("query", ["//elders.example/", "\r\nX: y", "state=weg", "follow_token__startswith=a", "p=x"])
def test_no_list_that_is_sent_along_leads_astray(triager: Client, town: Town, query: str) -> None:
    melding = suspect(town)
    answer = triager.post(RELEASE, {"melding": melding.pk, "list": query, "sure": "on"})
    assert answer["Location"].startswith(f"{LIST}?")
    assert triager.post(RELEASE, {"whole": "on", "list": query}).status_code in (200, 302, 400)


def test_a_reader_and_a_neighbour_judge_nothing(reader: Client, town: Town, neighbour: Town, triager: Client) -> None:
    ours, theirs = suspect(town), suspect(neighbour)
    assert reader.post(SPAM, {"ids": ours.pk, "sure": "on"}).status_code == 403
    assert reader.post(RELEASE, {"ids": ours.pk, "sure": "on"}).status_code == 403
    assert 'name="melding"' not in reader.get(LIST, {"suspect": "all"}).text
    triager.post(SPAM, {"ids": theirs.pk})
    triager.post(RELEASE, {"ids": theirs.pk, "sure": "on"})
    assert not BulkAct.objects.exists()
    assert Melding.objects.filter(is_suspect=True).count() == 2


def test_more_than_fifty_are_called_spam_by_a_coordinator(triager: Client, town: Town) -> None:
    ids = ",".join(str(suspect(town).pk) for _number in range(51))
    page = triager.post(SPAM, {"ids": ids, "sure": "on"}, follow=True)
    assert "doet een coördinator" in page.text
    assert not Melding.objects.filter(state="spam").exists()
    called_spam(at(town, town.member("coordinator")), ids=ids)
    assert Melding.objects.filter(state="spam").count() == 51


def test_nobody_judges_by_a_link(triager: Client, town: Town) -> None:
    suspect(town)
    assert triager.get(SPAM)["Location"] == LIST
    assert triager.post(f"{LIST}oordeel/verzin/").status_code == 404


def test_the_questions_do_not_grow_with_the_number(triager: Client, town: Town) -> None:
    chosen = [suspect(town).pk for _number in range(40)]
    with CaptureQueriesContext(connection) as asked:
        triager.post(RELEASE, {"ids": ",".join(map(str, chosen))})
    with CaptureQueriesContext(connection) as done:
        triager.post(RELEASE, {"ids": ",".join(map(str, chosen)), "sure": "on"})
    assert (len(asked) <= 9, len(done) <= 14) == (True, True)


@pytest.mark.parametrize(("name", "state"), [("release", "new"), ("spam", "spam")])
def test_one_is_judged_on_its_own_page(triager: Client, town: Town, name: str, state: str) -> None:
    melding = suspect(town)
    page = triager.get(f"{LIST}{melding.pk}/change/")
    assert "Dit is een van heel veel meldingen" in page.text
    assert act(triager, melding, name).status_code == 302
    melding.refresh_from_db()
    assert (melding.state, melding.is_suspect) == (state, False)
    assert "een van heel veel meldingen uit één netwerk. De" not in triager.get(f"{LIST}{melding.pk}/change/").text


def test_a_colleague_who_was_slower_does_not_call_a_released_one_spam(triager: Client, town: Town) -> None:
    melding = suspect(town)
    seen = triage.snapshot(melding)
    judging.release(town.municipality, town.member(), [melding.pk])
    assert "intussen gewijzigd" in act(triager, melding, "spam", seen=seen).text


def test_the_list_says_that_mails_wait_in_a_flood(triager: Client, town: Town, limited: Callable[..., Any]) -> None:
    limited(town="1/hour")
    assert "Mails aan melders wachten" not in triager.get(LIST).text
    count_received(town.municipality.pk)
    assert "Mails aan melders wachten" in triager.get(LIST).text


def test_only_suspect_is_the_order_of_an_index(triager: Client, town: Town) -> None:
    suspect(town)
    with CaptureQueriesContext(connection) as asked:
        triager.get(LIST, {"suspect": "only", "state": "all"})
    rows = next(each["sql"] for each in asked if "ORDER BY" in each["sql"] and "priority" in each["sql"])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
        as_owner("DROP INDEX melding_staff_list")  # over one row the two cost the same
        cursor.execute(f"EXPLAIN {rows}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "melding_suspect" in plan


def test_only_the_list_of_suspect_ones_is_judged_as_a_whole(triager: Client, town: Town) -> None:
    suspect(town)
    real = town.melding()
    assert ['name="whole"' in triager.get(LIST, {"suspect": which}).text for which in ("only", "without")] == [
        True,
        False,
    ]
    page = triager.post(SPAM, {"whole": "on", "list": "suspect=without"}, follow=True)
    assert "Er is niets gekozen" in page.text
    real.refresh_from_db()
    assert real.state == "new"


def test_what_is_solved_is_not_offered_as_spam(triager: Client, town: Town) -> None:
    triage.close(
        triage.Case(melding_id=town.melding().pk, municipality=town.municipality, actor=town.member()), "solved"
    )
    assert "oordeel/spam" not in triager.get(LIST, {"state": "solved"}).text


def test_of_one_is_spoken_as_of_one(triager: Client, town: Town) -> None:
    one, other = suspect(town), suspect(town)
    assert "1 melding vrijgeven" in triager.post(RELEASE, {"melding": one.pk}).text
    assert "2 meldingen vrijgeven" in triager.post(RELEASE, {"melding": [one.pk, other.pk]}).text


def test_what_was_found_by_words_is_judged_as_a_whole(triager: Client, town: Town) -> None:
    found, other = town.melding(text="Koop nu een zonnebril"), town.melding(text="De lamp is kapot")
    answer: Any = triager.post(f"{LIST}zoeken/", {"q": "zonnebril"})
    assert 'name="whole"' in triager.get(answer.url).text
    called_spam(triager, whole="on", list=answer.url.partition("?")[2])
    assert [Melding.objects.get(pk=each.pk).state for each in (found, other)] == ["spam", "new"]


def test_emergencies_that_were_left_are_listed(triager: Client, town: Town) -> None:
    chosen = [suspect(town).pk, suspect(town, danger="life").pk, suspect(town, danger="gas").pk]
    page = called_spam(triager, melding=chosen, list="suspect=only")
    assert "1 melding is gesloten als spam" in page.text
    assert Melding.objects.filter(state="new").count() == 2
    assert "Spoed waar nog niemand naar keek" in page.text


@pytest.mark.parametrize("name", ["spam", "threat"])
def test_an_emergency_that_nobody_looked_at_is_asked_about_on_its_own_page(
    triager: Client, town: Town, name: str
) -> None:
    melding = suspect(town, danger="life")
    page = act(triager, melding, name, reason="Aangifte", until=timezone.localdate())
    assert "Niemand heeft nog gekeken of er iemand in gevaar is" in page.text
    melding.refresh_from_db()
    assert melding.state == workflow.NEW
