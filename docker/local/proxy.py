"""The private nginx: who comes to the web comes by it."""

import signal

import nginx
import processes
from place import Place, stop_with


def start(place: Place, port: int, web: int) -> None:
    """Start it anew at `port` before the web at port `web`; whether it answers is seen by who asks it for a page."""
    stop(place)
    program = nginx.program()
    if not program:
        stop_with("No nginx here: run `make setup`.")
    folder = place.folder("proxy")
    place.write(folder / "nginx.conf", nginx.configured(port, web))
    processes.start(place, "proxy", ["nginx", *nginx.arguments(folder)], {}, folder, program)


def stop(place: Place) -> None:
    """End it; what it was passing on is broken off after some seconds."""
    processes.stop(place, "proxy", first=signal.SIGQUIT, patience=5)
