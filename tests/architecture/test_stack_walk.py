"""The browser of the demonstration's walk: it sends what a browser without JavaScript would send."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from tests.sure import sure

SOURCE = Path(__file__).resolve().parents[2] / "docker" / "local" / "walk.py"
PAGE = """
<form action="/taal/" method="post"><input type="hidden" name="next" value="/"></form>
<form id="melding" action="/melden/"><input type="hidden" name="token" value="a&amp;b">
<input type="radio" name="category" value="one"><input type="radio" name="category" value="" checked>
<input type="checkbox" name="reroute"><input type="submit" name="go" value="next"></form>
<input type="hidden" name="outside" value="x">
"""


@pytest.fixture(scope="module")
def walk() -> Any:
    spec = sure(importlib.util.spec_from_file_location("walk", SOURCE))
    module = importlib.util.module_from_spec(spec)
    sure(spec.loader).exec_module(module)
    return module


def test_it_sends_the_fields_of_the_named_form_only(walk: Any) -> None:
    assert walk.Form(PAGE, "/melden/").fields == {"token": "a&b", "category": ""}


def test_a_page_without_the_form_fails_the_step(walk: Any) -> None:
    with pytest.raises(walk.Failure, match="/beheer/"):
        walk.Form(PAGE, "/beheer/")


def detail(model: str) -> str:
    teams = '<select name="team"><option value="3">Gat</option></select>'
    options = '<optgroup label="Afval"><option value="7">Container</option></optgroup><option value="8">Gat</option>'
    categories = f'<select name="category" required><option value="">-</option>{options}</select>'
    return f'<h2 id="model">Categorie</h2><h3>Model</h3>\n{model}{teams}{categories}'


@pytest.mark.parametrize(
    ("model", "category"),
    [('<p>Zeker.</p><ol class="guesses"> <li> <span>Gat</span></li></ol>', "8"), ("<p>Wordt gecontroleerd.</p>", "7")],
)
def test_it_takes_the_first_guess_or_the_first_category_where_none_is_shown(
    walk: Any, monkeypatch: pytest.MonkeyPatch, model: str, category: str
) -> None:
    monkeypatch.setenv("WEB_URL", "http://127.0.0.1:1")
    walker = walk.Walk()
    walker.staff.page = detail(model)
    assert walk.PREDICTED.search(walker.staff.page)
    assert walker.choose() == category


def test_it_sees_that_the_model_did_not_look_yet(walk: Any) -> None:
    assert not walk.PREDICTED.search(detail('<p class="quiet">Nog niet gekeken.</p>'))


def test_waiting_ends_with_what_was_waited_for(walk: Any) -> None:
    with pytest.raises(walk.Failure, match="the model"):
        walk.wait_until("the model", lambda: False, patience=0)


def test_a_server_that_is_away_fails_the_step(walk: Any) -> None:
    with pytest.raises(walk.Failure, match=r"127\.0\.0\.1:1"):
        walk.Browser("http://127.0.0.1:1").open("/")
