"""What a manager changes on a page of settings is kept, old and new."""

from typing import Any

from bs4 import BeautifulSoup
from django.test import Client

from meldingen.tenancy.models import AuditEntry, Membership, Team
from tests.factories import Town


def fields_of(page: Any) -> dict[str, Any]:
    """Everything that the form of a page sends."""
    form = BeautifulSoup(page.text, "html.parser").select_one("#content-main form")
    assert form
    sent: dict[str, Any] = {}
    for field in form.select("input[name], select[name], textarea[name]"):
        kind, name = field.get("type"), str(field["name"])
        if kind in ("checkbox", "radio") and not field.has_attr("checked"):
            continue
        if field.name == "select":
            chosen = field.select_one("option[selected]")
            sent[name] = chosen["value"] if chosen else ""
        elif kind not in ("submit", "file"):
            value = field.get_text().lstrip("\n") if field.name == "textarea" else field.get("value", "")
            sent.setdefault(name, []).append(value)
    return sent


def test_a_setting_of_the_municipality(manager: Client, town: Town) -> None:
    address = f"/beheer/tenancy/municipality/{town.municipality.pk}/change/"
    sent = fields_of(manager.get(address)) | {"idle_minutes": "45", "requires_code": "on"}
    assert manager.post(address, sent).status_code == 302
    line = AuditEntry.objects.of(town.municipality).get()
    assert (line.kind, line.target) == ("setting_changed", f"municipality:{town.municipality.pk}")
    assert line.codes == {"idle_minutes": {"from": 30, "to": 45}, "requires_code": {"from": False, "to": True}}


def test_a_new_row_a_change_and_nothing_when_nothing_changed(manager: Client, town: Town) -> None:
    values = {"name": "Groen", "slug": "groen", "email": ""}
    manager.post("/beheer/tenancy/team/add/", values)
    team = Team.objects.get(slug="groen")
    for name in ("Bomen", "Bomen"):
        manager.post(f"/beheer/tenancy/team/{team.pk}/change/", values | {"name": name})
    new, changed = AuditEntry.objects.order_by("pk")
    assert new.codes == {"name": {"from": None, "to": "Groen"}, "slug": {"from": None, "to": "groen"}}
    assert changed.codes == {"name": {"from": "Groen", "to": "Bomen"}}


def test_rights_that_are_changed_and_taken_away(manager: Client, town: Town) -> None:
    user = town.member("reader")
    membership = Membership.objects.get(user=user)
    address = f"/beheer/tenancy/membership/{membership.pk}"
    manager.post(f"{address}/change/", {"role": "handler", "teams": [town.roads.pk]})
    manager.post(f"{address}/delete/", {"post": "yes"})
    changed, gone = AuditEntry.objects.order_by("pk")
    assert (changed.kind, changed.target) == ("rights_changed", f"user:{user.pk}")
    assert changed.codes == {
        "role": {"from": "reader", "to": "handler"},
        "teams": {"from": [], "to": [town.roads.pk]},
    }
    assert (gone.kind, gone.codes) == ("rights_taken", {"role": {"from": "handler", "to": None}})


def test_a_closing_day_on_the_page_of_the_municipality(manager: Client, town: Town) -> None:
    address = f"/beheer/tenancy/municipality/{town.municipality.pk}/change/"
    sent = fields_of(manager.get(address)) | {"closing_days-0-day": "2027-05-07", "closing_days-0-words": "Brug"}
    assert manager.post(address, sent).status_code == 302
    line = AuditEntry.objects.get()
    assert line.target.startswith("closingday:")
    assert line.codes == {"row": {"from": None, "to": "2027-05-07"}}


def test_what_is_refused_is_no_line(manager: Client) -> None:
    manager.post("/beheer/tenancy/team/add/", {"name": "Groen", "slug": "gro en"})
    assert not AuditEntry.objects.exists()


def test_the_page_of_a_row_leads_to_what_was_changed_of_it_old_and_new(manager: Client, town: Town) -> None:
    address = f"/beheer/tenancy/team/{town.roads.pk}"
    values = {"name": town.roads.name, "slug": town.roads.slug}
    manager.post(f"{address}/change/", values | {"email": "wegen@stad.example"})
    manager.post(f"/beheer/tenancy/team/{town.cleaning.pk}/change/", {"name": "Ander", "slug": town.cleaning.slug})
    assert f"{address}/history/" in manager.get(f"{address}/change/").text
    page = manager.get(f"{address}/history/").text
    assert "niets → wegen@stad.example" in page
    assert "Ander" not in page
    assert f"Team {town.roads.pk}" not in page  # its name, not its number
    assert "Netwerk" not in page


def test_who_manages_nothing_reads_no_history_and_a_neighbour_finds_none(
    manager: Client, town: Town, neighbour: Town
) -> None:
    client = Client(headers={"host": town.host})
    client.force_login(town.member("triage"))
    assert client.get(f"/beheer/tenancy/team/{town.roads.pk}/history/").status_code == 403
    assert manager.get(f"/beheer/tenancy/team/{neighbour.roads.pk}/history/").status_code == 404
