"""From node_modules to build/vendor: the few files that pages serve. Standard library only, after `npm ci`."""

import shutil
from pathlib import Path

LEAFLET = ("leaflet.js", "leaflet.js.map", "leaflet.css", "images")


def build(root: Path) -> None:
    """Write build/vendor: leaflet/ as it is published, and one utrecht.css of all the component styles in use.

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


if __name__ == "__main__":
    build(Path(__file__).resolve().parent.parent.parent)
