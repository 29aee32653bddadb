"""A QR code as a picture in the page."""

import re

from meldingen.staffsite import qr


def test_it_is_an_svg_of_squares_without_style_or_script() -> None:
    picture = qr.picture('otpauth://totp/<b>"&secret=ABC')
    assert picture.startswith("<svg")
    assert not re.search(r"style=|<script|<b>|otpauth", picture)


def test_another_text_is_another_picture() -> None:
    assert qr.picture("a") != qr.picture("b")
    assert qr.picture("a") == qr.picture("a")
