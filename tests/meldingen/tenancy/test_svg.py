import pytest
from django.core.exceptions import ValidationError

from meldingen.tenancy.svg import MOST_ELEMENTS, clean_svg

BEGIN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 8 8">'


def drawing(inside: str) -> bytes:
    return f"{BEGIN}{inside}</svg>".encode()


@pytest.mark.parametrize(
    ("inside", "named"),
    [
        ("<script>alert(1)</script>", "script"),
        ('<path onclick="alert(1)" d="M0 0"/>', "onclick"),
        ('<path ONLOAD="alert(1)" d="M0 0"/>', "ONLOAD"),
        ('<image href="https://elders.example/x.png"/>', "image"),
        ('<use href="#a"/>', "use"),
        ('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>', "foreignObject"),
        ('<a href="https://elders.example"><path d="M0 0"/></a>', "<a>"),
        ("<style>@import url(https://elders.example)</style>", "style"),
        ('<animate attributeName="href" to="javascript:alert(1)"/>', "animate"),
        ('<set attributeName="onclick" to="alert(1)"/>', "set"),
        ('<path fill="url(https://elders.example/#a)" d="M0 0"/>', "fill"),
        ('<path style="fill:url(//elders.example)" d="M0 0"/>', "fill"),
        ('<path style="background:url(javascript:alert(1))" d="M0 0"/>', "background"),
        ('<linearGradient xlink:href="https://elders.example/#a"/>', "href"),
        ('<linearGradient href="javascript:alert(1)"/>', "href"),
        ("<text>Stad</text>", "text"),
    ],
)
def test_what_could_do_more_than_be_looked_at_is_refused_by_name(inside: str, named: str) -> None:
    with pytest.raises(ValidationError, match=named):
        clean_svg(drawing(inside))


def test_notes_of_a_drawing_program_go_and_the_drawing_stays() -> None:
    noted = (
        '<!-- x --><metadata>Jan</metadata><title>Wapen</title><q:view xmlns:q="urn:q"/>'
        '<path class="a" data-name="b" style="fill:#b00;-inkscape-x:1" d="M0 0h8"/>'
    )
    clean = clean_svg(drawing(noted)).decode()
    assert clean == '<svg viewBox="0 0 8 8" xmlns="http://www.w3.org/2000/svg"><path fill="#b00" d="M0 0h8" /></svg>'


def test_a_gradient_of_the_drawing_itself_stays() -> None:
    own = '<defs><linearGradient id="a"/><linearGradient id="b" xlink:href="#a"/></defs><rect fill="url(#b)"/>'
    clean = clean_svg(drawing(own)).decode()
    assert ('href="#a"' in clean, 'fill="url(#b)"' in clean) == (True, True)


def test_what_was_cleaned_is_clean() -> None:
    once = clean_svg(drawing('<g><path d="M0 0h8" stroke="#000"/></g>'))
    assert clean_svg(once) == once


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"geen tekening",
        b"<html><body/></html>",
        b'<svg viewBox="0 0 1 1"/>',
        b'<!DOCTYPE s [<!ENTITY a "b">]>' + drawing("&a;"),
        drawing("<g>" * 100 + "</g>" * 100),
        drawing("<g/>" * MOST_ELEMENTS),
        b"<?xml version='1.0' encoding='onzin'?><svg/>",
    ],
)
def test_what_is_no_drawing_is_refused(raw: bytes) -> None:
    with pytest.raises(ValidationError):
        clean_svg(raw)
