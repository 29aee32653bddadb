"""QR codes as an SVG that stands in the page: no request, no script, no style."""

import io

import segno
from django.utils.safestring import SafeString, mark_safe

QUIET_ZONE = 4


def picture(text: str) -> SafeString:
    """The QR code of a text, black on white whatever the colours of the page."""
    out = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(
        out, kind="svg", scale=5, border=QUIET_ZONE, dark="#000", light="#fff", xmldecl=False, svgns=False,
        nl=False, omitsize=False, svgclass="qr", lineclass=None,
    )  # fmt: skip
    return mark_safe(out.getvalue().decode())  # noqa: S308  made of squares alone: what the text says is not in it
