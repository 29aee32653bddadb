"""The browser of the demonstration's walk: it sends what a browser without JavaScript would send."""

import importlib.util
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "docker" / "local" / "walk.py"
PAGE = """
<form action="/taal/" method="post"><input type="hidden" name="next" value="/"></form>
<form id="melding" action="/melden/"><input type="hidden" name="token" value="a&amp;b">
<input type="radio" name="category" value="one"><input type="radio" name="category" value="" checked>
<input type="checkbox" name="reroute"><input type="submit" name="go" value="next"></form>
<input type="hidden" name="outside" value="x">
"""


@pytest.fixture(scope="module")
def walk():
    spec = importlib.util.spec_from_file_location("walk", SOURCE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_sends_the_fields_of_the_named_form_only(walk):
    assert walk.Form(PAGE, "/melden/").fields == {"token": "a&b", "category": ""}


def test_a_page_without_the_form_fails_the_step(walk):
    with pytest.raises(walk.Failure, match="/beheer/"):
        walk.Form(PAGE, "/beheer/")


def test_waiting_ends_with_what_was_waited_for(walk):
    with pytest.raises(walk.Failure, match="the model"):
        walk.wait_until("the model", lambda: False, patience=0)


def test_a_server_that_is_away_fails_the_step(walk):
    with pytest.raises(walk.Failure, match=r"127\.0\.0\.1:1"):
        walk.Browser("http://127.0.0.1:1").open("/")
