"""A new step is an object in a file of its own: here one that asks how large something is, where it is a tree."""

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.test import Client

from meldingen.intake import draft, pages
from meldingen.intake.step import Line, Row, Step
from meldingen.intake.steps import STEPS
from meldingen.intake.steps.check import checking
from meldingen.record.models import Melding
from tests.sure import sure


class SizeForm(forms.Form):
    size = forms.ChoiceField(label="Hoe groot?", choices=[("klein", "Klein"), ("groot", "Groot")])


SIZE = Step(
    name="size",
    form=SizeForm,
    template="size.html",
    applies=lambda submission: "boom" in submission.text,
    values=lambda cleaned: {"place_text": cleaned.get("size", "")},
    row=lambda visit: Row(title="Grootte", change="Wijzig", lines=[Line(visit.submission.place_text)]),
)

PAGE = (
    '{% extends "intake/step.html" %}'
    "{% block heading_text %}Hoe groot is het?{% endblock %}{% block heading %}Hoe groot is het?{% endblock %}"
)


@pytest.fixture(autouse=True)
def its_template(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "size.html").write_text(PAGE)
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [engine | {"DIRS": [*engine["DIRS"], tmp_path]}]


@pytest.fixture(autouse=True)
def six_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    asking = (*STEPS[:-1], SIZE)
    steps = (*asking, checking(asking))
    for module in (draft, pages):
        monkeypatch.setattr(module, "STEPS", steps)
    monkeypatch.setattr(pages, "LAST", steps[-1])


def walk(resident: Client, typed: dict[str, str], step: str, **more: str) -> BeautifulSoup:
    return BeautifulSoup(resident.post("/melden/", typed | {"step": step} | more).content, "html.parser")


def test_it_is_asked_where_it_applies_with_its_own_number(resident: Client, typed: dict[str, str]) -> None:
    page = walk(resident, typed, "where", text="De boom ligt om")
    assert [option["value"] for option in page.select("select[name=size] option")] == ["klein", "groot"]
    assert sure(page.select_one("progress"))["value"] == "4"
    assert walk(resident, typed, "where").select_one("select[name=size]") is None


def test_its_page_is_called_what_its_template_says(resident: Client, typed: dict[str, str]) -> None:
    page = walk(resident, typed, "where", text="De boom ligt om")
    assert [heading.text for heading in page.select("h1")] == ["Hoe groot is het?"]
    assert sure(page.title).text.startswith("Hoe groot is het? (")


def test_its_errors_are_its_own_and_it_is_carried_and_told_and_stored(resident: Client, typed: dict[str, str]) -> None:
    tree = typed | {"text": "De boom ligt om"}
    assert len(walk(resident, tree, "size").select("#fouten a")) == 1
    told = walk(resident, tree, "size", size="groot")
    assert "groot" in sure(told.select_one(".summary")).text
    assert sure(told.select_one("input[name=size]"))["value"] == "groot"
    assert sure(told.select_one("button[value=size]"))["aria-label"] == "Wijzig"
    assert resident.post("/melden/", tree | {"step": "check", "size": "groot"}).status_code == 302
    assert Melding.objects.get().place_text == "groot"
