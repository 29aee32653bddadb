"""The private nginx: who comes to the web comes by it."""

import signal

import nginx
import processes
from place import Place, stop_with


def start(place: Place, port: int, web: int) -> None:
    """Have it running at `port` before the web at port `web`; whether it answers is seen by who asks it for a page."""
    wanted, written = nginx.configured(port, web), place.folder("proxy") / "nginx.conf"
    if processes.lives(place, "proxy") and written.exists() and written.read_text(encoding="utf-8") == wanted:
        return
    stop(place)
    program = nginx.program()
    if not program:
        stop_with("No nginx here: run `make setup`.")
    folder = written.parent
    place.write(written, wanted)
    processes.start(place, "proxy", ["nginx", *nginx.arguments(folder)], {}, folder, program)


def stop(place: Place) -> None:
    """End it; what it was passing on is broken off after some seconds."""
    processes.stop(place, "proxy", first=signal.SIGQUIT, patience=5)
