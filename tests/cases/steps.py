"""The words in which an outcome is written: one verb in each step, and beside it what must come out.

    {"command": ["import_meldingen", "GM9101", "{case}/meldingen.csv"], "says": ["2 aangenomen"]}

A step with a word that its verb does not know fails, so that a slip of the pen is no test that cannot fail.
docs/development.md lists the verbs.
"""

import copy
import email
import io
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from email.header import decode_header, make_header
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client

from meldingen.calendar import start_of_day
from meldingen.notifications import sending
from meldingen.notifications.models import Delivery
from meldingen.record.models import Melding
from meldingen.tenancy.models import Host, Membership
from opendata.formats.csv import safe
from tests.cases.outcome import Case, filled
from tests.factories import MembershipFactory

Step = dict[str, Any]


@dataclass
class World:
    """What a case has to go on: its folders, who is logged in where, and what earlier steps kept."""

    case: Case
    scratch: Path
    kept: dict[str, Any] = field(default_factory=dict)
    melding: dict[str, Any] = field(default_factory=dict)
    clients: dict[tuple[str, str], Client] = field(default_factory=dict)

    def values(self, each: Any = None) -> Mapping[str, Any]:
        """What placeholders stand for."""
        return {
            "case": str(self.case.folder),
            "base": str(self.case.base),
            "scratch": str(self.scratch),
            "kept": self.kept,
            "melding": self.melding,
            "each": each,
        }

    def client(self, host: str, role: str) -> Client:
        """A browser at this host, of a resident or of a colleague with a role."""
        if (host, role) not in self.clients:
            client = Client(headers={"host": host})
            if role != "resident":
                where = Host.objects.get(name=host.partition(":")[0].lower().rstrip(".")).municipality
                client.force_login(MembershipFactory.create(municipality=where, role=Membership.Role(role)).user)
            self.clients[host, role] = client
        return self.clients[host, role]


def play(world: World, step: Step) -> None:
    """Do one step, once for each value of its `each` (a list, or a JSON file that holds one)."""
    rounds = filled(step.get("each", [None]), world.values())
    if isinstance(rounds, str):
        rounds = json.loads(Path(rounds).read_text(encoding="utf-8"))
    for each in rounds:
        words = filled({key: value for key, value in step.items() if key != "each"}, world.values(each))
        verbs = set(words) & set(VERBS)
        assert len(verbs) == 1, f"one verb in each step, not {sorted(verbs)}: {sorted(words)}"
        VERBS[verbs.pop()](world, words)
        assert not words, f"words that this verb does not know: {sorted(words)}"


def command(world: World, step: Step) -> None:
    """Run a command of manage.py with `answers` typed; whether it `fails`, what it `says` and what it never `lacks`."""
    name, *arguments = step.pop("command")
    out, failed = io.StringIO(), False
    with typed(step.pop("answers", [])):
        try:
            call_command(name, *map(str, arguments), stdout=out, stderr=out)
        except CommandError as error:
            out.write(f"\n{error}")
            failed = True
    _words(out.getvalue(), step, "says")
    assert failed == step.pop("fails", False), out.getvalue()


def write(world: World, step: Step) -> None:
    """Put a file into the scratch folder: `text` with its `encoding`, or `json`."""
    path = world.scratch / step.pop("write")
    text = step.pop("text") if "text" in step else json.dumps(step.pop("json"))
    path.write_bytes(text.encode(step.pop("encoding", "utf-8")))


def file(world: World, step: Step) -> None:
    """What a file that a command wrote `contains` and `lacks`; or that it is not there at all."""
    path = Path(step.pop("file"))
    exists = step.pop("exists", True)
    assert path.exists() == exists
    _words(path.read_text(encoding="utf-8-sig") if exists else "", step, "contains")


def get(world: World, step: Step) -> None:
    """Ask for a page."""
    path = step.pop("get")
    _answer(world, step, lambda client, extra: client.get(path, step.pop("query", {}), **extra))


def post(world: World, step: Step) -> None:
    """Send a body of `json` (a value, or the path of a file with one) or a `form`."""
    path = step.pop("post")
    if "json" in step:
        body = step.pop("json")
        body = json.loads(Path(body).read_text(encoding="utf-8")) if isinstance(body, str) else body
        _answer(world, step, lambda client, extra: client.post(path, body, content_type="application/json", **extra))
    else:
        form = step.pop("form")
        _answer(world, step, lambda client, extra: client.post(path, form, **extra))


def report(world: World, step: Step) -> None:
    """Have a melding through the interface; `as_stored` then overwrites columns, as rows of earlier versions are."""
    body = {"place": {"buurt": "BU91010001"}} | step.pop("report")
    answer = world.client(step.pop("host", _host()), "resident").post(
        "/api/v1/meldingen", body, content_type="application/json"
    )
    assert answer.status_code == 201, answer.content.decode()
    row = Melding.objects.get(reference=answer.json()["reference"])
    if stored := step.pop("as_stored", {}):
        Melding.objects.filter(pk=row.pk).update(**stored)
        row.refresh_from_db(fields=list(stored))
    world.melding = {"id": row.pk, "reference": row.reference, "follow": f"/volg/{row.follow_token}/"}


def search(world: World, step: Step) -> None:
    """Search the list of staff, closed work too: the texts of the meldingen that it `finds`."""
    query = {"q": step.pop("search"), "state": "all"}
    answer = world.client(step.pop("host", _host()), step.pop("as", "triage")).post(
        "/beheer/meldingen/melding/zoeken/", query, follow=True
    )
    assert answer.status_code == 200
    assert sorted(row["melding"].text for row in answer.context["rows"]) == sorted(step.pop("finds"))


def stored(world: World, step: Step) -> None:
    """The rows of a model (`Melding`, `opendata.Release`) `where` something holds: their `count`, or the `rows`."""
    app, _dot, model = step.pop("stored").rpartition(".")
    found = apps.get_model(app or "meldingen", model).objects.filter(**step.pop("where", {}))
    if "count" in step:
        assert found.count() == step.pop("count")
    if "rows" in step:
        wanted = step.pop("rows")
        rows = [plain(row) for row in found.order_by("pk").values(*wanted[0])]
        assert sorted(rows, key=repr) == sorted(wanted, key=repr)


def mails(world: World, step: Step) -> None:
    """Send what is due and look at all mails so far: how many, `to` whom, `from_name`, and what each holds as sent."""
    for delivery_id in Delivery.objects.filter(due_at__isnull=False).values_list("pk", flat=True):
        sending.send(delivery_id)
    assert len(mail.outbox) == step.pop("mails")
    raw = [message.message().as_bytes() for message in mail.outbox]
    if "to" in step:
        assert Counter(address for message in mail.outbox for address in message.to) == Counter(step.pop("to"))
    if "from_name" in step:
        names = {str(make_header(decode_header(email.message_from_bytes(each)["From"]))) for each in raw}
        assert [name.rpartition(" <")[0] for name in names] == [step.pop("from_name")]
    longest = step.pop("longest_line", sys.maxsize)
    assert all(len(line) <= longest for each in raw for line in each.splitlines())
    _words(b"\n".join(raw).decode(), step, "contains")


def beat(world: World, step: Step) -> None:
    """How often what beat starts is due on the local `days` of a time `zone`."""
    entry, zone = settings.CELERY_BEAT_SCHEDULE[step.pop("beat")], step.pop("zone")
    for day in map(date.fromisoformat, step.pop("days")):
        moment, end = start_of_day(day, zone), start_of_day(day + timedelta(days=1), zone)
        times, last = 0, moment - timedelta(minutes=1)
        schedule: Any = copy.copy(entry["schedule"])
        while moment < end:
            schedule.nowfun = lambda now=moment: now
            if schedule.is_due(last)[0]:
                times, last = times + 1, moment
            moment += timedelta(minutes=1)
        assert times == step["due"], f"{day}: {times}"
    del step["due"]


def cell(world: World, step: Step) -> None:
    """A value, and what stands for it in the tables that we publish."""
    assert safe(step.pop("cell")) == step.pop("becomes")


VERBS: Mapping[str, Callable[[World, Step], None]] = {
    verb.__name__: verb for verb in (command, write, file, get, post, report, search, stored, mails, beat, cell)
}


@contextmanager
def typed(answers: list[str]) -> Iterator[None]:
    """A keyboard on which somebody types these lines, and then nothing more."""
    before, sys.stdin = sys.stdin, io.StringIO("".join(f"{answer}\n" for answer in answers))
    try:
        yield
    finally:
        sys.stdin = before


def _host() -> str:
    """The host of the one municipality of the case, or of the first that it made."""
    return Host.objects.filter(is_primary=True).order_by("municipality_id").values_list("name", flat=True)[0]


def _answer(world: World, step: Step, ask: Callable[[Client, dict[str, Any]], Any]) -> None:
    """The `status` of an answer (200) to a resident, or `as` a colleague; what it `contains` and `lacks`.

    `keep` names what regular expressions find in it; `same` compares that with what was kept before.
    """
    host, role = step.pop("host", None) or _host(), step.pop("as", "resident")
    extra = {"headers": {"host": step.pop("spelt", host)} | step.pop("headers", {})}
    answer = ask(world.client(host, role), extra)
    text = b"".join(answer).decode("utf-8-sig")
    assert answer.status_code == step.pop("status", 200), text
    _words(text, step, "contains")
    for name, pattern in step.pop("keep", {}).items():
        world.kept[name] = re.findall(pattern, text)
        assert world.kept[name], f"{pattern} finds nothing"
    for name, pattern in step.pop("same", {}).items():
        assert re.findall(pattern, text) == world.kept[name]


def _words(text: str, step: Step, name: str) -> None:
    for words in step.pop(name, []):
        assert words in text, f"“{words}” is not in: {text[:3000]}"
    for words in step.pop("lacks", []):
        assert words not in text, f"“{words}” is in: {text[:3000]}"


def plain(rows: Any) -> Any:
    """Values as JSON knows them: a moment as 2026-03-01T13:05:00Z, a decimal as text."""
    return json.loads(json.dumps(rows, cls=DjangoJSONEncoder))
