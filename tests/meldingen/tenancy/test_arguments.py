"""A municipality is named in one way by every command."""

import inspect

import pytest
from django.core.management import CommandError, call_command, get_commands, load_command_class
from django.utils import translation

from meldingen.tenancy.arguments import municipality_by_code
from tests.factories import Town

WITHOUT = {"demo_town", "load_municipality", "migrate", "take_bounce"}  # they make one, or are of the whole deployment
OURS = {
    name: app
    for name, app in get_commands().items()
    if isinstance(app, str) and app.split(".")[0] in {"meldingen", "analytics", "opendata"} and name not in WITHOUT
}


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_command_takes_a_municipality_by_the_same_argument(name: str) -> None:
    parser = load_command_class(OURS[name], name).create_parser("manage.py", name)
    (read,) = [action.type for action in parser._actions if action.dest == "municipality"]
    assert inspect.unwrap(read) is municipality_by_code  # type: ignore[arg-type]


def test_a_code_that_is_not_known_is_answered_with_those_that_are(town: Town) -> None:
    with translation.override("en"), pytest.raises(CommandError, match=r"GM0000 is not known here\. There are: GM"):
        call_command("publish", "GM0000")


def test_at_a_prompt_a_refusal_is_the_reason_alone(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    with translation.override("en"), pytest.raises(SystemExit):
        load_command_class("opendata", "publish").run_from_argv(["manage.py", "publish", "GM0000"])
    assert capsys.readouterr().err.startswith("Municipality GM0000 is not known here.")
