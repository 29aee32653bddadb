"""The translations: compiled for use, checked against the sources: `messages.py [check|compile]`."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

APPS = ("meldingen", "analytics", "opendata")
ROOT = Path(__file__).resolve().parents[2]
MAKE = ["makemessages", "-l", "nl", "--no-location", "--no-wrap", "--no-obsolete", "-v", "0"]
HEADER = r"""msgid ""
msgstr ""
"Project-Id-Version: meldingen\n"
"Language: nl\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""  # without dates and names, so that two people who collect get the same file
NOTHING = {"SECRET_KEY": "x", "DATABASE_URL": "postgis:///none", "REDIS_URL": "redis://127.0.0.1:1/0"}


def compile_all(root: Path) -> None:
    """Write the .mo beside each .po that is newer. CalledProcessError when one is broken."""
    for source in root.glob("*/locale/*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            subprocess.run(["msgfmt", "--check-format", "-o", target, source], check=True)


def extract(app: Path) -> None:
    """Bring app/locale/nl up to date with the sources of `app`; the same sources give the same bytes."""
    (app / "locale").mkdir(exist_ok=True)
    command = [str(ROOT / ".venv" / "bin" / "python"), str(ROOT / "manage.py"), *MAKE]
    subprocess.run(command, cwd=app, env=os.environ | NOTHING, check=True, stdin=subprocess.DEVNULL)
    for path in app.glob("locale/nl/LC_MESSAGES/*.po"):
        _header, _blank, entries = path.read_text(encoding="utf-8").partition("\n\n")
        path.write_text(HEADER + entries, encoding="utf-8")


def gaps(app: str) -> list[str]:
    """What is wrong with the translation of `app`: out of date, untranslated or doubtful."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / app
        shutil.copytree(ROOT / app, copy, ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
        extract(copy)
        found = []
        for path in copy.glob("locale/nl/LC_MESSAGES/*.po"):
            committed = ROOT / path.relative_to(folder)
            if not committed.exists() or committed.read_bytes() != path.read_bytes():
                found.append(f"{committed.relative_to(ROOT)} is not what the sources say: run `make messages`")
            for flag, word in (("--untranslated", "untranslated"), ("--only-fuzzy", "doubtful")):
                command = ["msgattrib", flag, "--no-obsolete", str(path)]
                listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
                texts = re.findall(r'^msgid "(.+)"$', listed, re.MULTILINE)
                found += [f"{committed.relative_to(ROOT)}: {word}: {text}" for text in texts]
        return found


def main() -> None:
    if sys.argv[1:] == ["check"]:
        found = [gap for app in APPS for gap in gaps(app)]
        print("\n".join(found) or "Translations are complete.")
        raise SystemExit(bool(found))
    for app in APPS if sys.argv[1:] != ["compile"] else ():
        extract(ROOT / app)
    compile_all(ROOT)


if __name__ == "__main__":
    main()
