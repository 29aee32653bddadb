"""A drawing that can do nothing but be looked at: SVG by a list of what may be in it, written anew."""

import re
from xml.etree.ElementTree import Element, ParseError, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
MOST_ELEMENTS, DEEPEST = 3000, 60
SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
GRADIENTS = frozenset({"linearGradient", "radialGradient"})
ELEMENTS = SHAPES | GRADIENTS | {"svg", "g", "defs", "stop", "clipPath", "mask"}
# Said about a drawing, not drawn.
_UNSEEN = frozenset({"title", "desc", "metadata"})
_LOOKS = frozenset(
    {"fill", "fill-opacity", "fill-rule", "clip-rule", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin"}
    | {"stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "stroke-opacity", "opacity", "stop-color"}
    | {"stop-opacity", "clip-path", "mask", "display", "visibility", "color"}
)
_MEASURES = frozenset(
    {"id", "viewBox", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "d"}
    | {"points", "transform", "offset", "preserveAspectRatio", "gradientUnits", "gradientTransform", "spreadMethod"}
    | {"clipPathUnits", "maskUnits", "maskContentUnits"}
)
ATTRIBUTES = _LOOKS | _MEASURES
_HERE = re.compile(r"#[\w.-]+")
# Whatever may fetch, run or hide something in a value; of url() only a part of the drawing itself is left out of it.
_URL_HERE = re.compile(r"url\(\s*(['\"]?)#[\w.-]+\1\s*\)")
_REACHES = re.compile(r"url\s*\(|[a-z]+script:|data:|https?:|//|@|\\|&|<|expression", re.IGNORECASE)


def clean_svg(raw: bytes) -> bytes:
    """The drawing with what is on the lists and nothing else.

    ValidationError names what could do more: scripts, handlers of events, references to elsewhere, pictures, styles.
    """
    try:
        root = fromstring(raw)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise ValidationError(_("This is no SVG that can be read, or it declares entities.")) from error
    if root.tag != f"{_SVG}svg":
        raise ValidationError(_("This is no SVG that can be read, or it declares entities."))
    if sum(1 for _element in root.iter()) > MOST_ELEMENTS:
        raise ValidationError(_("The drawing has more than %(most)d parts.") % {"most": MOST_ELEMENTS})
    clean = _clean(root, DEEPEST)
    clean.set("xmlns", _SVG.strip("{}"))
    content: bytes = tostring(clean, encoding="utf-8", xml_declaration=False)
    return content


def _clean(element: Element, deeper: int) -> Element:
    if not deeper:
        raise ValidationError(_("The drawing has groups in groups in groups: flatten it."))
    copy = Element(str(element.tag).removeprefix(_SVG), _attributes(element))
    for child in element:
        name = str(child.tag).removeprefix(_SVG)
        if name.startswith("{") or name in _UNSEEN:
            continue  # what a drawing program notes for itself
        if name not in ELEMENTS:
            raise ValidationError(_refusal(f"<{name[:40]}>"))
        copy.append(_clean(child, deeper - 1))
    return copy


def _attributes(element: Element) -> dict[str, str]:
    attributes: dict[str, str] = {}
    for name, value in element.attrib.items():
        local = name.rpartition("}")[2]
        if local.lower().startswith("on"):
            raise ValidationError(_refusal(local[:40]))
        if local == "href":
            if not _HERE.fullmatch(value):
                raise ValidationError(_refusal(f"href={value[:40]}"))
            if name in ("href", _LINK) and str(element.tag).removeprefix(_SVG) in GRADIENTS:
                attributes["href"] = value
        elif name == "style":
            attributes |= _style(value)
        elif name in ATTRIBUTES:
            attributes[name] = _safe(name, value)
    return attributes


def _style(value: str) -> dict[str, str]:
    """The declarations of a style as attributes: our pages take no style from inside a drawing."""
    pairs = (declaration.partition(":") for declaration in value.split(";"))
    looks = {name.strip(): setting.strip() for name, _colon, setting in pairs}
    for name, setting in looks.items():
        _safe(name, setting)
    return {name: setting for name, setting in looks.items() if name in _LOOKS}


def _safe(name: str, value: str) -> str:
    if _REACHES.search(_URL_HERE.sub("", value)):
        raise ValidationError(_refusal(f"{name[:40]}={value[:40]}"))
    return value


def _refusal(what: str) -> str:
    return _("%(what)s is not taken in a logo. Export the drawing as plain SVG, text as paths, without it.") % {
        "what": what
    }
