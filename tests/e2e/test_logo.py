"""A logo that is no square: as high as its place, never squeezed, never so wide that the name has no room."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from meldingen.management.commands.demo_town import FOLDER
from meldingen.tenancy.logos import clean_logo, store_logo
from meldingen.tenancy.models import Municipality

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def png(width: int, height: int) -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), "#b00").save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize(("width", "least"), [(1280, 24), (390, 9)])
def test_a_logo_nine_times_as_wide_as_high_can_be_seen(
    open_page: Callable[..., Any], lindewaard: Municipality, width: int, least: int
) -> None:
    store_logo(lindewaard, clean_logo((FOLDER / "zandervliet" / "logo.svg").read_bytes()))
    page = open_page(viewport={"width": width, "height": 844})
    for address, header in (("/", ".page-header__inner"), ("/beheer/login/", "#header")):
        page.goto(address)
        box = page.locator(f"{header} .town-logo").bounding_box()
        assert min(box["height"], box["width"] / 9) >= least
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_png_keeps_its_shape(open_page: Callable[..., Any], lindewaard: Municipality) -> None:
    store_logo(lindewaard, clean_logo(png(60, 30)))
    page = open_page()
    for address in ("/", "/beheer/login/"):
        page.goto(address)
        box = page.locator(".town-logo").first.bounding_box()
        assert box["width"] == pytest.approx(2 * box["height"], abs=1)


@pytest.mark.parametrize("width", [390, 320])
def test_beside_a_wide_logo_the_name_stands_whole_on_a_low_header(
    open_page: Callable[..., Any], lindewaard: Municipality, width: int
) -> None:
    store_logo(lindewaard, clean_logo((FOLDER / "zandervliet" / "logo.svg").read_bytes()))
    page = open_page(viewport={"width": width, "height": 844})
    page.goto("/")
    assert page.locator(".page-header__inner").bounding_box()["height"] + 3 <= 56
