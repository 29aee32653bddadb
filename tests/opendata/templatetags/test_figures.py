"""Numbers in templates."""

from django.template import Context, Template
from django.utils import translation

from opendata.figures.seeing import Number
from tests.opendata.figures.test_verdict import counted


def test_a_number_is_written_with_its_bounds() -> None:
    number = Number(counted(1036, "one"), counted(1036, "one"))
    with translation.override("nl"):
        said = Template("{% load figures %}{{ a|shown }} ({{ a|bounds }})").render(Context({"a": number}))
    assert said == "1.036 (1.028 tot 1.044)"


def test_no_number_is_a_dash() -> None:
    assert Template("{% load figures %}{{ a|shown }}{{ a|bounds }}").render(Context({"a": None})) == "–"
