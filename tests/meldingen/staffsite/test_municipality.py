"""Teams, colleagues, categories, rules and settings, as a manager changes them and nobody else."""

from datetime import date
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from meldingen.categories.models import Category
from meldingen.record.models.melding import Melding
from meldingen.routing.models import RoutingRule
from meldingen.staffsite.site import site
from meldingen.tenancy.models import Logo, Municipality, Team
from tests.factories import AreaFactory, CategoryFactory, RoutingRuleFactory, Town
from tests.sure import sure

SETTINGS = "/beheer/meldingen/"
TENANCY = "/beheer/tenancy/"


@pytest.mark.parametrize("path", ["tenancy/team", "meldingen/category", "meldingen/routingrule", "tenancy/membership"])
@pytest.mark.parametrize("who", ["reader", "triager"])
def test_only_a_manager_adds(request: pytest.FixtureRequest, who: str, path: str) -> None:
    client = request.getfixturevalue(who)
    assert client.get(f"/beheer/{path}/add/").status_code == 403
    assert client.post(f"/beheer/{path}/add/", {}).status_code == 403


@pytest.mark.parametrize("model", [each for each in site._registry if each._meta.app_label in ("meldingen", "tenancy")])
def test_a_reader_changes_nothing(reader: Client, town: Town, model: Any) -> None:
    each: Any = site._registry[model]
    for row in model._base_manager.filter(**{each.municipality_path: town.municipality.pk}):
        address = f"/beheer/{model._meta.app_label}/{model._meta.model_name}/{row.pk}/change/"
        assert reader.get(address).status_code == 200
        assert reader.post(address, {"name": "Gekaapt"}).status_code == 403


def test_a_code_that_is_taken_is_a_word_and_no_crash(manager: Client, town: Town, neighbour: Town) -> None:
    Team.objects.create(municipality=neighbour.municipality, slug="groen", name="Groen")
    assert manager.post(f"{TENANCY}team/add/", {"name": "Groen", "slug": "groen"}).status_code == 302
    again = manager.post(f"{TENANCY}team/add/", {"name": "Groen", "slug": "groen"})
    assert again.status_code == 200
    errors = again.context["adminform"].form.errors
    assert errors == {"slug": ["Een ander team heeft deze code al. Kies een andere code."]}


def test_a_category_code_that_is_taken_is_said_in_words(manager: Client, town: Town) -> None:
    values = {"name_texts_nl": "Nog een", "slug": town.dumping.slug, "parent": town.waste.pk, "public_as": "cijfers"}
    again = manager.post(f"{SETTINGS}category/add/", values)
    assert "Een andere categorie heeft deze code al." in again.text


@pytest.mark.parametrize("kind", ["tenancy/team", "meldingen/category"])
def test_what_meldingen_point_at_is_not_deleted(manager: Client, town: Town, kind: str) -> None:
    row = town.roads if kind == "tenancy/team" else town.dumping
    assert manager.post(f"/beheer/{kind}/{row.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_rule_is_deleted_and_the_log_says_so(manager: Client, town: Town) -> None:
    rule = RoutingRuleFactory.create(municipality=town.municipality)
    manager.post(f"{SETTINGS}routingrule/{rule.pk}/delete/", {"post": "yes"})
    assert not RoutingRule.objects.exists()
    assert LogEntry.objects.get().action_flag == 3


def test_a_rule_keeps_its_area_when_it_is_changed_under_new_borders(manager: Client, town: Town) -> None:
    rule = RoutingRuleFactory.create(municipality=town.municipality, area=town.west, priority=2)
    Municipality.objects.filter(pk=town.municipality.pk).update(area_vintage=2026)
    address = f"{SETTINGS}routingrule/{rule.pk}/change/"
    form = manager.get(address).context["adminform"].form
    values = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    assert manager.post(address, values | {"priority": 3, "_tried": "1"}).status_code == 302
    rule.refresh_from_db()
    assert (rule.area, rule.priority) == (town.west, 3)


def rule_errors(client: Client, path: str, **values: Any) -> Any:
    """What is wrong with a rule in use that gives everything a priority, or does what `values` say."""
    values = {"priority": 3, "service_unit": "hours", "is_active": "on", "_tried": "1"} | values
    answer = client.post(f"{SETTINGS}routingrule/{path}", values)
    return {} if answer.status_code == 302 else answer.context["adminform"].form.errors


def test_a_number_that_another_rule_has_is_said_at_the_number(manager: Client, town: Town, neighbour: Town) -> None:
    RoutingRuleFactory.create(municipality=neighbour.municipality, position=7)
    assert rule_errors(manager, "add/", position=7) == {}
    taken = {"position": ["Een andere regel heeft dit nummer al. Kies een ander nummer."]}
    assert rule_errors(manager, "add/", position=7) == taken
    own = RoutingRule.objects.get(municipality=town.municipality)
    assert rule_errors(manager, f"{own.pk}/change/", position=7) == {}


def test_a_rule_for_every_melding_stands_last(manager: Client, town: Town, neighbour: Town) -> None:
    RoutingRuleFactory.create(municipality=town.municipality, position=5, category=town.dumping)
    RoutingRuleFactory.create(municipality=neighbour.municipality, position=9)
    RoutingRuleFactory.create(municipality=town.municipality, position=8, is_active=False)
    (said,) = rule_errors(manager, "add/", position=4)["category"]
    assert "Kies een categorie of een gebied, of geef deze regel een nummer boven 5." in said
    for narrow in ({"category": town.container.pk}, {"area": town.west.pk}, {"is_active": ""}):
        assert rule_errors(manager, "add/", position=4, **narrow) == {}
        RoutingRule.objects.filter(position=4).delete()
    assert rule_errors(manager, "add/", position=6) == {}


def test_a_rule_that_would_never_be_tried_is_refused_with_the_number_of_the_one_that_hides_it(
    manager: Client, town: Town
) -> None:
    RoutingRuleFactory.create(municipality=town.municipality, position=5, category=town.waste)
    (said,) = rule_errors(manager, "add/", position=9, category=town.container.pk)["category"]
    assert said.startswith("Deze regel zou nooit aan de beurt komen: regel 5 neemt alles")
    assert rule_errors(manager, "add/", position=4, category=town.container.pk) == {}


def choices_of(response: Any, name: str) -> list[str]:
    return [label for _value, label in response.context["adminform"].form.fields[name].choices][1:]


def test_an_area_of_former_borders_is_told_from_the_one_of_the_same_name_in_use(manager: Client, town: Town) -> None:
    rule = RoutingRuleFactory.create(municipality=town.municipality, area=town.west)
    Municipality.objects.filter(pk=town.municipality.pk).update(area_vintage=2026)
    same = AreaFactory.create(municipality=town.municipality, code=town.west.code, name=town.west.name, vintage=2026)
    areas = choices_of(manager.get(f"{SETTINGS}routingrule/{rule.pk}/change/"), "area")
    assert sorted(areas) == [same.name, f"{same.name} (2025)"]
    assert choices_of(manager.get(f"{SETTINGS}routingrule/add/"), "area") == [same.name]


def test_a_rule_offers_each_main_category_before_those_under_it(manager: Client, town: Town) -> None:
    CategoryFactory.create(municipality=town.municipality, name_nl="Wegen")
    names = choices_of(manager.get(f"{SETTINGS}routingrule/add/"), "category")
    under = [f"Afval – {category.name}" for category in (town.container, town.dumping)]
    assert names == ["Afval", *sorted(under), "Wegen"]


def test_a_category_has_two_levels(manager: Client, town: Town) -> None:
    values = {"name_texts_nl": "Diep", "slug": "diep", "public_as": "cijfers", "service_unit": "hours"}
    deep = manager.post(f"{SETTINGS}category/add/", values | {"parent": town.dumping.pk})
    assert deep.status_code == 200
    assert manager.post(f"{SETTINGS}category/add/", values | {"parent": town.waste.pk}).status_code == 302
    under = values | {"name_texts_nl": "Afval", "slug": "afval", "parent": Category.objects.get(slug="diep").pk}
    assert manager.post(f"{SETTINGS}category/{town.waste.pk}/change/", under).status_code == 200


def test_the_settings_of_the_municipality_change_but_not_who_it_is(manager: Client, town: Town) -> None:
    row = town.municipality
    values = {
        "name": "Nieuwstad", "contact_email": "info@example.org", "time_zone": row.time_zone,
        "publisher_name": "Gemeente", "retention_days": 400, "routing_threshold": "0.9", "code": "GM0001",
        "epsilon_month": "9", "night_phone": "14 0123", "duty_email": "piket@example.org", "emergency_hours": 1,
        "hazard_hours": 12, "audit_share": "0.05", "learning_days": 900, "idle_minutes": 30, "audit_days": 365,
        "address_source": "pdok", "base_map": "own",
        "holidays": ["good_friday", "christmas"],
        "gaps-TOTAL_FORMS": 0, "gaps-INITIAL_FORMS": 0, "closing_days-TOTAL_FORMS": 0, "closing_days-INITIAL_FORMS": 0,
    }  # fmt: skip
    assert manager.post(f"{TENANCY}municipality/{row.pk}/change/", values).status_code == 302
    changed = Municipality.objects.get(pk=row.pk)
    assert (changed.name, changed.retention_days, changed.address_source) == ("Nieuwstad", 400, "pdok")
    assert (changed.night_phone, changed.duty_email, changed.emergency_hours) == ("14 0123", "piket@example.org", 1)
    assert changed.holidays == ["good_friday", "christmas"]
    assert [changed.code, changed.epsilon_month] == [row.code, 1]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("theme_action", "rood"),
        ("routing_threshold", "1.5"),
        ("retention_days", "0"),
        ("retention_days", "29"),
        ("time_zone", "Mars/Noord"),
        ("night_phone", "bel Jan"),
        ("duty_email", "piket"),
        ("emergency_hours", "0"),
        ("hazard_hours", "241"),
        ("audit_share", "0.6"),
        ("learning_days", "89"),
        ("holidays", ["sinterklaas"]),
        ("address_source", "kadaster"),
    ],
)
def test_a_setting_that_would_break_the_site_is_refused(
    manager: Client, town: Town, field: str, value: list[str] | str
) -> None:
    row = town.municipality
    values = {
        "name": row.name, "contact_email": "info@example.org", "time_zone": row.time_zone,
        "publisher_name": "Gemeente", "retention_days": 365, "emergency_hours": 2, "hazard_hours": 24,
        "audit_share": "0.02", "learning_days": 900, "idle_minutes": 30, "audit_days": 365,
        "address_source": "own", "base_map": "own",
    }  # fmt: skip
    answer = manager.post(f"{TENANCY}municipality/{row.pk}/change/", values | {field: value})
    assert answer.status_code == 200
    assert list(answer.context["adminform"].form.errors) == [field.partition("_action")[0]]


def test_a_manager_types_where_letters_go(manager: Client, town: Town) -> None:
    address = f"{TENANCY}municipality/{town.municipality.pk}/change/"
    assert settings_with_gaps(manager, address, postal_address="Postbus 12, 1234 SS Stad").status_code == 302
    assert Municipality.objects.get(pk=town.municipality.pk).postal_address == "Postbus 12, 1234 SS Stad"


def test_a_manager_types_a_message_for_the_front_page_in_each_language(manager: Client, town: Town) -> None:
    address = f"{TENANCY}municipality/{town.municipality.pk}/change/"
    words = {"message_texts_nl": "Storm: meld alleen wat gevaarlijk is.", "message_texts_en": "Storm."}
    assert settings_with_gaps(manager, address, **words).status_code == 302
    resident = Client(headers={"host": town.host})
    assert words["message_texts_nl"] in resident.get("/", headers={"accept-language": "nl"}).text
    assert words["message_texts_nl"] not in resident.get("/", headers={"accept-language": "en"}).text


def test_a_number_in_the_message_is_asked_about_once(manager: Client, town: Town) -> None:
    address = f"{TENANCY}municipality/{town.municipality.pk}/change/"
    words = {"message_texts_nl": "Wij kregen 212 meldingen over de storm."}
    answer = settings_with_gaps(manager, address, **words)
    assert list(answer.context["adminform"].form.errors) == ["no_count"]
    assert settings_with_gaps(manager, address, **words, no_count="on").status_code == 302
    assert settings_with_gaps(manager, address, **words, name="Nieuwstad").status_code == 302


def test_a_telephone_number_in_the_message_is_no_count(manager: Client, town: Town) -> None:
    address = f"{TENANCY}municipality/{town.municipality.pk}/change/"
    words = {"message_texts_nl": "Boom op de weg? Bel 14 0123."}
    assert settings_with_gaps(manager, address, **words).status_code == 302


def settings_with_gaps(client: Client, address: str, **changed: Any) -> Any:
    """The settings as they stand, sent again with a change; "gaps-0-..." are the fields of the first row of gaps."""
    page = client.get(address)
    form = page.context["adminform"].form
    values = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    count = {}
    for formset in (inline.formset for inline in page.context["inline_admin_formsets"]):
        count[f"{formset.prefix}-TOTAL_FORMS"] = len(formset.forms)
        count[f"{formset.prefix}-INITIAL_FORMS"] = formset.initial_form_count()
    return client.post(address, values | count | changed)


def test_a_manager_declares_since_when_and_but_for_which_days_meldingen_are_registered(
    manager: Client, town: Town
) -> None:
    address = f"{TENANCY}municipality/{town.municipality.pk}/change/"
    gap = {"gaps-0-first_day": "2026-05-03", "gaps-0-last_day": "2026-05-05"}
    answer = settings_with_gaps(manager, address, registered_from="2026-05-01", **gap)
    assert answer.status_code == 302
    changed = Municipality.objects.get(pk=town.municipality.pk)
    assert (changed.registered_from, [str(gap) for gap in changed.gaps.all()]) == (
        date(2026, 5, 1),
        ["2026-05-03 – 2026-05-05"],
    )
    row = {"gaps-0-id": changed.gaps.get().pk, "gaps-0-DELETE": "on", **gap}
    assert settings_with_gaps(manager, address, **row).status_code == 302
    assert not changed.gaps.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"registered_from": "2026-05-02", "registered_until": "2026-05-01"},
        {"gaps-0-first_day": "2026-05-03", "gaps-0-last_day": "2026-05-02"},
        {"gaps-0-first_day": "2026-05-03"},
    ],
)
def test_days_of_registration_that_run_backwards_are_refused_in_words(
    manager: Client, town: Town, changed: dict[str, str]
) -> None:
    answer = settings_with_gaps(manager, f"{TENANCY}municipality/{town.municipality.pk}/change/", **changed)
    assert answer.status_code == 200
    assert answer.context["errors"]


def test_a_manager_types_closing_days(manager: Client, town: Town) -> None:
    address = f"{TENANCY}municipality/{town.municipality.pk}/change/"
    row = {"closing_days-0-day": "2026-05-15", "closing_days-0-words": "Brugdag"}
    assert settings_with_gaps(manager, address, **row).status_code == 302
    assert [(each.day, each.words) for each in town.municipality.closing_days.all()] == [(date(2026, 5, 15), "Brugdag")]


def test_the_gaps_of_the_neighbour_are_not_changed_through_ours(manager: Client, town: Town, neighbour: Town) -> None:
    theirs = neighbour.municipality.gaps.create(first_day=date(2026, 5, 3), last_day=date(2026, 5, 5))
    row = {"gaps-0-id": theirs.pk, "gaps-0-first_day": "2026-05-03", "gaps-0-last_day": "2026-05-03"}
    count = {"gaps-TOTAL_FORMS": 1, "gaps-INITIAL_FORMS": 1}
    settings_with_gaps(manager, f"{TENANCY}municipality/{town.municipality.pk}/change/", **count, **row)
    theirs.refresh_from_db()
    assert theirs.last_day == date(2026, 5, 5)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path fill="#b00" d="M0 0h8v8z"/></svg>'


def test_a_manager_types_a_theme_and_brings_a_logo_along(manager: Client, town: Town) -> None:
    address = f"{TENANCY}municipality/{town.municipality.pk}/change/"
    logo = SimpleUploadedFile("wapen.svg", SVG)
    assert settings_with_gaps(manager, address, theme_action="#7a0019", logo_file=logo).status_code == 302
    changed = Municipality.objects.get(pk=town.municipality.pk)
    assert (changed.theme, changed.logo[-4:]) == ({"action": "#7a0019"}, ".svg")
    settings_with_gaps(manager, address, theme_action="", without_logo="on")
    changed.refresh_from_db()
    assert (changed.theme, changed.logo, Logo.objects.exists()) == ({}, "", False)


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"theme_action": "#ffcc00"}, "theme", "1,51"),
        ({"logo_file": SimpleUploadedFile("x.svg", SVG.replace(b"<path", b"<script/><path"))}, "logo_file", "script"),
    ],
)
def test_looks_that_cannot_be_are_refused_in_words(
    manager: Client, town: Town, typed: dict[str, SimpleUploadedFile | str], field: str, words: str
) -> None:
    answer = settings_with_gaps(manager, f"{TENANCY}municipality/{town.municipality.pk}/change/", **typed)
    assert words in str(answer.context["adminform"].form.errors[field]).replace(".", ",")


def test_a_municipality_is_neither_added_nor_deleted_here(manager: Client, town: Town) -> None:
    assert manager.get(f"{TENANCY}municipality/add/").status_code == 403
    assert manager.post(f"{TENANCY}municipality/{town.municipality.pk}/delete/", {"post": "yes"}).status_code == 403


def test_areas_and_models_are_to_read(manager: Client, town: Town, melding: Melding) -> None:
    for address in (f"area/{town.west.pk}/change/", f"trainedmodel/{melding.prediction.model_id}/change/"):
        assert manager.get(SETTINGS + address).status_code == 200
        assert manager.post(SETTINGS + address, {"name": "x"}).status_code == 403


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ({"stopped": "promise_broken"}, "Het model had het bij eerdere meldingen te vaak mis"),
        ({"stopped": "promise_worsened"}, "Het model werd slechter op de nieuwste meldingen"),
        ({"stopped": "no_promise"}, "Het model had te weinig voorbeelden"),
        ({"stopped": None, "threshold": 0.912}, "minstens 91,2 % van zijn keuzes goed was"),
        ({"never": ["afval|container-vol", "weg|oud"]}, "Container vol, weg|oud"),
    ],
)
def test_a_model_says_why_it_routes_nothing_and_what_it_is_never_sure_of(
    manager: Client, melding: Melding, figures: dict[str, Any], words: str
) -> None:
    model = sure(melding.prediction.model)
    model.figures = figures
    model.save()
    assert words in manager.get(f"{SETTINGS}trainedmodel/{model.pk}/change/").text


def test_the_figures_of_a_model_are_words_and_not_a_fingerprint(manager: Client, melding: Melding) -> None:
    model = sure(melding.prediction.model)
    model.figures = {"fingerprint": "abc", "accuracy": 0.71239, "threshold": None, "folded": 0}
    model.save()
    page = manager.get(f"{SETTINGS}trainedmodel/{model.pk}/change/").text
    assert "deel waarvan de eerste keuze klopte: 0,712; categorieën met te weinig voorbeelden: 0<" in page
    assert "abc" not in page


@pytest.mark.parametrize("term", ["", "ver", "ver\u00adlicht", "%"])
def test_no_term_breaks_autocomplete(manager: Client, term: str) -> None:
    asked = {"app_label": "meldingen", "model_name": "routingrule", "field_name": "category", "term": term}
    assert manager.get("/beheer/autocomplete/", asked).status_code == 200


def test_any_list_is_searched_in_the_spelling_in_which_texts_are_stored(manager: Client, town: Town) -> None:
    answer = manager.get("/beheer/tenancy/team/", {"q": f"{town.roads.name[:3]}\u00ad{town.roads.name[3:]}"})
    assert list(answer.context["cl"].result_list) == [town.roads]


def test_a_rule_whose_area_no_longer_exists_says_so_and_what_lies_there_now(manager: Client, town: Town) -> None:
    rule = RoutingRuleFactory.create(municipality=town.municipality, area=town.west)
    Municipality.objects.filter(pk=town.municipality.pk).update(area_vintage=2026)
    new = AreaFactory.create(
        municipality=town.municipality, level="buurt", parent=town.wijk, vintage=2026, code="BU00000009",
        name="<b>Ham</b>", geometry=town.west.geometry,
    )  # fmt: skip
    mark = f"{town.west.name}: dit gebied bestaat niet meer"
    assert mark in manager.get(f"{SETTINGS}routingrule/").text
    assert f"{new.code} &lt;b&gt;Ham&lt;/b&gt; (100%)" in manager.get(f"{SETTINGS}routingrule/{rule.pk}/change/").text
    RoutingRule.objects.update(area=new)
    assert mark not in manager.get(f"{SETTINGS}routingrule/").text
