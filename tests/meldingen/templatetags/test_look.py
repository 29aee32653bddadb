import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.templatetags.static import static

from meldingen.record import workflow
from meldingen.templatetags.look import STATE_ICONS, first_sentence, other_sentences
from meldingen.tenancy.contrast import contrast
from meldingen.tenancy.themes import DRAWINGS

ROOT = Path(__file__).resolve().parents[3]
STATIC = ROOT / "meldingen" / "static" / "meldingen"
LOOK = (STATIC / "look.css").read_text("utf-8")


def rendered(source: str, **context: object) -> str:
    return Template("{% load look %}" + source).render(Context(context))


def symbols(path: Path) -> set[str]:
    """The names of what is drawn in a file; it is well-formed, or this fails."""
    return {each.attrib["id"] for each in ElementTree.parse(path).iter() if "id" in each.attrib}


def test_an_icon_is_a_reference_to_a_file_and_hidden_from_who_listens() -> None:
    drawn = rendered('{% icon "phone" %}')
    assert f'href="{static("vendor/icons.svg")}#phone"' in drawn
    assert 'aria-hidden="true"' in drawn


def test_a_state_is_icon_word_and_colour() -> None:
    drawn = rendered("{% state code words %}", code="solved", words="Opgelost <b>")
    assert ("state--solved" in drawn, "#circle-check" in drawn, "Opgelost &lt;b&gt;" in drawn) == (True, True, True)


def test_each_state_has_an_icon() -> None:
    assert STATE_ICONS.keys() == workflow.STATES.keys()


def test_the_page_about_the_look_has_each_state_and_says_grey_where_it_has_no_colour() -> None:
    rows = re.findall(
        r"^\| [^|]+ \((`[^)]+)\) \| [^|]+ \| ([a-z -]+) \|$", (ROOT / "docs/look.md").read_text(), re.MULTILINE
    )
    told = {code: colour for codes, colour in rows for code in re.findall(r"`(\w+)`", codes)}
    assert told.keys() == workflow.STATES.keys()
    assert {code for code in told if f".state--{code} " not in LOOK} == {code for code in told if told[code] == "grey"}


def test_each_icon_that_a_page_names_is_in_the_set() -> None:
    pages = [path.read_text("utf-8") for path in ROOT.glob("*/**/templates/**/*.html")]
    named = {name for page in pages for name in re.findall(r'{% icon "([^"]+)"', page)} | set(STATE_ICONS.values())
    assert len(named) > 10
    assert named - symbols(ROOT / "build" / "vendor" / "icons.svg") == set()


@pytest.mark.parametrize("colours", re.findall(r"background: (#\w+); color: (#\w+)", LOOK))
def test_a_state_can_be_read(colours: tuple[str, str]) -> None:
    assert contrast(*colours) >= 4.5


def test_red_is_for_what_is_late_alone() -> None:
    assert re.findall(r"^(\.[a-z-]+)[^{]*{[^}]*#a3140f", LOOK, re.MULTILINE) == [".late"]


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_town_has_a_light_drawing(name: str) -> None:
    path = STATIC / "drawings" / f"{name}.svg"
    assert symbols(path) == {"tekening"}
    assert path.stat().st_size <= 12_000
    assert f"drawings/{name}.svg#tekening" in rendered("{% drawing name %}", name=name)


@pytest.mark.parametrize(
    ("words", "first", "others"),
    [
        ("We received it. We look at it. Soon.", "We received it.", "We look at it. Soon."),
        ("It is solved.", "It is solved.", ""),
    ],
)
def test_a_title_is_the_first_sentence(words: str, first: str, others: str) -> None:
    assert (first_sentence(words), other_sentences(words)) == (first, others)
