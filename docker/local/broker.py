"""The private Redis: broker of the workers."""

import shutil
import socket
import time

import processes
from place import Place, stop_with

SETTINGS = """
bind 127.0.0.1
port {port}
requirepass {password}
dir {folder}
databases 64
save 60 1
appendonly no
maxmemory-policy noeviction
daemonize no
"""


def url(place: Place) -> str:
    return f"redis://:{place.secret('redis')}@127.0.0.1:{place.known_port('redis')}/0"


def start(place: Place) -> None:
    """Have it running and answering."""
    if processes.with_role(place, "redis") and answers(place):
        return
    processes.stop(place, "redis", patience=5)
    # redis-tools has the server under another name; the package redis-server only adds a system service
    program = shutil.which("redis-server") or shutil.which("redis-check-rdb")
    if not program:
        stop_with("No Redis here: run `make setup`.")
    folder = place.folder("redis")
    text = SETTINGS.format(port=place.port("redis"), password=place.secret("redis"), folder=folder)
    place.write(folder / "redis.conf", text)
    processes.start(place, "redis", ["redis-server", str(folder / "redis.conf")], {}, folder, program)
    for _ in range(200):
        if answers(place):
            return
        time.sleep(0.05)
    stop_with(f"Redis does not start; see {place.logs / 'redis.log'}")


def answers(place: Place) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", place.known_port("redis")), timeout=2) as talk:
            talk.sendall(f"AUTH {place.secret('redis')}\r\nPING\r\n".encode())
            with talk.makefile("rb") as lines:
                return lines.readline() == b"+OK\r\n" and lines.readline() == b"+PONG\r\n"
    except OSError:
        return False


def stop(place: Place) -> None:
    processes.stop(place, "redis", patience=20)
