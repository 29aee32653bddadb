"""A municipality from its file: name, hosts, publisher."""

from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from meldingen.importing.files import BrokenFile, read_json, refuse_unfit
from meldingen.models import Host, Municipality

FIELDS = {
    "name": "name",
    "theme": "theme",
    "publisher": "publisher_name",
    "publisher_uri": "publisher_uri",
    "contact_email": "contact_email",
    "night_phone": "night_phone",
    "duty_email": "duty_email",
    "emergency_hours": "emergency_hours",
    "hazard_hours": "hazard_hours",
    "time_zone": "time_zone",
    "declared_volume": "declared_volume",
    "epsilon_month": "epsilon_month",
    "epsilon_year": "epsilon_year",
    "retention_days": "retention_days",
    "routing_threshold": "routing_threshold",
    "invented": "is_invented",
}


def load_municipality(path: Path) -> Municipality:
    """Make or bring up to date the municipality that the file describes; its first host is the primary one."""
    given = read_json(path)
    if not isinstance(given, dict) or not given.get("hosts"):
        raise BrokenFile(_("%(file)s: %(missing)s is missing.") % {"file": path.name, "missing": "hosts"})
    missing = [key for key in ("code", "name", "hosts", "publisher", "contact_email") if key not in given]
    if missing:
        raise BrokenFile(_("%(file)s: %(missing)s is missing.") % {"file": path.name, "missing": ", ".join(missing)})
    values = {field: _exact(given[key]) for key, field in FIELDS.items() if key in given}
    described = Municipality(code=given["code"], **values)
    refuse_unfit(path, str(given["code"]), described, {field: key for key, field in FIELDS.items()})
    with transaction.atomic():
        municipality = Municipality.objects.filter(code=described.code).first() or described
        for field in values:
            setattr(municipality, field, getattr(described, field))
        municipality.save()
        _load_hosts(municipality, path, given["hosts"])
    return municipality


def _exact(value: object) -> object:
    """A number with a fraction as it is written: 0.1 in the file is a tenth, and half a day no number of days."""
    return repr(value) if isinstance(value, float) else value


def _load_hosts(municipality: Municipality, path: Path, given: object) -> None:
    if not isinstance(given, list):
        raise BrokenFile(_("%(file)s: hosts must be a list of host names.") % {"file": path.name})
    names = [str(name).lower() for name in given]
    for name in names:
        refuse_unfit(path, municipality.code, Host(name=name), {"name": "hosts"})
    taken = Host.objects.filter(name__in=names).exclude(municipality=municipality).values_list("name", flat=True)
    if taken:
        raise BrokenFile(_("Host %(host)s belongs to another municipality.") % {"host": ", ".join(taken)})
    municipality.hosts.exclude(name__in=names).delete()
    municipality.hosts.exclude(name__in=names[:1]).update(is_primary=False)
    for name in names:
        Host.objects.update_or_create(municipality=municipality, name=name, defaults={"is_primary": name == names[0]})
