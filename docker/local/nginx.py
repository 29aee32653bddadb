"""nginx on this machine with the configuration of docker/proxy, of which only the addresses differ here."""

import os
import shutil
from pathlib import Path

CONFIGURATION = Path(__file__).resolve().parents[1] / "proxy" / "nginx.conf"
LISTEN = "    listen 8080;\n"
WEB = "    set $web web:8000;\n"


def configured(port: int, web: int) -> str:
    """The configuration for a proxy at `port` before a web at port `web`, both of 127.0.0.1."""
    text = CONFIGURATION.read_text(encoding="utf-8")
    for line, here in (LISTEN, f"    listen 127.0.0.1:{port};\n"), (WEB, f"    set $web 127.0.0.1:{web};\n"):
        before, found, after = text.partition(line)
        if not found or line in after:
            raise ValueError(f"{CONFIGURATION} must have this line once: {line.strip()}")
        text = before + here + after
    return text


def program() -> str | None:
    """Where nginx is: Debian's stands where not everybody looks."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def arguments(folder: Path, configuration: Path | None = None) -> list[str]:
    """What nginx is called with; all that it writes is in `folder`, where its configuration is too."""
    return ["-p", f"{folder}/", "-c", str(configuration or folder / "nginx.conf"), "-e", "stderr"]
