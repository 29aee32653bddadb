"""Lines of the audit log in words: codes and numbers as colleagues know them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meldingen.tenancy.models import AuditEntry, Membership, Municipality, Team, User

_NAMES: Mapping[str, str | Promise] = {
    "role": gettext_lazy("role"),
    "teams": gettext_lazy("teams"),
    "is_data_steward": gettext_lazy("data steward"),
    "meldingen": gettext_lazy("meldingen"),
    "photos": gettext_lazy("photos"),
    "sessions": gettext_lazy("sessions"),
    "left": gettext_lazy("codes left"),
    "code": gettext_lazy("with a code"),
    "by": gettext_lazy("by"),
    "invitation": gettext_lazy("invitation"),
    "held": gettext_lazy("held back"),
    "on_paper": gettext_lazy("as a file"),
}
_APPS = ("meldingen", "tenancy", "analytics", "opendata")


@dataclass(frozen=True)
class Line:
    """One line as a page or file shows it."""

    happened_at: datetime
    who: str
    what: str
    target: str
    details: Sequence[str]
    network: str
    kind: str


def lines_of(where: Municipality, entries: Sequence[AuditEntry], names: Mapping[str, str] | None = None) -> list[Line]:
    """These entries in words; names of colleagues and teams are asked once for all of them. `names`: what is known
    already of what they are about.
    """
    targets = {entry.target.partition(":")[2] for entry in entries if entry.target.startswith("user:")}
    user_ids = {int(number) for number in targets if number.isdecimal()}
    people = {user.pk: _name(user) for user in User.objects.filter(pk__in=user_ids)} if user_ids else {}
    teams = dict(Team.objects.of(where).values_list("pk", "name")) if any("teams" in e.codes for e in entries) else {}
    return [
        Line(
            happened_at=entry.happened_at,
            who=_name(entry.actor) if entry.actor else _("nobody who was logged in"),
            what=entry.get_kind_display(),
            # Who did it is named already.
            target=(names or {}).get(entry.target)
            or ("" if entry.target == f"user:{entry.actor_id}" else _target(entry.target, people)),
            details=list(_details(entry, teams)),
            network=entry.network,
            kind=entry.kind,
        )
        for entry in entries
    ]


def _name(user: User) -> str:
    return user.get_full_name() or user.get_username()


def _target(code: str, people: Mapping[int, str]) -> str:
    kind, _colon, rest = code.partition(":")
    match kind:
        case "user":
            return people.get(int(rest), "") if rest.isdecimal() else ""
        case "melding":
            return f"{rest[:4]}-{rest[4:]}"
        case "invitation":
            return _("invitation %(number)s") % {"number": rest}
    model = _model(kind)
    if model is None:
        return code
    return f"{capfirst(model._meta.verbose_name)} {rest}".strip()


def _model(name: str) -> Any:
    for label in _APPS:
        try:
            return apps.get_model(label, name)
        except LookupError:
            continue
    return None


def _details(entry: AuditEntry, teams: Mapping[int, str]) -> Iterator[str]:
    model = _model(entry.target.partition(":")[0])
    for name, value in entry.codes.items():
        label = _label(name, model)
        if isinstance(value, dict) and {"from", "to"} & value.keys():
            before, after = (_value(name, value.get(end), teams) for end in ("from", "to"))
            yield f"{label}: {before} → {after}"
        else:
            yield f"{label}: {_value(name, value, teams)}"


def _label(name: str, model: Any) -> str:
    if name in _NAMES:
        return str(_NAMES[name])
    try:
        return str(model._meta.get_field(name).verbose_name) if model else name
    except FieldDoesNotExist:
        return name


def _value(name: str, value: Any, teams: Mapping[int, str]) -> str:
    if value is None or value in ("", [], {}):
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "role":
        return str(dict(Membership.Role.choices).get(value, value))
    if name == "teams" and isinstance(value, Iterable):
        return ", ".join(teams.get(each, str(each)) for each in value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)
