"""`make bench`: ours beside the bare SQL of the same work, in one run, on a database of its own.

Options: --seconds 10 --runs 3 --clients 4,8 --only submit,newest,inbox,follow,predict,classification
`--only layouts` measures how the web may be cut into processes and threads; nothing else does.
`--only places` loads a million addresses, 200,000 objects and 20,000 places by name, and asks for them.
`--only many` does a thousand meldingen at once among 200,000.
`--only on_map` moves the map of a worklist among 200,000.
`--only views` publishes five years of months and looks at views of them.
`--only nearby` seeds two million meldingen, most of them at few places, and asks what is near.
`--only import` imports 5,000 meldingen of the invented town with their events, beside the bare COPY.
`--only exports` makes files of a hundred thousand meldingen, beside the bare COPY.
"""

import argparse
import atexit
import os
import shutil
import sys
import tempfile
from contextlib import suppress
from importlib import import_module
from urllib.parse import urlsplit, urlunsplit

NAME = "meldingen_bench"
REDIS_DATABASE = 63  # the last of the private stack's
WORK = {"submit": "last POST of the form", "newest": "staff list of 100", "inbox": "inbox of 50", "follow": "/volg/"}


# Module, what makes its table (of the town, unless it is one of TOWNLESS), and of how many.
TABLES: tuple[tuple[str, str, tuple[int, ...]], ...] = (
    ("places", "places_table", (1_000_000, 200_000, 20_000)),
    ("nearby", "nearby_table", (2_000_000,)),
    ("many", "many_table", ()),
    ("on_map", "map_table", ()),
    ("views", "views_table", (200,)),
    ("exports", "exports_table", ()),
    ("importing", "import_table", (5_000,)),
    ("classification", "speed_table", ()),
)
# What is measured alone, and among how many of how many years.
SEEDS = {"exports": (100_000, 5), "many": (200_000, 5), "on_map": (200_000, 5)}
TOWNLESS = ("places_table", "speed_table", "import_table")
NAMES = {"importing": "import"}  # a module cannot have the name by which it is asked for


def options() -> argparse.Namespace:
    """What the caller wants."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--clients", type=lambda text: [int(part) for part in text.split(",")])
    parser.add_argument("--only", default=",".join([*WORK, "predict", "classification"]))
    return parser.parse_args()


def prepare(name: str = NAME) -> dict[str, str]:
    """A new database called `name`, migrated, with Django on it; the web process' environment."""
    import psycopg2

    given, owner = (urlsplit(os.environ[name]) for name in ("DATABASE_URL", "DATABASE_OWNER_URL"))
    connection = psycopg2.connect(urlunsplit(owner._replace(scheme="postgresql")))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
    connection.close()
    environment = {
        "DATABASE_URL": urlunsplit(given._replace(path=f"/{name}")),
        "REDIS_URL": _own_queues(os.environ["REDIS_URL"]),
        "DJANGO_SETTINGS_MODULE": "meldingen.conf.settings",
        "SECRET_KEY": "only-for-this-measurement-" + "0123456789" * 4,
        "HTTPS": "off",
        "DATA_DIR": tempfile.mkdtemp(prefix="meldingen-bench-"),
        "PGOPTIONS": "-c synchronous_commit=on",
        "OMP_NUM_THREADS": "1",
        "LOG_LEVEL": "ERROR",
        # Counted like everywhere, and never reached: all clients here are one network.
        **dict.fromkeys(
            ("LIMIT_FORM", "LIMIT_TOWN", "LIMIT_PAGES", "LIMIT_PROMPTS", "LIMIT_SUGGESTIONS"), "999999999/second"
        ),
    }
    atexit.register(shutil.rmtree, environment["DATA_DIR"], ignore_errors=True)
    os.environ |= environment
    import django
    from django.core.management import call_command

    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    return environment


def _own_queues(url: str) -> str:
    """A database of its own in that Redis, empty before and after: what is asked for here waits for no worker."""
    import redis

    own = urlunsplit(urlsplit(url)._replace(path=f"/{REDIS_DATABASE}"))

    def empty() -> None:
        with suppress(redis.ConnectionError), redis.Redis.from_url(own) as client:
            client.flushdb()

    empty()
    atexit.register(empty)
    return own


def main() -> None:
    """Prepare, measure, print."""
    wanted = options()
    environment = prepare()
    from tests.benchmarks.machine import described
    from tests.benchmarks.seed import seed
    from tests.benchmarks.table import pages_table, predict_table

    municipality = seed(*SEEDS.get(wanted.only, ()))
    names = [name for name in WORK if name in wanted.only.split(",")]
    sys.stdout.write(f"{described()}\n{wanted.seconds:g} s, median of {wanted.runs}, warm\n\n")
    if names:
        sys.stdout.writelines(pages_table(municipality, environment, names, wanted))
    if "layouts" in wanted.only.split(","):
        from tests.benchmarks.layouts import layouts_table

        sys.stdout.writelines(layouts_table(municipality, environment, wanted))
    if "predict" in wanted.only.split(","):
        sys.stdout.writelines(predict_table(municipality, wanted))
    for name, function, numbers in TABLES:
        if NAMES.get(name, name) in wanted.only.split(","):
            table = getattr(import_module(f"tests.benchmarks.{name}"), function)
            where = () if function in TOWNLESS else (municipality,)
            sys.stdout.writelines(["\n", *table(*where, *numbers)])


if __name__ == "__main__":
    main()
