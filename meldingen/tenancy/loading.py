"""A municipality from its file: name, hosts, publisher, and since when it registers meldingen."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from meldingen.files.reading import BrokenFile, read_json, refuse_unfit
from meldingen.tenancy.loading_looks import read_logo, theme_of
from meldingen.tenancy.logos import store_logo
from meldingen.tenancy.models import ClosingDay, Host, Municipality, RegistrationGap
from meldingen.tenancy.terms import forgotten_sooner

DAYS = ("registered_from", "registered_until")
FIELDS = {
    "name": "name",
    "theme": "theme",
    "publisher": "publisher_name",
    "publisher_uri": "publisher_uri",
    "contact_email": "contact_email",
    "phone": "phone",
    "postal_address": "postal_address",
    "night_phone": "night_phone",
    "message": "message_texts",
    "duty_email": "duty_email",
    "emergency_hours": "emergency_hours",
    "hazard_hours": "hazard_hours",
    "time_zone": "time_zone",
    "holidays": "holidays",
    "declared_volume": "declared_volume",
    "registered_from": "registered_from",
    "registered_until": "registered_until",
    "epsilon_month": "epsilon_month",
    "epsilon_year": "epsilon_year",
    "retention_days": "retention_days",
    "routing_threshold": "routing_threshold",
    "audit_share": "audit_share",
    "learning_days": "learning_days",
    "address_source": "address_source",
    "base_map": "base_map",
    "is_invented": "is_invented",
    "invented": "is_invented",
}
# What has functions of its own below.
OTHERS = ("code", "hosts", "gaps", "closing_days", "logo")
# Rows of the municipality that a file puts in the place of those there were, by its key: their model and columns.
ROWS: Mapping[str, tuple[type[RegistrationGap] | type[ClosingDay], tuple[str, ...]]] = {
    "gaps": (RegistrationGap, ("first_day", "last_day")),
    "closing_days": (ClosingDay, ("day", "words")),
}


# Whether a term of contact details may become shorter: asked with the municipality as it is, the new number of days
# and the number of reporters that are forgotten tonight because of it.
Confirm = Callable[[Municipality, int, int], bool]


class NotConfirmed(Exception):
    """Somebody must say first that contact details may be forgotten sooner. Nothing was changed."""


def load_municipality(path: Path, confirm: Confirm = lambda _where, _days, _number: False) -> Municipality:
    """Make or bring up to date the municipality that the file describes; its first host is the primary one.

    A shorter term of contact details is confirmed first; NotConfirmed where it is not.
    """
    contents = read_json(path)
    if not isinstance(contents, dict) or not contents.get("hosts"):
        raise BrokenFile(_("%(file)s: %(missing)s is missing.") % {"file": path.name, "missing": "hosts"})
    missing = [key for key in ("code", "name", "hosts", "publisher", "contact_email") if contents.get(key) is None]
    if missing:
        raise BrokenFile(_("%(file)s: %(missing)s is missing.") % {"file": path.name, "missing": ", ".join(missing)})
    unknown = sorted(contents.keys() - FIELDS.keys() - {*DAYS, *OTHERS})
    if unknown:
        words = _("%(file)s: %(unknown)s is not known. There are: %(known)s.")
        keys = ", ".join(sorted({*FIELDS, *DAYS, *OTHERS}))
        raise BrokenFile(words % {"file": path.name, "unknown": ", ".join(unknown), "known": keys})
    values = {field: _exact(contents[key]) for key, field in FIELDS.items() if _has_value(contents, key, field)}
    if not isinstance(values.get("holidays", []), list):
        raise BrokenFile(_("%(file)s: holidays must be a list of codes.") % {"file": path.name})
    if "theme" in values:
        values["theme"] = theme_of(values["theme"])
    drawing = read_logo(path, contents)
    values |= {day: _day(contents[day]) for day in DAYS if day in contents}
    draft = Municipality(code=contents["code"], **values)
    refuse_unfit(path, str(contents["code"]), draft, {field: key for key, field in FIELDS.items()})
    _ask_before_forgetting(draft, "retention_days" in values, confirm)
    with transaction.atomic():
        municipality = Municipality.objects.filter(code=draft.code).first() or draft
        for field in values:
            setattr(municipality, field, getattr(draft, field))
        _refuse_contradiction(path, municipality.code, municipality)
        municipality.save()
        _load_hosts(municipality, path, contents["hosts"])
        if contents.get("logo") is not None:
            store_logo(municipality, drawing)
        for key in ROWS:
            if contents.get(key) is not None:
                _load_rows(municipality, path, key, contents[key])
    return municipality


def _ask_before_forgetting(draft: Municipality, is_told: bool, confirm: Confirm) -> None:
    before = Municipality.objects.filter(code=draft.code).first()
    if before is None or not is_told:
        return
    number = forgotten_sooner(before, draft.retention_days)
    if number is not None and not confirm(before, draft.retention_days, number):
        raise NotConfirmed


def _has_value(contents: dict[str, object], key: str, field: str) -> bool:
    """Whether the file says what this is: null is absent, unless empty is something to say of it."""
    return key in contents and (contents[key] is not None or bool(Municipality._meta.get_field(field).null))


def _exact(value: object) -> object:
    """A number with a fraction as it is written: 0.1 in the file is a tenth, and half a day no number of days."""
    return repr(value) if isinstance(value, float) else value


def _day(value: object) -> Any:
    """A day as it is written, for the column to read; what is no day is refused as one."""
    return value if value is None else str(value)


def _refuse_contradiction(path: Path, where: str, row: Model) -> None:
    """BrokenFile for values that are fine by themselves and not together."""
    try:
        row.validate_constraints()
    except ValidationError as error:
        what = " ".join(error.messages).removesuffix(".")
        raise BrokenFile(
            _("%(file)s, %(name)s: %(what)s.") % {"file": path.name, "name": where, "what": what}
        ) from error


def _load_rows(municipality: Municipality, path: Path, key: str, contents: object) -> None:
    """The rows of the file in the place of those that were declared before."""
    model, columns = ROWS[key]
    if not isinstance(contents, list) or not all(isinstance(row, dict) for row in contents):
        words = _("%(file)s: %(key)s must be a list of objects with %(columns)s.")
        raise BrokenFile(words % {"file": path.name, "key": key, "columns": ", ".join(columns)})
    model.objects.of(municipality).delete()
    for number, cells in enumerate(contents, 1):
        where, values = f"{key} {number}", {column: cells[column] for column in columns if column in cells}
        row = model(municipality=municipality, **{name: _day(value) for name, value in values.items()})
        refuse_unfit(path, where, row, {})
        _refuse_contradiction(path, where, row)
        row.save()


def _load_hosts(municipality: Municipality, path: Path, contents: object) -> None:
    if not isinstance(contents, list):
        raise BrokenFile(_("%(file)s: hosts must be a list of host names.") % {"file": path.name})
    names = [str(name).lower() for name in contents]
    for name in names:
        refuse_unfit(path, municipality.code, Host(name=name), {"name": "hosts"})
    others = Host.objects.filter(name__in=names).exclude(pk__in=municipality.hosts.all()).values_list("name", flat=True)
    if others:
        raise BrokenFile(_("Host %(host)s belongs to another municipality.") % {"host": ", ".join(others)})
    municipality.hosts.exclude(name__in=names).delete()
    municipality.hosts.exclude(name__in=names[:1]).update(is_primary=False)
    for name in names:
        Host.objects.update_or_create(municipality=municipality, name=name, defaults={"is_primary": name == names[0]})
