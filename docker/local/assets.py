"""From node_modules to build/vendor: the few files that pages serve. Standard library only, after `npm ci`."""

import re
import shutil
from pathlib import Path

LEAFLET = ("leaflet.js", "leaflet.js.map", "leaflet.css", "images")
# The icons of all pages, by their names in the set; one more is a name here.
ICONS = (
    "angry", "arrow-left", "arrow-right", "ban", "bell", "calendar-check", "camera", "chart-column", "check",
    "chevron-right", "circle-alert", "circle-check", "circle-help", "circle-pause", "circle-slash", "clock", "copy",
    "download", "external-link", "eye", "file-text", "flag", "frown", "house", "inbox", "info", "languages", "laugh",
    "link", "list", "locate-fixed", "lock", "log-out", "mail", "map-pin", "meh", "menu", "message-square", "pencil",
    "phone", "plus", "printer", "rotate-ccw", "search", "send-horizontal", "settings", "shield-alert", "smile", "tag",
    "triangle-alert", "undo-2", "user", "users", "wrench", "x",
)  # fmt: skip
_SVG = re.compile(r"<svg\b[^>]*>(.*)</svg>", re.DOTALL)
_SYMBOL = (
    '<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"'
    ' stroke-linecap="round" stroke-linejoin="round">{shapes}</symbol>'
)


def build(root: Path) -> None:
    """Write build/vendor: leaflet/ and the letter as they are published, one utrecht.css of all component styles in
    use, and one icons.svg.

    FileNotFoundError when `npm ci` did not run. Safe to repeat.
    """
    modules, vendor = root / "node_modules", root / "build" / "vendor"
    shutil.rmtree(vendor, ignore_errors=True)
    (vendor / "leaflet").mkdir(parents=True)
    for name in LEAFLET:
        source = modules / "leaflet" / "dist" / name
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, vendor / "leaflet" / name)
    # one request instead of one for each component; the browser's cost of a rule that no page uses is nil
    styles = sorted((modules / "@utrecht").glob("*-css/dist/index.min.css"))
    if not styles:
        raise FileNotFoundError(modules / "@utrecht")
    text = "\n".join(f"/* {path.parent.parent.name} */\n{path.read_text('utf-8')}" for path in styles)
    (vendor / "utrecht.css").write_text(text, "utf-8")
    _letter(modules / "@fontsource-variable" / "source-sans-3", vendor / "source-sans-3")
    (vendor / "icons.svg").write_text(_sprite(modules / "lucide-static" / "icons"), "utf-8")


def _letter(package: Path, folder: Path) -> None:
    """The upright letter in all weights, a file for each script: a browser asks for those that a page uses."""
    (folder / "files").mkdir(parents=True)
    shutil.copyfile(package / "index.css", folder / "index.css")
    for path in package.glob("files/*-wght-normal.woff2"):
        shutil.copyfile(path, folder / "files" / path.name)


def _sprite(folder: Path) -> str:
    symbols = (_SYMBOL.format(name=name, shapes=_shapes(folder / f"{name}.svg")) for name in ICONS)
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'


def _shapes(path: Path) -> str:
    found = _SVG.search(path.read_text("utf-8"))
    if found is None:
        raise ValueError(path)
    return re.sub(r"\s*\n\s*", "", found[1])


if __name__ == "__main__":
    build(Path(__file__).resolve().parent.parent.parent)
